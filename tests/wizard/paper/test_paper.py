"""The result on paper: what stands on it, how it is made, and what happens where it cannot be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.test import TestResponse

from rules import default_decider, load_policy
from rules.cases.reading import read_cases
from rules.load.policy import ROOT
from tests.conftest import AppMaker
from tests.support.answers.situations import SITUATIONS
from tests.support.journeys import DECIDED, FORCED, ROUTES, STAY, THINKING, Route, as_list
from tests.support.page_client import PageClient
from tests.support.pages.documents import parse
from tests.support.pages.page_checks import Page
from wizard.commands import main
from wizard.i18n.languages import languages
from wizard.pages import paper as paper_pages
from wizard.paper import printing
from wizard.paper.fonts import font_problem, tell_of_missing_fonts
from wizard.paper.places import BusyError, Places
from wizard.presenters.letter import LetterWriter
from wizard.presenters.result import Presenter
from wizard.web.rate_limits import limiter

NewClient = Callable[..., PageClient]
PaperMaker = Callable[..., bytes]

LONGEST: Route = {
    "asylum_decision": "rejected",
    "appeal": "pending",
    "dublin": "yes",
    "arranged": "unknown",
    "new_facts": ["afraid", "new"],
    "return_choice": "decided",
    "country": "unknown",
    "household": "with_children",
    "circumstances": ["health", "trafficking"],
    "residence": "vbl",
    "travel_document": "unknown",
    "returned_before": "unknown",
    "promised_by": "unknown",
    "help_wanted": ["travel", "money", "talk"],
}
"""Somebody of whom nearly everything is said."""

PRIVATE_OF_DECIDED = (
    *("situation.family_reception", "situation.vwn_present"),
    *("step.tell_trafficking", "step.tell_health", "support.victim_help"),
)

SIDES = [("nl", ""), ("nl", "ar"), ("nl", "ti"), ("ar", "nl")]


def tool(name: str, pdf: bytes, *options: str) -> str:
    """What a tool of Poppler says about the PDF."""
    done = subprocess.run([name, *options], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(pdf: bytes) -> str:
    return tool("pdftotext", pdf, "-layout", "-", "-")


def objects_of(pdf: bytes) -> bytes:
    """The file with its object streams unpacked."""
    packed = re.findall(rb"/FlateDecode.*?>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(each) for each in packed)


def pages_of(pdf: bytes) -> int:
    found = re.search(r"^Pages: +(\d+)", tool("pdfinfo", pdf, "-"), re.MULTILINE)
    assert found
    return int(found[1])


def printed(client: PageClient, second: str = "", *answers: str) -> TestResponse:
    choose(client, second, *answers)
    return client.http.get(client.url("paper/pdf"))


def choose(client: PageClient, second: str = "", *answers: str) -> None:
    data = {"second": second, "print": list(answers)}
    assert client.redirect_of_post(client.url("paper"), data) == client.url("paper/pdf")


def cannot_be_made(client: PageClient, second: str = "", *answers: str) -> Page:
    """The page on which somebody is told so."""
    choose(client, second, *answers)
    assert client.redirect_of_get(client.url("paper/pdf")) == client.url("paper")
    return client.get(client.url("paper"))


def pdf_of(client: PageClient, second: str = "", *answers: str) -> bytes:
    response = printed(client, second, *answers)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    return response.get_data()


def with_answers(client: PageClient, route: Route) -> PageClient:
    client.answer_all(route)
    return client


def printed_page(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page that is drawn, without drawing it."""
    sheets: list[str] = []
    monkeypatch.setattr(paper_pages, "make_pdf", lambda html: sheets.append(html) or b"%PDF-")
    assert client.http.get(client.url("paper/pdf")).status_code == 200
    (html,) = sheets
    return parse(html).text


