"""The cookie that holds the answers: nobody else can read it, and nothing breaks it."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.fernet import Fernet

from rules import default_decider
from tests.conftest import AppMaker
from tests.support.journeys import DECIDED, DISTINCTIVE, STAY, THINKING, as_list
from tests.support.keys import COOKIE_KEY
from tests.support.page_client import PageClient
from wizard.session.cookie import LARGEST_COOKIE, CannotOpenError, Sealer
from wizard.session.question_addresses import letters_for

OTHER_KEY = Fernet.generate_key().decode()
HOUR = 60 * 60


OPENER = "what-opens-it-0123456"
VISITOR = "00112233445566778899aabbccddeeff"
"""The random value of a visitor."""


def unsealed(client: PageClient, key: str = COOKIE_KEY) -> dict[str, Any]:
    """What is in the cookie."""
    assert client.cookie
    assert client.opener
    return Sealer((key,), 60).open(client.cookie, client.opener)


def sealed(content: Any, key: str = COOKIE_KEY, age: int = 0) -> str:
    """A cookie with this content, `age` seconds old."""
    return Sealer((key,), 60).seal(content, OPENER, at=time.time() - age)


def genuine(age: int = 0) -> str:
    """A real cookie with answers in it, which is the newest of its kind."""
    answers = {"asylum_decision": "rejected", "appeal": "over"}
    return sealed({"visitor": VISITOR, "answers": answers}, age=age)


def bring(client: PageClient, cookie: str) -> None:
    """Let somebody come with this cookie, and with what opens it."""
    client.opener, client.cookie = OPENER, cookie


def set_cookie_headers(client: PageClient, path: str) -> list[str]:
    """The headers that set or take away the cookie with the answers."""
    headers = client.http.get(path).headers.getlist("Set-Cookie")
    return [header for header in headers if header.startswith("answers=")]


def changed_in_the_middle(cookie: str) -> str:
    """The cookie with one character changed."""
    place = len(cookie) // 2
    return cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]


FORGED: dict[str, Callable[[], str]] = {
    "no token at all": lambda: "forged",
    "plain JSON": lambda: '{"answers":{}}',
    "a character changed": lambda: changed_in_the_middle(genuine()),
    "a real one twice in a row": lambda: sealed({"answers": {}, "x": 1}) * 2,
    "a real one for another opener": lambda: Sealer((COOKIE_KEY,), 60).seal({"a": 1}, "another"),
    "a real one with a sign that is skipped": lambda: genuine()[:20] + "." + genuine()[20:],
    "truncated": lambda: genuine()[:-20],
    "cut to its beginning": lambda: genuine()[:10],
    "sealed with a foreign key": lambda: sealed({"answers": {}}, OTHER_KEY),
    "older than an hour": lambda: sealed({"answers": {"asylum_decision": "permit"}}, age=HOUR + 5),
    "from tomorrow": lambda: sealed({"answers": {"asylum_decision": "permit"}}, age=-24 * HOUR),
    "larger than a cookie": lambda: sealed({"answers": {}, "more": secrets.token_hex(5000)}),
    "much larger": lambda: "A" * 6000,
    "a sealed list": lambda: sealed([1, 2]),
    "a sealed word": lambda: sealed("answers"),
    "letters of no alphabet": lambda: "é\u2603",
}


def test_the_cookie_that_these_tests_seal_is_like_a_real_one(client: PageClient):
    client.answer("asylum_decision", "rejected")
    client.answer("appeal", "over")
    theirs = unsealed(client)
    bring(client, genuine())
    assert set(theirs) == set(unsealed(client))
    assert theirs["answers"] == unsealed(client)["answers"]


def test_the_cookie_cannot_be_read_by_scripts_sent_by_others_or_outlive_the_browser(
    client: PageClient,
):
    answer = client.http.post("/en/check/asylum_decision", data={"answer": "permit"})
    [header] = [h for h in answer.headers.getlist("Set-Cookie") if h.startswith("answers=")]
    attributes = {part.strip() for part in header.split(";")[1:]}
    assert attributes == {"HttpOnly", "SameSite=Lax", "Path=/"}


def test_the_cookies_go_over_tls_only_when_configured(make_app: AppMaker):
    http = make_app(SECURE_COOKIES="true").test_client()
    answer = http.get("/en/check")
    headers = answer.headers.getlist("Set-Cookie")
    names = {"__Host-answers", "__Host-opener", "language"}
    assert {header.split("=")[0] for header in headers} <= names
    assert all("Secure" in [part.strip() for part in header.split(";")] for header in headers)


def test_no_answer_can_be_read_in_the_cookie(client: PageClient):
    client.answer_all(DECIDED)
    assert client.cookie
    readings = [client.cookie.encode(), _decoded(client.cookie)]
    readings += [_decoded(part) for part in client.cookie.replace("-", ".").split(".")]
    readings += [_decoded(client.cookie[start:]) for start in range(1, 4)]
    for reading in readings:
        for word in (*DECIDED, *DISTINCTIVE, "answers", "visitor"):
            assert word.encode() not in reading


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text[: len(text) // 4 * 4])


def test_the_same_answers_never_give_the_same_cookie(new_client: Callable[[], PageClient]):
    first, second = new_client(), new_client()
    first.answer_all(STAY)
    second.answer_all(STAY)
    assert first.cookie != second.cookie


def test_every_set_of_answers_is_sealed_in_the_same_size(new_client: Callable[[], PageClient]):
    sizes = set()
    for route in (STAY, THINKING, DECIDED):
        client = new_client()
        for question, answer in route.items():
            client.answer(question, answer)
            sizes.add(len(client.cookie or ""))
    assert len(sizes) == 1


def test_more_answers_than_there_can_be_fit_the_same_size():
    # Fifteen questions, each with every option: the questionnaire has fewer, and it may grow.
    questions = default_decider().policy.questionnaire.questions
    every = {each.id: list(each.option_ids)[:10] for each in questions}
    more = {f"question_{number}": [f"option_{n}" for n in range(10)] for number in range(3)}
    content = {"visitor": VISITOR, "answers": {**every, **more}, "case_edition": 2**24}
    assert len(sealed(content)) == len(sealed({})) < LARGEST_COOKIE // 2


def test_the_time_of_the_last_answer_is_not_in_the_clear():
    now = int(time.time())
    times = {(now + shift).to_bytes(8) for shift in range(-5, 5)}
    raw = _decoded(sealed({}) + "==")
    assert not any(each[4:] in raw for each in times)


def test_without_the_opener_it_looks_like_a_first_visit(client: PageClient):
    client.answer_all(STAY)
    client.http.delete_cookie("opener")
    assert client.get("/en/").notices() == []
    page = client.question("asylum_decision")
    assert page.chosen() == []
    assert page.notices() == []
    assert client.redirect_of_get("/en/result") == "/en/check/asylum_decision"


def test_without_the_opener_nobody_who_has_our_keys_opens_it(client: PageClient):
    client.answer_all(STAY)
    assert client.cookie
    for guess in ("", "opener", OPENER):
        with pytest.raises(CannotOpenError):
            Sealer((COOKIE_KEY,), 60).open(client.cookie, guess)


def test_a_script_can_delete_the_opener_which_ends_with_the_browser(client: PageClient):
    headers = client.http.get("/en/check").headers.getlist("Set-Cookie")
    [header] = [each for each in headers if each.startswith("opener=")]
    value, *attributes = (part.strip() for part in header.split(";"))
    assert set(attributes) == {"SameSite=Lax", "Path=/"}
    assert len(value.removeprefix("opener=")) >= 22


@pytest.mark.parametrize("end", ["forget", "new-client"])
def test_a_new_session_has_a_new_opener(client: PageClient, end: str):
    client.answer_all(STAY)
    before = client.opener
    client.redirect_of_post(client.url(end))
    client.get("/en/")
    client.question("asylum_decision")
    assert client.opener
    assert client.opener != before


def test_a_cookie_of_another_application_beside_ours_is_passed_over(client: PageClient):
    client.answer_all(STAY)
    theirs = "; ".join(f"{name}=theirs" for name in ("answers", "opener"))
    ours = f"answers={client.cookie}; opener={client.opener}"
    for cookies in (f"{theirs}; {ours}", f"{ours}; {theirs}"):
        answer = client.app.test_client(use_cookies=False).get(
            "/en/result", headers={"Cookie": cookies}
        )
        assert answer.status_code == 200


def test_behind_tls_a_cookie_that_another_host_can_set_is_not_read(make_app: AppMaker):
    client = PageClient(make_app(SECURE_COOKIES="true"))
    bring(client, genuine())
    page = client.get("/en/")
    assert not page.document.all("dialog")
    assert page.notices() == []


def test_leaving_behind_tls_takes_away_both_cookies(make_app: AppMaker):
    http = make_app(SECURE_COOKIES="true").test_client()
    http.get("/en/check", base_url="https://localhost")
    headers = http.post("/en/leave", base_url="https://localhost").headers.getlist("Set-Cookie")
    for name in ("__Host-answers", "__Host-opener"):
        ends = [each for each in headers if each.startswith(f"{name}=;")]
        assert ends
        for header in ends:
            assert all(part in header for part in ("Max-Age=0", "Secure", "Path=/"))


def test_reading_a_page_sets_no_cookie_with_answers(client: PageClient):
    assert set_cookie_headers(client, "/en/") == []
    client.answer_all(STAY)
    for path in ("/en/", "/en/result", "/en/check/country", "/en/check/appeal"):
        assert set_cookie_headers(client, path) == []


@pytest.mark.filterwarnings("ignore:The 'answers' cookie is too large")
@pytest.mark.parametrize("make_cookie", FORGED.values(), ids=list(FORGED))
def test_a_cookie_that_cannot_be_opened_starts_clean_and_says_so_once(
    client: PageClient, make_cookie: Callable[[], str]
):
    bring(client, make_cookie())
    page = client.get("/en/")
    assert len(page.notices()) == 1
    assert page.notices()[0].text
    assert "/en/check" in page.links()
    assert client.get("/en/").notices() == []
    assert client.question("asylum_decision").chosen() == []


@pytest.mark.parametrize("place", ["check", "result"])
def test_the_message_waits_for_the_next_page_when_a_page_is_out_of_turn(
    client: PageClient, place: str
):
    bring(client, FORGED["truncated"]())
    location = client.redirect_of_get(f"/en/{place}")
    assert location == "/en/check/asylum_decision"
    assert len(client.get(location).notices()) == 1
    assert client.get(location).notices() == []


def test_an_answer_given_with_a_cookie_that_is_too_old_leads_to_the_first_question_and_says_so(
    client: PageClient,
):
    bring(client, genuine(age=HOUR + 5))
    letters = letters_for(VISITOR.encode(), "appeal")
    location = client.redirect_of_post(f"/en/check/{letters}", {"answer": "over"})
    assert location == "/en/check/asylum_decision?cookie=check"
    assert client.redirect_of_get(location) == "/en/check/asylum_decision"
    assert len(client.question("asylum_decision").notices()) == 1
    assert client.question("asylum_decision").notices() == []


def test_no_message_without_a_cookie_or_with_a_good_one(client: PageClient):
    assert client.get("/en/").notices() == []
    client.answer("asylum_decision", "waiting")
    assert client.get("/en/").notices() == []


def test_a_cookie_just_within_the_hour_still_opens(client: PageClient):
    bring(client, genuine(age=HOUR - 60))
    assert client.question("appeal").chosen() == ["over"]


def test_the_time_limit_can_be_set(make_app: AppMaker):
    client = PageClient(make_app(ANSWERS_MINUTES="5"))
    bring(client, genuine(age=4 * 60))
    assert client.question("appeal").chosen() == ["over"]
    bring(client, genuine(age=5 * 60 + 5))
    assert client.get("/en/").notices()


def test_every_answer_starts_the_hour_again(client: PageClient, monkeypatch: pytest.MonkeyPatch):
    later = time.time() + HOUR - 60
    bring(client, genuine(age=HOUR - 60))
    client.answer("dublin", "no")
    monkeypatch.setattr("wizard.session.cookie.time.time", lambda: later)
    assert client.question("appeal").chosen() == ["over"]


def test_a_cookie_sealed_with_the_older_key_opens_and_is_sealed_again_with_the_newest(
    make_app: AppMaker,
):
    client = PageClient(make_app(COOKIE_KEYS=f"{OTHER_KEY}, {COOKIE_KEY}"))
    bring(client, genuine())
    assert client.question("appeal").chosen() == ["over"]
    client.answer("dublin", "no")
    assert unsealed(client, OTHER_KEY)["answers"]["appeal"] == "over"
    with pytest.raises(CannotOpenError):
        unsealed(client, COOKIE_KEY)


def test_a_key_taken_away_closes_its_cookies(make_app: AppMaker):
    client = PageClient(make_app(COOKIE_KEYS=OTHER_KEY))
    bring(client, genuine())
    assert client.get("/en/").notices()


@pytest.mark.parametrize(
    "strange",
    [
        {"question_of_last_year": "yes"},
        {"question_of_last_year": ["yes"], "other": {"deep": []}},
        {"country": "XX"},
        {"country": ["SO"]},
        {"new_facts": "perhaps"},
        {"new_facts": None},
        {"circumstances": "health"},
        {"circumstances": []},
        {"circumstances": ["health", "gone"]},
    ],
    ids=str,
)
def test_a_cookie_with_something_that_no_longer_exists_keeps_the_rest(
    client: PageClient, strange: dict[str, Any]
):
    bring(client, sealed({"visitor": VISITOR, "answers": {**THINKING, **strange}}))
    for name, answer in THINKING.items():
        if name not in strange:
            assert client.question(name).chosen() == as_list(answer)
    gone = [name for name in strange if name in THINKING]
    for name in gone:
        assert client.redirect_of_get("/en/result") == f"/en/check/{name}"
        client.answer(name, THINKING[name])
    client.get("/en/result")
    client.answer("asylum_decision", "rejected")
    assert list(unsealed(client)["answers"]) == list(THINKING)


@pytest.mark.parametrize(
    "content", [{"answers": []}, {"answers": "x"}, {"answers": None}, {"a": 1}]
)
def test_a_sealed_cookie_of_another_shape_starts_clean(client: PageClient, content: Any):
    bring(client, sealed(content))
    assert client.redirect_of_get("/en/result") == "/en/check/asylum_decision"
    client.answer_all(STAY)
    client.get("/en/result")


def test_the_api_neither_reads_nor_writes_cookies(client: PageClient):
    client.answer_all(STAY)
    answer = client.http.post("/api/v1/decisions", json={"answers": {}})
    assert answer.get_json()["next_question"] == "asylum_decision"
    assert "Set-Cookie" not in answer.headers
