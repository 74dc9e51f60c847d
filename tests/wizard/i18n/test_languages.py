"""Which language a visitor gets, and that it stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from questions import DataError
from tests.support.journeys import DECIDED
from tests.support.page_client import PageClient
from wizard.i18n.languages import FOLDER, SOURCE, languages


def accept(value: str) -> dict[str, dict[str, str]]:
    return {"headers": {"Accept-Language": value}}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("NL", "nl"),
        ("SO-so", "so"),
        ("fa", "fa"),
        ("fa-IR,en;q=0.5", "fa"),
        ("pes", "fa"),
        ("prs", "prs"),
        ("prs-AF,en;q=0.5", "prs"),
        ("fa-AF,fa;q=0.9,en;q=0.8", "prs"),
        ("en-GB,nl;q=0.8", "en"),
        ("de,nl;q=0.8,en;q=0.5", "nl"),
        ("de-DE,de", "en"),
        ("", "en"),
        ("*", "en"),
        (";;q=nonsense", "en"),
    ],
)
def test_the_browsers_languages_pick_the_start_page(
    client: PageClient, accepted: str, language: str
):
    assert client.redirect_of_get("/", 302, **accept(accepted)) == f"/{language}/"


def test_a_visitor_who_names_no_language_gets_english(client: PageClient):
    assert client.redirect_of_get("/", 302) == "/en/"


def test_a_saved_choice_goes_before_the_browsers_languages(client: PageClient):
    client.get("/nl/")
    assert client.redirect_of_get("/", 302, **accept("en")) == "/nl/"


def test_the_language_last_used_is_the_saved_one(client: PageClient):
    client.get("/nl/")
    client.get("/en/privacy")
    assert client.redirect_of_get("/", 302, **accept("nl")) == "/en/"


@pytest.mark.parametrize("saved", ["xx", "", "../en", "EN"])
def test_a_saved_language_that_does_not_exist_is_passed_over(client: PageClient, saved: str):
    client.http.set_cookie("language", saved)
    assert client.redirect_of_get("/", 302, **accept("nl")) == "/nl/"


def test_the_language_cookie_lasts_and_cannot_be_read_by_scripts(client: PageClient):
    [header] = client.http.get("/nl/").headers.getlist("Set-Cookie")
    assert header.startswith("language=nl;")
    attributes = {part.strip() for part in header.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={365 * 24 * 60 * 60}"} <= attributes


def test_the_language_cookie_is_set_once(client: PageClient):
    client.get("/nl/")
    assert "Set-Cookie" not in client.http.get("/nl/").headers


def test_which_start_page_is_picked_depends_on_these_headers(client: PageClient):
    vary = client.http.get("/").headers["Vary"]
    assert {part.strip() for part in vary.split(",")} >= {"Accept-Language", "Cookie"}


def test_an_address_without_its_last_slash_is_sent_on(client: PageClient):
    answer = client.http.get("/nl")
    assert answer.status_code == 308
    assert answer.headers["Location"].removeprefix("http://localhost") == "/nl/"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_picker_shows_every_language_by_its_own_name(client: PageClient):
    picker = client.get("/en/").document.one("header")
    shown = {link["hreflang"]: link for link in picker.all("a") if "hreflang" in link}
    assert {tag: link.text for tag, link in shown.items()} == {
        tag: language.name for tag, language in languages().items()
    }
    for tag, link in shown.items():
        assert (link["lang"], link["dir"]) == (tag, languages()[tag].direction)
    assert [tag for tag, link in shown.items() if "aria-current" in link] == ["en"]


@pytest.mark.parametrize("place", ["", "check/country", "result", "rules", "privacy"])
def test_the_picker_leads_to_the_same_page(client: PageClient, place: str):
    client.answer_all(DECIDED)
    document = client.get(f"/en/{place}").document
    [link] = document.one("header").all("a", hreflang="nl")
    assert {each["href"] for each in document.all("a", hreflang="nl")} == {f"/nl/{place}"}
    assert client.get(link["href"]).language == "nl"


def test_the_picker_of_an_error_page_leads_back_to_the_question(client: PageClient):
    [link] = client.refused("asylum_decision").document.all("a", hreflang="nl")
    assert link["href"] == "/nl/check/asylum_decision"


def test_another_language_keeps_the_answers_and_the_place(client: PageClient):
    client.answer("asylum_decision", "rejected")
    client.answer("appeal", "over")
    client.lang = "nl"
    assert client.question("appeal").chosen() == ["over"]
    assert client.answer("dublin", "no") == "/nl/check/arranged"


@pytest.mark.parametrize("path", ["/xx/", "/xx/check/country", "/xx/result", "/en-XX/", "/XX/"])
def test_a_language_that_does_not_exist_is_not_found(client: PageClient, path: str):
    page = client.get(path, 404, **accept("nl"))
    assert page.language == "nl"
    assert "/nl/" in page.links()


@pytest.mark.parametrize("place", ["", "check/country", "privacy"])
def test_a_language_in_capitals_is_sent_on_and_not_lost(client: PageClient, place: str):
    assert client.redirect_of_get(f"/EN/{place}", 308, **accept("nl")) == f"/en/{place}"


@pytest.mark.parametrize("tag", languages())
def test_a_draft_says_so_on_every_page(client: PageClient, tag: str):
    """As long as nobody has read it, every language but the source is one."""
    for place in ("", "check/asylum_decision", "privacy", "rules"):
        header = client.get(f"/{tag}/{place}").document.one("header")
        assert len(header.one("summary").all("small")) == (tag != SOURCE)
        assert len(header.all("p", class_="draft")) == (tag != SOURCE)


@pytest.mark.parametrize("place", ["rules/facts", "words", "asked", "countries/SY", "places"])
def test_a_date_is_said_in_words_and_not_in_figures(
    new_client: Callable[[str], PageClient], place: str
):
    html = new_client("ar").get(f"/ar/{place}").html
    assert "24 نوفمبر 2026" in html or "30 نوفمبر 2026" in html
    assert not re.search(r"\d{4}-\d\d-\d\d<", html)


@pytest.mark.parametrize("also_sent", ["nl", "prs", "PES"])
def test_a_tag_of_two_languages_or_in_capitals_is_refused(tmp_path: Path, also_sent: str):
    text = (FOLDER / "languages.toml").read_text(encoding="utf-8")
    row = f'[ps]\nalso_sent = ["{also_sent}"]\n'
    (tmp_path / "languages.toml").write_text(text.replace("[ps]\n", row), encoding="utf-8")
    with pytest.raises(DataError, match=rf"^languages\.toml: ps\.also_sent: `{also_sent}`"):
        languages(tmp_path)