@pytest.fixture(scope="module")
def paper(app: Flask) -> PaperMaker:
    """Makes papers: `paper("nl", DECIDED, "ar", "country")`.

    Drawing one takes long, so what several tests look at is drawn once.
    """
    made: dict[tuple[str, ...], bytes] = {}

    def make(lang: str, route: Route, second: str = "", *answers: str) -> bytes:
        which = (lang, repr(route), second, *answers)
        if which not in made:
            made[which] = pdf_of(with_answers(PageClient(app, lang), route), second, *answers)
        return made[which]

    return make


# --- What stands on it


def test_the_paper_names_who_to_ask_with_phone_numbers_and_websites(paper: PaperMaker) -> None:
    # In Rotterdam all seven can be asked; that one of them helps there tells where somebody stays.
    text = text_of(paper("en", {**DECIDED, "residence": "rotterdam"}))
    for name, organisation in load_policy().organisations.items():
        assert (organisation.name in text) == (name != "ros"), name
        contact = organisation.contact
        if contact and contact.phone and name != "ros":
            assert contact.phone in text


def test_the_first_page_says_what_to_do_and_whom_to_call_and_leads_to_the_rules(
    paper: PaperMaker,
) -> None:
    first = text_of(paper("en", DECIDED)).split("\f")[0]
    parts = ("What this means", "What you can do", "Who you can ask", "What to bring", "Room for")
    places = [first.find(part) for part in parts]
    assert places == sorted(places)
    assert places[0] > 0
    assert "088 746 44 66" in first
    assert "/en/rules" in first


def test_a_detail_that_is_not_sure_shows_its_year(paper: PaperMaker) -> None:
    text = text_of(paper("en", DECIDED))
    assert "088 746 44 66 (Year unknown)" in text
    assert "088 077 77 00 (" not in text


def test_the_code_of_the_case_is_printed_only_if_it_was_ticked(
    client: PageClient, paper: PaperMaker
) -> None:
    code = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){7}")
    assert not code.search(text_of(paper("en", DECIDED)))
    with_answers(client, DECIDED)
    client.redirect_of_post(client.url("paper"), {"second": "", "code": "1"})
    text = text_of(client.http.get(client.url("paper/pdf")).get_data())
    assert code.search(text)
    assert "/en/case" in text


def test_the_first_page_says_who_runs_the_website_and_how_to_reach_them(
    make_app: AppMaker, paper: PaperMaker
) -> None:
    runs = {
        "OPERATOR_NAME": "Stichting Voorbeeld",
        "OPERATOR_PHONE": "020 123 45 67",
        "OPERATOR_WEBSITE": "https://voorbeeld.example/",
    }
    made = pdf_of(with_answers(PageClient(make_app(**runs), "en"), DECIDED))
    first = text_of(made).split("\f")[0]
    assert "run by Stichting Voorbeeld. 020 123 45 67 · voorbeeld.example" in first
    assert pages_of(made) == 2
    assert "This website is run by" not in text_of(paper("en", DECIDED))


def test_the_paper_says_what_to_bring_with_its_sources(paper: PaperMaker) -> None:
    pdf = paper("en", DECIDED)
    text = " ".join(tool("pdftotext", pdf, "-", "-").split())
    assert "beschikking" in text
    assert "All papers that show who you are" in text
    # The column of sources is narrow: the last word of the title stands in the next line.
    assert load_policy().sources["iom_faq"].title.rpartition(" ")[0] in text


@pytest.mark.parametrize("lang", ["en", "nl", "ar"])
def test_no_answer_is_printed_unless_it_was_ticked(
    new_client: NewClient, paper: PaperMaker, lang: str
) -> None:
    client = with_answers(new_client(lang), DECIDED)
    rows = client.get(client.url("paper")).main.all("input", type="checkbox")
    assert [row["value"] for row in rows] == [*PRIVATE_OF_DECIDED, *DECIDED, "1"]
    assert not [row for row in rows if "checked" in row]
    name = {"en": "Somalia", "nl": "Somalië", "ar": "الصومال"}[lang]
    assert name not in text_of(paper(lang, DECIDED))
    assert name in text_of(paper(lang, DECIDED, "", "country"))


