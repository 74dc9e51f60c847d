"""A changed policy takes the place of the old one as a whole, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask

from questions import DataError
from rules import Policy
from rules.history import archive as former
from rules.load.fingerprint import fingerprint
from tests.conftest import AppMaker
from tests.operations.policy_files import break_it, mend, replace_once, set_version
from tests.support.broken.leftovers import GARBAGE, SAVED, leave_beside
from tests.support.http_visitor import ask
from tests.support.journeys import THINKING
from tests.support.page_client import PageClient
from tests.support.servers import running
from tests.wizard.session.test_cookie import unsealed
from wizard.policy_in_force import PolicyInForce, policy_of


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def look(policy: PolicyInForce, clock: Clock) -> None:
    """Let it look twice: what it takes must have settled."""
    for _ in range(2):
        clock.now += 10
        policy.refresh()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def policy(policy_folder: Path, tmp_path: Path, clock: Clock) -> PolicyInForce:
    return PolicyInForce(policy_folder, tmp_path / "last_good.json", every=5, clock=clock)


def test_a_changed_policy_takes_the_place_of_the_old_one(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    before = policy.decider
    set_version(policy_folder, "2099.1")
    look(policy, clock)
    assert policy.decider.policy.version == "2099.1"
    assert policy.decider.policy.sha256 == fingerprint(policy_folder)
    assert before.policy.version != "2099.1"


def test_it_does_not_look_more_often_than_it_should(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    set_version(policy_folder, "2099.1")
    for clock.now in (1, 2, 3, 4, 4.9):
        policy.refresh()
    assert policy.decider.policy.version != "2099.1"


def test_files_that_are_still_being_saved_are_left_until_they_have_settled(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    for number in range(5):
        set_version(policy_folder, f"2099.{number}")
        clock.now += 10
        policy.refresh()
        assert not policy.decider.policy.version.startswith("2099")
    look(policy, clock)
    assert policy.decider.policy.version == "2099.4"


def test_a_broken_policy_changes_nothing_and_is_told_once(
    policy: PolicyInForce, policy_folder: Path, clock: Clock, caplog: pytest.LogCaptureFixture
):
    before = policy.decider
    break_it(policy_folder)
    for _ in range(5):
        look(policy, clock)
    assert policy.decider is before
    assert policy.refused is not None
    assert "steps.toml" in policy.refused.problem
    assert policy.refused.sha256 == fingerprint(policy_folder)
    [line] = caplog.messages
    assert "steps.toml" in line
    assert "no_such_source" in line


def test_a_mended_policy_is_no_longer_refused(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    break_it(policy_folder)
    look(policy, clock)
    mend(policy_folder)
    set_version(policy_folder, "2099.1")
    look(policy, clock)
    assert policy.refused is None
    assert policy.decider.policy.version == "2099.1"


def test_a_policy_that_is_put_back_as_it_was_is_no_longer_refused(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    break_it(policy_folder)
    look(policy, clock)
    mend(policy_folder)
    look(policy, clock)
    assert policy.refused is None


def test_a_policy_whose_files_are_gone_changes_nothing(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    before = policy.decider
    (policy_folder / "rules" / "policy" / "sources.toml").unlink()
    look(policy, clock)
    assert policy.decider is before
    assert policy.refused is not None


def test_whatever_goes_wrong_while_loading_the_old_policy_stays(
    policy: PolicyInForce, policy_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    def fail(_root: Path) -> None:
        raise ZeroDivisionError("nobody thought of this")

    before = policy.decider
    monkeypatch.setattr("rules.history.archive.load_policy", fail)
    set_version(policy_folder, "2099.1")
    look(policy, clock)
    assert policy.decider is before
    assert policy.refused is not None
    assert policy.refused.problem == "ZeroDivisionError"


def test_a_policy_that_what_is_around_it_cannot_go_with_is_refused(
    policy_folder: Path, clock: Clock
):
    """Such as one without a source that a difficult word names: each question would be an error."""

    def fits(found: Policy) -> None:
        if found.version == "2099.1":
            raise DataError("words.toml: ind.source: `seed` is not one of ours")

    policy = PolicyInForce(policy_folder, clock=clock, fits=fits)
    before = policy.decider
    set_version(policy_folder, "2099.1")
    look(policy, clock)
    assert policy.decider is before
    assert policy.refused is not None
    assert policy.refused.problem.startswith("words.toml: ")


def test_nothing_starts_with_a_broken_policy(policy_folder: Path):
    break_it(policy_folder)
    with pytest.raises(DataError, match=r"steps\.toml"):
        PolicyInForce(policy_folder)


def test_a_new_worker_starts_with_the_last_good_policy_where_the_files_are_broken_by_then(
    policy: PolicyInForce, policy_folder: Path, tmp_path: Path, clock: Clock
):
    set_version(policy_folder, "2099.1")
    look(policy, clock)
    break_it(policy_folder)
    later = PolicyInForce(policy_folder, tmp_path / "last_good.json", clock=clock)
    assert later.decider.policy.version == "2099.1"
    assert later.decider.policy.sha256 == policy.decider.policy.sha256
    assert later.refused is not None
    mend(policy_folder)
    set_version(policy_folder, "2099.2")
    look(later, clock)
    assert later.decider.policy.version == "2099.2"
    assert later.refused is None


STEPS = Path("rules", "policy", "rules", "steps.toml")


def test_what_an_editor_leaves_beside_a_file_is_no_change(
    policy: PolicyInForce, policy_folder: Path, clock: Clock, caplog: pytest.LogCaptureFixture
):
    before = policy.decider
    leave_beside(policy_folder / STEPS)
    look(policy, clock)
    assert policy.decider is before
    assert policy.refused is None
    assert caplog.messages == []
    assert PolicyInForce(policy_folder).decider.policy.sha256 == before.policy.sha256


def test_a_file_that_is_only_saved_in_another_way_is_no_change(
    policy: PolicyInForce, policy_folder: Path, clock: Clock
):
    before = policy.decider
    file = policy_folder / STEPS
    file.write_bytes(SAVED["a byte order mark and CRLF"](file.read_bytes()))
    look(policy, clock)
    assert policy.decider is before


def unreadable(file: Path) -> None:
    """A folder: the tests may run as somebody who can read every file."""
    file.unlink()
    file.mkdir()


BROKEN: Mapping[str, Callable[[Path], object]] = {
    "no UTF-8": lambda file: file.write_bytes(b"# caf\xe9\n"),
    "UTF-16": lambda file: file.write_bytes(file.read_text("utf-8").encode("utf-16")),
    "deep": lambda file: file.write_text("a = " + "[" * 100_000),
    "unreadable": unreadable,
    "gone": Path.unlink,
    "a dangling link": lambda file: (file.unlink(), file.symlink_to("nowhere")),
    "a link in a circle": lambda file: (file.unlink(), file.symlink_to(file.name)),
    "a file that nobody reads": lambda file: file.with_name("more.toml").write_text(""),
    "a conflict": lambda file: file.write_text("<<<<<<< HEAD\n" + file.read_text("utf-8")),
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_whatever_is_wrong_with_a_file_the_last_good_policy_serves_also_a_new_worker(
    policy: PolicyInForce,
    policy_folder: Path,
    tmp_path: Path,
    clock: Clock,
    spoil: Callable[[Path], object],
):
    before = policy.decider
    spoil(policy_folder / STEPS)
    look(policy, clock)
    later = PolicyInForce(policy_folder, tmp_path / "last_good.json", clock=clock)
    for each in (policy, later):
        assert each.decider.policy.sha256 == before.policy.sha256
        assert each.refused is not None
        assert re.match(r"(steps|more)\.toml: ", each.refused.problem)
    with pytest.raises(DataError, match=r"^(steps|more)\.toml: "):
        PolicyInForce(policy_folder)


def test_a_new_worker_starts_with_the_last_good_policy_whatever_happens_while_loading(
    policy: PolicyInForce, policy_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    load = former.load_policy

    def fail(root: Path) -> object:
        loaded = load(root)
        if loaded.version == "2099.1":
            raise ZeroDivisionError("nobody thought of this")
        return loaded

    monkeypatch.setattr("rules.history.archive.load_policy", fail)
    set_version(policy_folder, "2099.1")
    later = PolicyInForce(policy_folder, tmp_path / "last_good.json")
    assert later.decider.policy.sha256 == policy.decider.policy.sha256
    assert later.refused is not None


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b"\xe9", b'{"rules": 1}', b"[" * 100_000])
def test_a_last_good_policy_that_cannot_be_read_hides_no_mistake_in_the_files(
    policy_folder: Path, tmp_path: Path, kept: bytes, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "last_good.json").write_bytes(kept)
    break_it(policy_folder)
    with pytest.raises(DataError, match=r"^steps\.toml"):
        PolicyInForce(policy_folder, tmp_path / "last_good.json")
    mend(policy_folder)
    PolicyInForce(policy_folder, tmp_path / "last_good.json")


@pytest.mark.parametrize("name", ["._steps.toml", "steps.toml"])
def test_a_running_server_goes_on_after_a_reload_whatever_stands_in_the_folder(
    policy_folder: Path, tmp_path: Path, name: str
):
    with running(tmp_path / "server", POLICY_FOLDER=str(policy_folder)) as service:
        before = ask(service.port, "/healthz").json()["sha256"]
        (policy_folder / STEPS).with_name(name).write_bytes(GARBAGE)
        service.reload()
        told = ask(service.port, "/healthz").json()
        assert told["sha256"] == before
        assert ("refused" in told) == (name == "steps.toml")
        assert service.process.poll() is None


def test_a_last_good_policy_that_cannot_be_kept_stops_nobody(
    policy_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    PolicyInForce(policy_folder, tmp_path / "no such folder" / "last_good.json")
    assert "could not be kept" in caplog.text


@pytest.fixture
def changing(make_app: AppMaker, policy_folder: Path) -> tuple[Flask, Callable[[], None]]:
    """An app with a policy of its own, and what makes it take in changes at once."""
    app = make_app(POLICY_FOLDER=str(policy_folder))
    policy = policy_of(app)
    clock = Clock()
    policy._clock, policy._next_look = clock, 0.0

    def refresh() -> None:
        look(policy, clock)

    return app, refresh


def test_pages_and_api_speak_by_the_new_policy_and_health_names_it(
    changing: tuple[Flask, Callable[[], None]], policy_folder: Path
):
    app, refresh = changing
    http = app.test_client()
    question = "What does the IND say now about your asylum application?"
    rules = policy_folder / "rules" / "policy" / "rules" / "facts.toml"
    statement = "After a rejection in a Dublin procedure, call the lawyer today."
    assert question in http.get("/en/check/asylum_decision").text
    assert statement in http.get("/en/rules/facts").text
    replace_once(policy_folder / "questions" / "questions.toml", question, "What now?")
    replace_once(rules, statement, "Never be alone.")
    refresh()
    page = http.get("/en/check/asylum_decision").text
    assert "What now?" in page
    assert question not in page
    for path in ("/en/rules/facts", "/en/flow"):
        book = http.get(path).text
        assert "Never be alone." in book, path
        assert statement not in book, path
    assert http.get("/api/v1/questions").get_json()["questions"][0]["text"] == "What now?"
    decision = http.post("/api/v1/decisions", json={"answers": {}}).get_json()
    assert http.get("/healthz").get_json()["sha256"] == decision["policy"]["sha256"]
    assert decision["policy"]["sha256"] == fingerprint(policy_folder)


def test_health_says_what_was_refused_and_stays_alive(
    changing: tuple[Flask, Callable[[], None]], policy_folder: Path
):
    app, refresh = changing
    good = app.test_client().get("/healthz").get_json()
    break_it(policy_folder)
    refresh()
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["status"] != "ok"
    assert told["sha256"] == good["sha256"]
    assert "steps.toml" in told["refused"]["problem"]
    assert told["refused"]["sha256"] == fingerprint(policy_folder)
    assert app.test_client().get("/readyz").status_code == 200


NEW_QUESTION = """
[[question]]
id = "new_question"
type = "one"
text = "Something new?"
help = "Nothing was asked about this before."
why = "It is new."

