"""A case that comes back under other rules is told what these changed for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from rules import Decider, default_decider, load_policy
from rules.editions import edition_on, editions
from rules.history.archive import PolicyArchive, keep_below, snapshot_of
from rules.history.case_changes import CaseChanges, case_changes
from rules.load.fingerprint import data_files
from rules.load.policy import ROOT
from tests.conftest import AppMaker
from tests.operations.policy_files import replace_once, set_version
from tests.support.answers.case_codes import code_shown
from tests.support.journeys import DECIDED, Route
from tests.support.page_client import PageClient
from wizard.commands import main
from wizard.policy_in_force import policy_of

TODAY = date.today()
RULES = Path("rules", "policy", "rules")
SINCE = "valid_from = 2024-09-25"
ENDED = f"{SINCE}\nvalid_until = 2024-12-31"


def edited(folder: Path, file: str, rule: str, old: str, new: str) -> None:
    """Change one rule, by its id."""
    path = folder / RULES / file
    text = path.read_text(encoding="utf-8")
    begin = text.index(f'id = "{rule}"')
    assert old in text[begin:]
    path.write_text(text[:begin] + text[begin:].replace(old, new, 1), encoding="utf-8")


def another_role(folder: Path) -> None:
    edited(folder, "roles.toml", "iom_supports", 'role = "supports"', 'role = "ask"')


def help_less(folder: Path) -> None:
    edited(folder, "offers.toml", "travel", SINCE, ENDED)


def help_by_others(folder: Path) -> None:
    edited(folder, "offers.toml", "travel_documents", 'by = ["iom"]', 'by = ["iom", "vwn"]')


def step_less(folder: Path) -> None:
    edited(folder, "steps.toml", "contact_iom", SINCE, ENDED)


def only_another_version(folder: Path) -> None:
    set_version(folder, "2099.1")


def country_less(folder: Path) -> None:
    """One country can no longer be chosen, so nothing is known of it either."""
    replace_once(folder / "questions" / "countries.toml", '"SO", ', "")
    facts = folder / "rules" / "policy" / "country_facts" / "l_to_z.toml"
    text = facts.read_text(encoding="utf-8")
    begin = text.index("[country.SO]")
    end = text.index("\n[country.", begin)
    facts.write_text(text[:begin] + text[end + 1 :], encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the policy data that a test may change."""
    for file in data_files(ROOT):
        copy = tmp_path / "policy" / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    return tmp_path / "policy"


Change = Callable[[Path], None]
POLICY = default_decider().policy


def text_of_step(name: str) -> str:
    return POLICY.steps[name].text


SAID: dict[Change, list[str]] = {
    another_role: ["IOM: now “May be able to help: ask”, before “Can help you”."],
    help_less: [f"Help that is no longer there: {POLICY.supports['travel'].label}."],
    help_by_others: [f"Help that changed: {POLICY.supports['travel_documents'].label}."],
    step_less: [f"No longer a step: “{text_of_step('contact_iom')}”"],
}
SAID_BACK: dict[Change, list[str]] = {
    another_role: ["IOM: now “Can help you”, before “May be able to help: ask”."],
    help_less: [f"Help that is new: {POLICY.supports['travel'].label}."],
    step_less: [f"New step: “{text_of_step('contact_iom')}”"],
}


def code_of(app: Flask, route: Route = DECIDED) -> str:
    client = PageClient(app)
    client.answer_all(route)
    return code_shown(client.post("/en/case/code").html)


def opened(app: Flask, code: str) -> PageClient:
    client = PageClient(app)
    client.redirect_of_post("/en/case", {"code": code})
    return client


def told(client: PageClient) -> str:
    """What the page says has changed; nothing where it says nothing of it."""
    main_part = client.get("/en/result").main
    return " ".join(each.text for each in main_part.walk() if each.get("id") == "changed")


def test_a_former_role_is_told_in_the_words_that_are_translated_today(
    make_app: AppMaker, folder: Path, tmp_path: Path
):
    kept = {"POLICY_ARCHIVE": str(tmp_path / "archive")}
    another_role(folder)
    file = folder / "rules" / "policy" / "policy.toml"
    replace_once(file, '"May be able to help: ask"', '"Words of another day"')
    code = code_of(make_app(POLICY_FOLDER=str(folder), **kept))
    assert SAID_BACK[another_role][0] in told(opened(make_app(**kept), code))


@pytest.mark.parametrize("change", SAID)
def test_what_a_new_policy_changed_for_a_case_is_named(
    make_app: AppMaker, folder: Path, tmp_path: Path, change: Change
):
    kept = {"POLICY_ARCHIVE": str(tmp_path / "archive")}
    code = code_of(make_app(**kept))
    change(folder)
    client = opened(make_app(POLICY_FOLDER=str(folder), **kept), code)
    assert told(client).startswith("The rules have changed since the code was made.")
    for sentence in SAID[change]:
        assert unescape(sentence) in told(client)


@pytest.mark.parametrize("change", SAID_BACK)
def test_what_came_back_is_named_as_new(
    make_app: AppMaker, folder: Path, tmp_path: Path, change: Change
):
    kept = {"POLICY_ARCHIVE": str(tmp_path / "archive")}
    change(folder)
    code = code_of(make_app(POLICY_FOLDER=str(folder), **kept))
    client = opened(make_app(**kept), code)
    for sentence in SAID_BACK[change]:
        assert unescape(sentence) in told(client)