def test_only_the_ticked_answer_is_printed(paper: PaperMaker) -> None:
    asked = {q.id: q.text for q in load_policy().questionnaire.questions}
    text = " ".join(text_of(paper("en", DECIDED, "", "country")).split())
    assert [name for name in DECIDED if asked[name] in text] == ["country"]


def test_in_helper_mode_the_paper_speaks_to_the_person_themselves(
    client: PageClient, paper: PaperMaker
) -> None:
    with_answers(client, DECIDED)
    client.http.set_cookie("helping", "1")
    helped = text_of(pdf_of(client))
    assert "your client" not in helped.lower()
    assert helped == text_of(paper("en", DECIDED))


@pytest.mark.parametrize("name", ["vwn", "ros", "solid_road"])
def test_who_does_not_fit_is_not_on_the_paper(paper: PaperMaker, name: str) -> None:
    organisation = load_policy().organisations[name]
    text = text_of(paper("en", STAY))
    assert (organisation.name in text) == (name == "vwn")


# --- How it looks


@pytest.mark.parametrize(
    ("route", "first", "second"),
    [
        *((LONGEST, *side) for side in SIDES),
        # The widest letters. Every case beside it is among the slow tests.
        (DECIDED, "nl", "ti"),
    ],
)
def test_it_fits_on_two_pages(paper: PaperMaker, first: str, second: str, route: Route) -> None:
    assert 1 <= pages_of(paper(first, route, second)) <= 2


def test_it_fits_on_two_pages_with_every_answer_in_two_languages(new_client: NewClient) -> None:
    client = with_answers(new_client("nl"), LONGEST)
    assert pages_of(pdf_of(client, "ti", *LONGEST)) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", read_cases(ROOT / "tests" / "cases.csv", load_policy()), ids=lambda c: c.name
)
def test_every_case_fits_on_two_pages(new_client: NewClient, case: object) -> None:
    answers = case.answers.items()  # type: ignore[attr-defined]
    route = {name: given if isinstance(given, str) else list(given) for name, given in answers}
    client = with_answers(new_client("nl"), route)
    assert pages_of(pdf_of(client, "ti")) <= 2


def test_two_languages_stand_side_by_side_each_with_its_own_words(paper: PaperMaker) -> None:
    text = text_of(paper("nl", THINKING, "ti"))
    assert "Wat dit betekent voor jou" in text
    assert re.search("[\u1200-\u137f]{3}", text)
    both = [line for line in text.splitlines() if re.search(r"[a-z]{4}.*[\u1200-\u137f]{2}", line)]
    assert len(both) > 10


# --- For a screen reader


def test_it_is_tagged_with_language_and_title(paper: PaperMaker) -> None:
    pdf = paper("nl", THINKING, "ar")
    told = tool("pdfinfo", pdf, "-")
    assert re.search(r"^Tagged: +yes", told, re.MULTILINE)
    assert re.search(r"^Title: +Wat past bij", told, re.MULTILINE)
    objects = objects_of(pdf)
    assert b"/MarkInfo" in objects
    assert b"/StructTreeRoot" in objects
    assert b"/Lang (nl)" in objects
    assert 'pdfuaid:part="1"' in tool("pdfinfo", pdf, "-meta", "-")


def test_headings_lists_and_the_languages_of_columns_are_tagged(paper: PaperMaker) -> None:
    tree = tool("pdfinfo", paper("nl", THINKING, "ar"), "-struct", "-")
    for tag in ("H1", "H2", "H3", "LI", "TH", "TD"):
        assert re.search(rf"^ *{tag}\b", tree, re.MULTILINE), tag


def test_the_language_of_each_side_is_in_the_tags(paper: PaperMaker) -> None:
    pdf = paper("nl", STAY, "ar")
    lines = objects_of(pdf).splitlines()
    cells = b"".join(line for line in lines if re.search(rb"/S /T[HD]\b", line))
    assert cells.count(b"/Lang (ar)") == cells.count(b"/Lang (nl)") > 3