[[question.option]]
id = "fine"
text = "Fine"

[[question.option]]
id = "unknown"
text = "I don't know"

[[question]]
id = "return_choice"
"""


NEW_NOTE = """
[new_question]
means = "It is new."
how_to_ask = "Ask it."
source = "seed"

[return_choice]
"""


def ask_new_question(folder: Path) -> None:
    """A question in the middle, with the note for the talk that every question has."""
    old = '\n[[question]]\nid = "return_choice"\n'
    replace_once(folder / "questions" / "questions.toml", old, NEW_QUESTION)
    notes = folder / "rules" / "policy" / "notes.toml"
    replace_once(notes, "\n[return_choice]\n", NEW_NOTE)


def test_a_policy_with_a_new_question_asks_it_and_keeps_every_answer(
    changing: tuple[Flask, Callable[[], None]], policy_folder: Path
):
    app, refresh = changing
    client = PageClient(app)
    for name, answer in THINKING.items():
        client.http.post(f"/en/check/{name}", data={"answer": answer})
    ask_new_question(policy_folder)
    refresh()
    answer = client.http.get("/en/result")
    assert answer.headers["Location"] == "/en/check/new_question"
    client.http.post("/en/check/new_question", data={"answer": "fine"})
    assert client.http.get("/en/result").status_code == 200
    assert unsealed(client)["answers"] == {
        "asylum_decision": "rejected",
        "appeal": "pending",
        "new_question": "fine",
        **THINKING,
    }


def test_a_worker_with_the_older_policy_loses_no_answer_to_the_newer_one(
    make_app: AppMaker, changing: tuple[Flask, Callable[[], None]], policy_folder: Path
):
    newer, refresh = changing
    ask_new_question(policy_folder)
    refresh()
    older = PageClient(make_app())
    newer_client = PageClient(newer)
    newer_client.http.post("/en/check/asylum_decision", data={"answer": "waiting"})
    newer_client.http.post("/en/check/dublin", data={"answer": "no"})
    newer_client.http.post("/en/check/new_question", data={"answer": "fine"})
    older.cookie, older.opener = newer_client.cookie or "", newer_client.opener or ""
    older.http.post("/en/check/return_choice", data={"answer": "thinking"})
    newer_client.cookie = older.cookie or ""
    page = newer_client.http.get("/en/check/new_question").text
    assert 'value="fine" checked' in page
    newer_client.http.post("/en/check/country", data={"answer": "SO"})
    assert unsealed(newer_client) == {
        "visitor": unsealed(newer_client)["visitor"],
        "answers": {
            "asylum_decision": "waiting",
            "dublin": "no",
            "new_question": "fine",
            "return_choice": "thinking",
            "country": "SO",
        },
    }
