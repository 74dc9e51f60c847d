"""A case code says what was put into it, to this service, and nothing to anybody else."""

from __future__ import annotations

import logging
import random
import re
from datetime import date
from itertools import combinations

import pytest
import segno
from cryptography.fernet import Fernet
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from questions import Questionnaire, validate_answers
from questions.packing import packings, unpack
from rules import default_decider
from rules.editions import edition_on
from tests.conftest import AppMaker
from tests.support.answers.case_codes import CODE, code_shown, pieces, written
from tests.support.journeys import DECIDED, DISTINCTIVE, ROUTES, STAY, THINKING, Route
from tests.support.keys import COOKIE_KEY
from tests.support.page_client import PageClient
from wizard.pages import case as case_pages
from wizard.session.answers import decider
from wizard.session.case_code import (
    ANSWER_BITS,
    Case,
    CaseCodeError,
    CaseCodes,
    IncompleteError,
    MistypedError,
    OldError,
    UnreadableError,
)
from wizard.web.rate_limits import limiter

OURS = default_decider().policy.questionnaire
OTHER = Questionnaire(OURS.questions[:-1])
CODES = CaseCodes([COOKIE_KEY])
NOW = 1_800_000_000.0
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

cases = st.builds(
    Case,
    st.integers(0, packings(OURS) - 1).map(lambda number: unpack(OURS, number)),
    st.integers(0, 2**24 - 1),
)
SOME = Case(unpack(OURS, packings(OURS) // 3), 0xABCDEF)


@given(cases)
def test_any_answers_come_out_of_the_code_as_they_went_in(case: Case):
    code = CODES.seal(OURS, case)
    assert re.fullmatch(CODE, code)
    assert len(code) <= 40
    assert CODES.open(code, [OTHER, OURS], NOW) == case


@given(cases, st.randoms(use_true_random=False))
def test_however_a_code_is_typed_it_opens(case: Case, rng: random.Random):
    code = CODES.seal(OURS, case).replace("-", "")
    typed = "".join(
        rng.choice(["", " ", "-", "\u200e", "–"])
        + rng.choice([symbol, symbol.lower(), *{"0": "Oo٠۰", "1": "IiLl١"}.get(symbol, symbol)])
        for symbol in code
    )
    assert CODES.open(typed, [OURS], NOW) == case
    assert CODES.open(f" https://example.org/nl/case#{code}\n", [OURS], NOW) == case


def test_a_code_holds_more_answers_than_there_are():
    assert packings(OURS) < 1 << ANSWER_BITS
    many = Questionnaire((*OURS.questions, *OTHER.questions))
    with pytest.raises(OverflowError):
        CODES.seal(many, Case({OURS.questions[0].id: OURS.questions[0].option_ids[0]}, 0))


def test_every_wrong_symbol_is_seen_before_a_key_is_tried():
    code = CODES.seal(OURS, SOME).replace("-", "")
    for place, symbol in enumerate(code):
        for other in ALPHABET.replace(symbol, ""):
            with pytest.raises(MistypedError):
                CODES.open(code[:place] + other + code[place + 1 :], [], NOW)


def test_every_two_symbols_that_changed_places_are_seen_before_a_key_is_tried():
    code = CODES.seal(OURS, SOME).replace("-", "")
    for one, two in combinations(range(32), 2):
        if code[one] != code[two]:
            swapped = list(code)
            swapped[one], swapped[two] = code[two], code[one]
            with pytest.raises(MistypedError):
                CODES.open("".join(swapped), [], NOW)


@pytest.mark.parametrize("text", ["", "-", "0" * 31, "0" * 33, "0" * 1000, "🙂", "#"])
def test_what_is_not_as_long_as_a_code_is_told_apart(text: str):
    with pytest.raises(IncompleteError):
        CODES.open(text, [OURS], NOW)


def forged(rng: random.Random, real: str) -> str:
    """A code that nobody made: with the right check, so that only the tag protects."""
    number = 0
    for symbol in real.replace("-", ""):
        number = number << 5 | ALPHABET.index(symbol)
    sealed = number >> 10
    if rng.random() < 0.5:
        # Everything but the hint is made up.
        sealed = sealed >> 140 << 140 | rng.getrandbits(140)
    else:
        # Some bits of a real code are flipped.
        for _ in range(rng.choice([1, 1, 1, 2, 3, 10])):
            sealed ^= 1 << rng.randrange(140)
    if sealed == number >> 10:
        sealed ^= 1
    return written(sealed << 10 | (1 - (sealed << 10)) % 1021)


@pytest.mark.parametrize(
    "tries", [pytest.param(3_000), pytest.param(100_000, marks=pytest.mark.slow)]
)
def test_no_forged_code_is_accepted(tries: int):
    rng = random.Random(5)
    real = CODES.seal(OURS, SOME)
    refused = 0
    for _ in range(tries):
        with pytest.raises(UnreadableError):
            CODES.open(forged(rng, real), [OURS], NOW)
        refused += 1
    assert refused == tries


@pytest.mark.parametrize(
    "tries", [pytest.param(3_000), pytest.param(100_000, marks=pytest.mark.slow)]
)
def test_no_code_with_flipped_characters_is_accepted(tries: int):
    rng = random.Random(6)
    accepted = []
    for _ in range(tries):
        case = Case(unpack(OURS, rng.randrange(packings(OURS))), rng.getrandbits(24))
        symbols = list(CODES.seal(OURS, case).replace("-", ""))
        for place in rng.sample(range(32), rng.choice([1, 1, 1, 2, 3])):
            symbols[place] = rng.choice(ALPHABET.replace(symbols[place], ""))
        try:
            accepted.append(CODES.open("".join(symbols), [OURS], NOW))
        except CaseCodeError:
            continue
    assert accepted == []


def test_after_a_new_key_an_old_code_opens_until_the_old_key_is_taken_away():
    new = Fernet.generate_key().decode()
    code = CODES.seal(OURS, SOME)
    assert CaseCodes([new, COOKIE_KEY]).open(code, [OURS], NOW) == SOME
    assert CaseCodes([new, COOKIE_KEY]).seal(OURS, SOME) != code
    with pytest.raises(UnreadableError):
        CaseCodes([new]).open(code, [OURS], NOW)


def test_the_code_of_another_service_opens_nothing():
    foreign = CaseCodes([Fernet.generate_key().decode() for _ in range(3)])
    with pytest.raises(UnreadableError):
        CODES.open(foreign.seal(OURS, SOME), [OURS], NOW)


def test_a_code_for_questions_that_we_do_not_have_is_old_and_opens_nothing():
    case = Case({}, 7)
    with pytest.raises(OldError):
        CODES.open(CODES.seal(OTHER, case), [OURS], NOW)


def test_a_code_for_a_picture_opens_for_ten_minutes_and_never_after_twenty():
    code = CODES.seal(OURS, SOME, at=NOW)
    assert code != CODES.seal(OURS, SOME)
    for seconds in (0, 1, 300, 600):
        assert CODES.open(code, [OURS], NOW + seconds) == SOME
    for seconds in (1200, 3600, 10**6, -1200):
        with pytest.raises(UnreadableError):
            CODES.open(code, [OURS], NOW + seconds)


def test_a_code_says_nothing_of_its_answers():
    codes = [CODES.seal(OURS, Case(unpack(OURS, number), 1)) for number in range(64)]
    for place in range(3, 32):
        symbols = {code.replace("-", "")[place] for code in codes}
        assert len(symbols) > 12, "the same answers but one must not look alike"


# The pages


def code_of(client: PageClient) -> str:
    """The code that the page shows for the case of this client."""
    return code_shown(client.post(client.url("case/code")).html)


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_a_case_is_taken_to_another_device(app: Flask, route: Route):
    one, two = PageClient(app), PageClient(app, "nl")
    one.answer_all(route)
    assert two.redirect_of_post("/nl/case", {"code": code_of(one)}) == "/nl/result"
    assert two.answered() == one.answered()
    two.lang = "en"
    assert result_of(two) == result_of(one)


def result_of(client: PageClient) -> str:
    return client.get("/en/result").main.text


@pytest.mark.parametrize("count", [1, 5, len(DECIDED) - 1])
def test_an_unfinished_case_goes_on_where_it_was(client: PageClient, app: Flask, count: int):
    names = list(DECIDED)
    client.answer_all({name: DECIDED[name] for name in names[:count]})
    other = PageClient(app)
    to = other.redirect_of_post("/en/case", {"code": code_of(client)})
    assert to == f"/en/check/{names[count]}"


def test_a_code_is_shown_only_to_who_asks_and_never_in_an_address(client: PageClient):
    assert client.redirect_of_get("/en/case/code") == "/en/"
    assert client.redirect_of_post("/en/case/code") == "/en/"
    client.answer_all(STAY)
    for place in ("result", "case/code", "case", ""):
        assert not re.search(CODE, client.get(client.url(place)).html)
    page = client.post("/en/case/code")
    assert page.headers["Cache-Control"] == "no-store"
    code = code_shown(page.html)
    for spelled in (code, code.replace("-", "")):
        assert not any(spelled in link for link in page.links())


def test_the_result_and_the_start_lead_to_the_pages_of_the_code(client: PageClient):
    assert "/en/case" in client.get("/en/").links()
    client.answer_all(STAY)
    assert "/en/case/code" in client.get("/en/result").links()


def test_the_picture_is_the_address_with_a_code_behind_the_hash(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(case_pages, "time", lambda: NOW)
    client.answer_all(STAY)
    page = client.post("/en/case/code")
    policy = decider().policy
    answers = validate_answers(policy.questionnaire, dict(STAY))
    case = Case(answers, edition_on(policy, date.today()).short)
    code = CODES.seal(policy.questionnaire, case, at=NOW)
    address = f"http://localhost/en/case#{code.replace('-', '')}"
    [drawn] = re.findall(r'stroke="#000" d="([^"]+)"', page.html)
    [wanted] = re.findall(r'stroke="#000" d="([^"]+)"', segno.make_qr(address).svg_inline())
    assert drawn == wanted


def test_opening_a_code_replaces_all_answers_that_were_there(client: PageClient, app: Flask):
    other = PageClient(app)
    client.answer_all({name: DECIDED[name] for name in list(DECIDED)[:3]})
    code = code_of(client)
    other.answer_all(DECIDED)
    assert "will be replaced" in other.get("/en/case").main.text
    assert other.redirect_of_post("/en/case", {"code": code}) == "/en/check/arranged"
    assert other.redirect_of_get("/en/result") == "/en/check/arranged"


WRONG = {
    "abc": "32 letters and numbers",
    "0" * 32: "not right",
    CaseCodes([Fernet.generate_key().decode()]).seal(OURS, SOME): "not from this website",
    CODES.seal(OTHER, Case({}, 7)): "other questions",
}


@pytest.mark.parametrize(
    ("code", "said"), WRONG.items(), ids=["short", "mistyped", "foreign", "old"]
)
def test_a_code_that_does_not_open_is_explained_and_changes_nothing(
    client: PageClient, code: str, said: str
):
    client.answer_all(THINKING)
    answers = client.answered()
    page = client.post("/en/case", {"code": code})
    parts = {each["id"]: each for each in page.main.walk() if "id" in each}
    assert said in parts["error-summary"].text
    assert said in parts["error"].text
    field = parts["code"]
    assert field["value"] == code
    assert field["aria-invalid"] == "true"
    assert field["autocomplete"] == "off"
    assert page.title.startswith("Error: ")
    assert client.answered() == answers


def test_what_another_site_sends_as_a_code_is_refused(client: PageClient, app: Flask):
    client.answer_all(STAY)
    code = code_of(client)
    sent = PageClient(app).http.post(
        "/en/case", data={"code": code}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert sent.status_code == 403


def test_only_codes_that_are_refused_are_counted_and_a_shelter_is_spared(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    app = make_app(RATELIMIT_ENABLED="true")
    most = int(case_pages.REFUSED_PER_MINUTE.split()[0])
    client = PageClient(app)
    client.answer_all(STAY)
    code = code_of(client)
    for _ in range(most + 30):
        assert app.test_client().post("/en/case", data={"code": code}).status_code == 303
    tried = [app.test_client().post("/en/case", data={"code": "0"}) for _ in range(most + 1)]
    assert [each.status_code for each in tried] == [303] * most + [429]
    assert app.test_client().get("/en/case").status_code == 200
    # Whoever typed all those takes nothing from others who came by the same address.
    assert app.test_client().post("/en/case", data={"code": code}).status_code == 303


def test_nothing_of_a_code_or_a_case_is_logged(
    make_app: AppMaker, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    app = make_app(ACCESS_LOG="-")
    client = PageClient(app)
    client.answer_all(DECIDED)
    code = code_of(client)
    PageClient(app).redirect_of_post("/en/case", {"code": code})
    PageClient(app).post("/en/case", {"code": code[:-1]})
    told = " ".join(str(vars(record)) for record in caplog.records)
    assert "/<lang>/case" in told
    assert not any(piece in told for piece in pieces(code))
    assert not any(word in told for word in DISTINCTIVE)