# --- What nobody gets to know


def test_the_answer_is_a_file_that_nothing_keeps_and_whose_name_says_nothing(
    client: PageClient,
) -> None:
    response = printed(with_answers(client, FORCED), "", "country")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == 'inline; filename="page.pdf"'


def test_the_same_paper_is_the_same_file_and_tells_no_time(
    client: PageClient, paper: PaperMaker
) -> None:
    pdf = paper("en", STAY)
    assert pdf == pdf_of(with_answers(client, STAY))
    assert "CreationDate" not in tool("pdfinfo", pdf, "-")
    assert b"D:20" not in pdf


def test_the_process_is_told_no_key(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, object] = {}

    def run(*_args: object, **options: object) -> object:
        told.update(options)
        raise OSError

    monkeypatch.setenv("COOKIE_KEYS", "a key")
    monkeypatch.setattr(subprocess, "run", run)
    cannot_be_made(with_answers(client, STAY))
    assert told["env"] == {"LANG": "C.UTF-8", "HOME": os.environ["HOME"]}
    assert told["stderr"] == subprocess.DEVNULL


WATCHED = """
import os, runpy, sys

def watch(event, arguments):
    starts = event in {"os.exec", "os.fork", "os.posix_spawn", "os.system", "subprocess.Popen"}
    if starts or (event == "open" and arguments[2] & (os.O_CREAT | os.O_WRONLY)):
        os._exit(9)

sys.addaudithook(watch)
runpy.run_path(DRAW, run_name="__main__")
"""
"""Ends the drawing with 9 where it starts a program or makes a file."""


