"""A page is a draft as long as a text on it that can do harm was read by no native reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from questions import DataError
from tests.support.page_client import PageClient
from wizard.i18n import drafts, seen
from wizard.i18n.languages import FOLDER, languages
from wizard.i18n.seen import groups, safety_of_page
from wizard.i18n.texts import Texts

SAFETY = {name for name, group in groups().items() if group.safety}
Reviewed = Callable[..., PageClient]


@pytest.fixture
def reviewed(
    monkeypatch: pytest.MonkeyPatch, new_client: Callable[[str], PageClient]
) -> Iterator[Reviewed]:
    """A visitor of pages for which these groups were reviewed."""

    def visitor(*names: str) -> PageClient:
        monkeypatch.setattr(Texts, "was_reviewed", lambda _self, group: group in names)
        return new_client("ti")

    yield visitor


def is_draft(client: PageClient, place: str) -> bool:
    header = client.get(f"/ti/{place}").document.one("header")
    told = {bool(header.one("summary").all("small")), bool(header.all("p", class_="draft"))}
    [draft] = told
    return draft


def test_a_page_says_draft_until_its_own_texts_are_reviewed(reviewed: Reviewed):
    own = safety_of_page("check")
    assert is_draft(reviewed(), "check/asylum_decision")
    assert is_draft(reviewed(*own[:-1]), "check/asylum_decision")
    assert not is_draft(reviewed(*own), "check/asylum_decision")


@pytest.mark.parametrize("path", ["/ti/", "/ti/places", "/ti/result/why", "/ti/accessibility"])
def test_only_the_texts_of_a_page_count_for_it(app: Flask, reviewed: Reviewed, path: str):
    own = safety_of_page(path.split("/")[2] or "start")
    assert 0 < len(own) < len(SAFETY)
    with app.test_request_context(path):
        reviewed(*own)
        assert not drafts.is_draft(languages()["ti"])
        reviewed(*(SAFETY - {own[-1]}))
        assert drafts.is_draft(languages()["ti"])
        assert not drafts.is_draft(languages()["en"])


def test_a_paper_and_a_message_wait_for_the_texts_of_the_result(app: Flask, reviewed: Reviewed):
    with app.test_request_context("/ti/words"):
        reviewed("frame", "words", "organisations")
        assert not drafts.is_draft(languages()["ti"])
        assert drafts.is_draft(languages()["ti"], "paper")


def test_a_page_of_which_nobody_said_what_it_shows_waits_for_all(reviewed: Reviewed):
    assert set(safety_of_page("nonsense")) == SAFETY


def test_every_page_waits_for_what_stands_on_every_page():
    assert all("frame" in safety_of_page(page) for page in ("start", "check", "result", "words"))


def test_every_page_of_a_group_is_there(app: Flask):
    known = {rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if "<lang>" in rule.rule}
    named = {page for group in groups().values() for page in group.pages}
    assert named - known == {"start", "*"}


def test_a_group_says_whether_it_is_safety(tmp_path: Path):
    text = (FOLDER / "seen.toml").read_text(encoding="utf-8")
    (tmp_path / "seen.toml").write_text(text.replace("safety = true\n", "", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"seen\.toml: frame\.safety: true or false is needed"):
        groups(tmp_path)
    assert seen.groups() == groups()