def test_several_changes_are_all_named_and_nothing_else(
    make_app: AppMaker, folder: Path, tmp_path: Path
):
    kept = {"POLICY_ARCHIVE": str(tmp_path / "archive")}
    code = code_of(make_app(**kept))
    for change in (another_role, help_by_others, step_less):
        change(folder)
    app = make_app(POLICY_FOLDER=str(folder), **kept)
    [notice] = [
        each
        for each in opened(app, code).get("/en/result").main.walk()
        if each.get("id") == "changed"
    ]
    assert [each.text for each in notice.all("li")] == [
        *SAID[another_role],
        *SAID[help_by_others],
        *SAID[step_less],
    ]
    changed = case_changes(DECIDED, (Decider(POLICY), TODAY), (policy_of(app).decider, TODAY))
    assert [each.organisation for each in changed.roles] == ["iom"]
    assert changed.removed_steps == ("contact_iom",)
    assert "travel_documents" in changed.other_supports
    assert changed.added_supports == changed.added_steps == changed.asked == changed.dropped == ()


def test_where_nothing_changed_for_the_case_that_is_said(
    make_app: AppMaker, folder: Path, tmp_path: Path
):
    kept = {"POLICY_ARCHIVE": str(tmp_path / "archive")}
    code = code_of(make_app(**kept))
    only_another_version(folder)
    client = opened(make_app(POLICY_FOLDER=str(folder), **kept), code)
    assert "For these answers the result is the same." in told(client)


def test_under_the_same_policy_nothing_is_said(make_app: AppMaker):
    app = make_app()
    client = opened(app, code_of(app))
    assert told(client) == ""


def test_without_the_former_policy_that_is_said_and_the_answers_are_there_to_be_checked(
    make_app: AppMaker, folder: Path
):
    code = code_of(make_app())
    step_less(folder)
    client = opened(make_app(POLICY_FOLDER=str(folder)), code)
    assert "we cannot say what changed. Please check the answers." in told(client)
    assert client.answered() == list(DECIDED)


def test_a_policy_that_changes_while_the_service_runs_leaves_the_former_one_readable(
    make_app: AppMaker, folder: Path
):
    app = make_app(POLICY_FOLDER=str(folder), POLICY_CHECK_SECONDS="0")
    code = code_of(app)
    another_role(folder)
    for _ in range(3):
        app.test_client().get("/en/")
    assert policy_of(app).decider.policy.sha256 != POLICY.sha256
    assert SAID[another_role][0] in told(opened(app, code))


def test_answers_that_the_new_questions_do_not_know_are_named_and_asked_again(
    make_app: AppMaker, folder: Path, tmp_path: Path
):
    kept = {"POLICY_ARCHIVE": str(tmp_path / "archive")}
    code = code_of(make_app(**kept))
    country_less(folder)
    client = PageClient(make_app(POLICY_FOLDER=str(folder), **kept))
    assert client.redirect_of_post("/en/case", {"code": code}) == "/en/check/country"
    client.answer("country", "KE")
    text = POLICY.questionnaire.by_id["country"].text
    assert f"The answer to “{text}” no longer counts." not in told(client), "it counts again"


def test_without_the_former_questions_a_code_is_old(make_app: AppMaker, folder: Path):
    code = code_of(make_app())
    country_less(folder)
    page = PageClient(make_app(POLICY_FOLDER=str(folder))).post("/en/case", {"code": code})
    assert "made with other questions" in page.main.text


def test_a_policy_that_is_kept_by_hand_is_found(folder: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    ran = CliRunner().invoke(main, ["keep", str(folder), "--into", str(archive)])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith(f"{POLICY.version}: ")
    found = PolicyArchive([archive]).find(edition_on(POLICY, TODAY).short)
    assert found is not None
    assert found[0].policy.sha256 == POLICY.sha256


def test_rules_that_begin_on_a_day_make_another_edition_of_the_same_policy(folder: Path):
    edited(folder, "steps.toml", "contact_iom", SINCE, f"{SINCE}\nvalid_until = 2026-05-31")
    policy = load_policy(folder)
    before, after = (edition_on(policy, date(2026, month, 1)) for month in (5, 6))
    assert before.short != after.short
    assert {before, after} <= set(editions(policy))
    former = PolicyArchive([])
    former.keep(snapshot_of(folder), policy.sha256)
    found = former.find(before.short)
    assert found is not None
    changed = case_changes(DECIDED, found, (Decider(policy), date(2026, 6, 1)))
    assert changed == CaseChanges(removed_steps=("contact_iom",))


def test_a_former_policy_that_cannot_be_read_is_passed_over(folder: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    place = keep_below(archive, snapshot_of(folder), POLICY.sha256)
    (place / RULES / "steps.toml").write_text("this is no TOML", encoding="utf-8")
    former = PolicyArchive([archive])
    assert former.find(edition_on(POLICY, TODAY).short) is None
    assert list(former.questionnaires()) == []


def test_a_place_where_nothing_can_be_kept_does_not_stop_the_service(
    make_app: AppMaker, tmp_path: Path
):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    app = make_app(POLICY_ARCHIVE=str(tmp_path / "file" / "below"))
    assert app.test_client().get("/en/").status_code == 200