def test_the_process_starts_no_program_and_makes_no_file(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Path(printing.__file__).with_name("draw.py")
    broken.write_text(f"DRAW = {str(draw)!r}\n{WATCHED}")
    html = '<html lang="en"><title>t</title><p>shown</p></html>'
    assert "shown" in text_of(printing.make_pdf(html))


def test_the_process_fetches_nothing_and_writes_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">hidden</text></svg>')
    html = f'<html lang="en"><title>t</title><p>shown<img src="file://{secret}" alt="x"></p></html>'
    pdf = printing.make_pdf(html)
    assert "shown" in text_of(pdf)
    assert "hidden" not in text_of(pdf)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.svg"]


# --- Where it cannot be made


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Drawing fails as this file says."""
    script = tmp_path / "draw.py"
    monkeypatch.setattr(printing, "DRAW", script)
    return script


def test_where_drawing_fails_the_page_says_so_once_and_offers_the_browser(
    client: PageClient, broken: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken.write_text("import sys; sys.exit(sys.stdin.read())")
    page = cannot_be_made(with_answers(client, DECIDED), "nl", "country")
    (notice,) = page.main.all(role="alert")
    assert "could not make the PDF" in notice.text
    assert client.url("result") in page.links()
    assert [each for each in page.chosen() if each] == ["country", "nl"]
    assert "exit status 1" in caplog.text
    assert "Somalia" not in caplog.text
    again = client.get(client.url("paper"))
    assert again.main.all(role="alert") == []
    assert "country" not in again.chosen()


@pytest.fixture
def no_ethiopic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A server without a font for Tigrinya: whoever runs it has turned them off."""
    listed = subprocess.run(["fc-list", ":charset=1275", "file"], capture_output=True, check=True)
    files = [line.rstrip(": ") for line in listed.stdout.decode().splitlines()]
    assert files
    rejected = "".join(f"<glob>{file}</glob>" for file in files)
    settings = tmp_path / ".config" / "fontconfig" / "fonts.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '<!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><selectfont>'
        f"<rejectfont>{rejected}</rejectfont></selectfont></fontconfig>"
    )
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.usefixtures("no_ethiopic")
@pytest.mark.parametrize(("first", "second"), [("ti", ""), ("nl", "ti"), ("ti", "en")])
def test_without_a_font_for_a_script_no_paper_of_boxes_is_made(
    new_client: NewClient, first: str, second: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = cannot_be_made(with_answers(new_client(first), STAY), second)
    assert told.main.all(role="alert")
    assert caplog.messages == ["The paper could not be drawn: no font has some of its letters"]


@pytest.mark.usefixtures("no_ethiopic")
def test_without_a_font_for_one_script_the_others_are_drawn(new_client: NewClient) -> None:
    assert printed(with_answers(new_client("nl"), STAY), "ar").status_code == 200


@pytest.mark.usefixtures("no_ethiopic")
def test_the_check_and_the_start_say_which_language_has_no_font(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = "paper: no font here has the letters of: ti"
    tell_of_missing_fonts()
    assert caplog.messages == [problem]
    for other in ("_check_policy", "check_translations"):
        monkeypatch.setattr(sys.modules["wizard.commands.check"], other, lambda *_: [])
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert result.stderr == f"FAIL {problem}\n"


def test_this_machine_has_every_font() -> None:
    assert font_problem() is None


def test_that_fonts_cannot_be_looked_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert font_problem() == "paper: fonts cannot be looked up: fc-list is not there"


def test_drawing_that_takes_too_long_is_stopped(
    client: PageClient, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(printing, "LONGEST", 0.3)
    cannot_be_made(with_answers(client, STAY))


# --- While others are being made


@pytest.fixture
def taken() -> Iterator[None]:
    """Every place is taken by somebody else."""
    with ExitStack() as held:
        for number in range(paper_pages.AT_ONCE):
            held.enter_context(paper_pages._places.taken_by(f"somebody {number}"))
        yield


def test_who_comes_while_others_are_made_waits_on_a_page_that_asks_again(
    client: PageClient, taken: None
) -> None:
    choose(with_answers(client, DECIDED), "nl", "country")
    waiting = client.get(client.url("paper/pdf"), 202)
    assert 1 <= int(waiting.headers["Refresh"]) <= 10
    assert waiting.headers["Cache-Control"] == "no-store"
    assert len(waiting.main.all("progress")) == 1
    assert {client.url("paper/pdf"), client.url("result")} <= set(waiting.links())


def test_what_was_ticked_is_printed_after_the_wait(client: PageClient) -> None:
    choose(with_answers(client, DECIDED), "", "country")
    with ExitStack() as held:
        for number in range(paper_pages.AT_ONCE):
            held.enter_context(paper_pages._places.taken_by(f"somebody {number}"))
        assert client.http.get(client.url("paper/pdf")).status_code == 202
    made = client.http.get(client.url("paper/pdf"))
    assert made.status_code == 200
    assert "Somalia" in text_of(made.get_data())


def test_who_waited_for_long_is_told_to_try_later(
    client: PageClient, taken: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_pages, "LONGEST_WAIT", 0)
    page = cannot_be_made(with_answers(client, STAY))
    assert len(page.main.all(role="alert")) == 1


def test_one_subscriber_never_holds_all_places() -> None:
    places = Places(2)
    with places.taken_by("one"):
        with pytest.raises(BusyError), places.taken_by("one"):
            pass
        with places.taken_by("another"), pytest.raises(BusyError), places.taken_by("third"):
            pass
    with places.taken_by("one"):
        pass


def test_more_papers_than_a_shelter_needs_are_refused_for_a_minute_and_waiting_is_not_counted(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    monkeypatch.setattr(paper_pages, "make_pdf", lambda _html: b"%PDF-")
    client = with_answers(PageClient(make_app(RATELIMIT_ENABLED="true")), STAY)
    most = int(paper_pages.PER_MINUTE.split()[0])
    choose(client)
    address = client.url("paper/pdf")
    with paper_pages._places.taken_by("one"), paper_pages._places.taken_by("another"):
        assert {client.http.get(address).status_code for _ in range(most + 5)} == {202}
    assert {client.http.get(address).status_code for _ in range(most)} == {200}
    refused = client.http.get(address)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert client.http.get(client.url("paper")).status_code == 200


def test_without_a_choice_there_is_nothing_to_make(client: PageClient) -> None:
    with_answers(client, STAY)
    assert client.redirect_of_get(client.url("paper/pdf")) == client.url("paper")


def test_what_is_no_language_is_refused(client: PageClient) -> None:
    with_answers(client, STAY)
    assert client.http.post(client.url("paper"), data={"second": "xx"}).status_code == 400


def test_without_all_answers_there_is_no_paper(client: PageClient) -> None:
    first = client.url(f"check/{next(iter(DECIDED))}")
    assert client.redirect_of_get(client.url("paper")) == first
    assert client.redirect_of_post(client.url("paper")) == first


# --- The text for a message


def text_for_a_message(client: PageClient, lang: str) -> str:
    return client.get(client.url("paper")).document.one("textarea", lang=lang).text


def test_the_text_says_whom_to_ask_and_what_to_do_and_no_answer(client: PageClient) -> None:
    text = text_for_a_message(with_answers(client, DECIDED), "en")
    assert "088 746 44 66" in text
    assert "Talk to a lawyer first." in text
    assert "Somalia" not in text
    for question in load_policy().questionnaire.questions:
        assert question.text not in text


def test_numbers_stay_whole_in_a_text_from_right_to_left(new_client: NewClient) -> None:
    text = text_for_a_message(with_answers(new_client("ar"), DECIDED), "ar")
    assert "\u2066088 746 44 66\u2069" in text
    assert text.count("\u2066") == text.count("\u2069")
    assert "\u2066" not in text_for_a_message(with_answers(new_client("nl"), DECIDED), "nl")


def test_the_second_language_has_a_text_of_its_own(new_client: NewClient) -> None:
    client = with_answers(new_client("nl"), DECIDED)
    client.http.set_cookie("second", "ar")
    page = client.get(client.url("paper"))
    assert [each["dir"] for each in page.main.all("textarea")] == ["ltr", "rtl"]
    assert "ar" in page.chosen()


# --- What to bring, from the data


def test_what_to_bring_depends_on_the_answers(
    new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {entry.id: entry.text for entry in load_policy().checklist}
    shown = {}
    for name, route in ROUTES.items():
        client = with_answers(new_client(), route)
        choose(client)
        text = printed_page(client, monkeypatch)
        shown[name] = {entry for entry, words in texts.items() if words in text}
    assert shown["decided"] == {"decision_letter", "identity", "handed_in", "mediation"}
    assert shown["waiting"] == {"last_letters", "identity", "handed_in"}
    assert shown["stay"] == set()
    assert as_list(FORCED["asylum_decision"]) == ["rejected"]
    assert "decision_letter" in shown["forced"]


@pytest.mark.parametrize(
    "name", ["afghan_uam_thinking", "sudan_dublin_names_italy", "promised_by_iom"]
)
def test_the_first_page_names_whom_the_letter_names_and_nobody_else(
    paper: PaperMaker, name: str
) -> None:
    first = text_of(paper("en", SITUATIONS[name])).split("\f")[0]
    who = first.partition("Who you can ask")[2].partition("What to bring")[0]
    decider, language = default_decider(), languages()["en"]
    decision = decider.decide(SITUATIONS[name], date.today())
    known = decider.policy.organisations
    result = Presenter(decider.policy, language).result(decision)
    cards = LetterWriter(decider.policy, language).open_cards(result)
    told = {e.id for e in decision.organisations if known[e.id].is_private(e.role, e.variant)}
    for each in known.values():
        heading = re.compile(rf"^\s*{re.escape(each.name)}( \(|\s*$)", re.MULTILINE)
        named = each.id in {card.id for card in cards} - told
        assert bool(heading.search(who)) == named, each.id


def test_a_paper_says_whom_to_tell_of_a_wrong_number(paper: PaperMaker) -> None:
    assert "Is a number wrong?" in text_of(paper("en", DECIDED)).split("\f")[0]
