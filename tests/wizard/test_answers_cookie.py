"""The cookie that holds the answers: nobody else can read it, and nothing breaks it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken

from tests.conftest import COOKIE_KEY, AppMaker
from tests.journeys import DECIDED, DISTINCTIVE, STAY, THINKING, as_list
from tests.page_client import PageClient

OTHER_KEY = Fernet.generate_key().decode()
HOUR = 60 * 60


def unsealed(cookie: str | None, key: str = COOKIE_KEY) -> dict[str, Any]:
    """What is in the cookie."""
    assert cookie
    content: dict[str, Any] = json.loads(Fernet(key).decrypt(cookie.encode()))
    return content


def sealed(content: Any, key: str = COOKIE_KEY, age: int = 0) -> str:
    """A cookie with this content, `age` seconds old."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Fernet(key).encrypt_at_time(data, int(time.time()) - age).decode()


def genuine() -> str:
    """A real cookie with answers in it, which is the newest of its kind."""
    return sealed({"answers": {"asylum_decision": "rejected", "appeal": "over"}})


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
    "a real one with a sign that is skipped": lambda: genuine()[:20] + "." + genuine()[20:],
    "truncated": lambda: genuine()[:-20],
    "cut to its beginning": lambda: genuine()[:10],
    "sealed with a foreign key": lambda: sealed({"answers": {}}, OTHER_KEY),
    "older than an hour": lambda: sealed({"answers": {"asylum_decision": "permit"}}, age=HOUR + 5),
    "from tomorrow": lambda: sealed({"answers": {"asylum_decision": "permit"}}, age=-24 * HOUR),
    "larger than a cookie": lambda: sealed({"answers": {}, "more": "x" * 5000}),
    "much larger": lambda: "A" * 6000,
    "a sealed list": lambda: sealed([1, 2]),
    "a sealed word": lambda: sealed("answers"),
    "sealed, but no JSON": lambda: sealed(b"\xff\xfe{"),
    "letters of no alphabet": lambda: "é\u2603",
}


def test_the_cookie_that_these_tests_seal_is_like_a_real_one(client: PageClient):
    client.answer("asylum_decision", "rejected")
    client.answer("appeal", "over")
    assert unsealed(client.cookie) == unsealed(genuine())


def test_the_cookie_cannot_be_read_by_scripts_sent_by_others_or_outlive_the_browser(
    client: PageClient,
):
    answer = client.http.post("/en/check/asylum_decision", data={"answer": "permit"})
    [header] = [h for h in answer.headers.getlist("Set-Cookie") if h.startswith("answers=")]
    attributes = {part.strip() for part in header.split(";")[1:]}
    assert attributes == {"HttpOnly", "SameSite=Lax", "Path=/"}


def test_the_cookies_go_over_tls_only_when_configured(make_app: AppMaker):
    http = make_app(SECURE_COOKIES="true").test_client()
    answer = http.post("/en/check/asylum_decision", data={"answer": "permit"})
    headers = answer.headers.getlist("Set-Cookie")
    assert {header.split("=")[0] for header in headers} == {"answers", "language"}
    assert all("Secure" in [part.strip() for part in header.split(";")] for header in headers)


def test_no_answer_can_be_read_in_the_cookie(client: PageClient):
    client.answer_all(DECIDED)
    assert client.cookie
    readings = [client.cookie.encode(), base64.urlsafe_b64decode(client.cookie)]
    readings += [_decoded(part) for part in client.cookie.replace("-", ".").split(".")]
    readings += [_decoded(client.cookie[start:]) for start in range(1, 4)]
    for reading in readings:
        for word in (*DECIDED, *DISTINCTIVE, "answers"):
            assert word.encode() not in reading


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text[: len(text) // 4 * 4])


def test_the_same_answers_never_give_the_same_cookie(new_client: Callable[[], PageClient]):
    first, second = new_client(), new_client()
    first.answer_all(STAY)
    second.answer_all(STAY)
    assert first.cookie != second.cookie


def test_all_answers_fit_in_a_cookie(client: PageClient):
    client.answer_all(DECIDED)
    client.answer(
        "help_wanted",
        ["travel", "money", "goods", "training", "business_plan", "care", "talk"],
    )
    assert len(client.cookie or "") < 2048


def test_reading_a_page_sets_no_cookie_with_answers(client: PageClient):
    assert set_cookie_headers(client, "/en/") == []
    client.answer_all(STAY)
    for path in ("/en/", "/en/result", "/en/answers", "/en/check/country", "/en/check/appeal"):
        assert set_cookie_headers(client, path) == []


@pytest.mark.filterwarnings("ignore:The 'answers' cookie is too large")
@pytest.mark.parametrize("make_cookie", FORGED.values(), ids=list(FORGED))
def test_a_cookie_that_cannot_be_opened_starts_clean_and_says_so_once(
    client: PageClient, make_cookie: Callable[[], str]
):
    client.cookie = make_cookie()
    page = client.get("/en/")
    assert len(page.notices()) == 1
    assert page.notices()[0].text
    assert "/en/check/asylum_decision" in page.links()
    assert client.get("/en/").notices() == []
    assert client.question("asylum_decision").chosen() == []


@pytest.mark.parametrize("place", ["check/help_wanted", "result", "answers"])
def test_the_message_waits_for_the_next_page_when_a_page_is_out_of_turn(
    client: PageClient, place: str
):
    client.cookie = FORGED["truncated"]()
    location = client.redirect_of_get(f"/en/{place}")
    assert location == "/en/check/asylum_decision"
    assert len(client.get(location).notices()) == 1
    assert client.get(location).notices() == []


def test_an_answer_given_with_a_cookie_that_is_too_old_is_taken_and_the_loss_is_said(
    client: PageClient,
):
    client.cookie = sealed(unsealed(genuine()), age=HOUR + 5)
    location = client.answer("asylum_decision", "waiting")
    assert location == "/en/check/dublin"
    assert len(client.get(location).notices()) == 1
    assert client.get(location).notices() == []
    assert client.question("asylum_decision").chosen() == ["waiting"]


def test_a_late_answer_with_a_cookie_that_is_too_old_leads_to_the_first_question(
    client: PageClient,
):
    client.cookie = sealed(unsealed(genuine()), age=HOUR + 5)
    location = client.answer("new_facts", ["afraid"])
    assert location == "/en/check/asylum_decision"
    assert len(client.get(location).notices()) == 1


def test_no_message_without_a_cookie_or_with_a_good_one(client: PageClient):
    assert client.get("/en/").notices() == []
    client.answer("asylum_decision", "waiting")
    assert client.get("/en/").notices() == []


def test_a_cookie_just_within_the_hour_still_opens(client: PageClient):
    client.cookie = sealed(unsealed(genuine()), age=HOUR - 60)
    assert client.question("appeal").chosen() == ["over"]


def test_the_time_limit_can_be_set(make_app: AppMaker):
    client = PageClient(make_app(ANSWERS_MINUTES="5"))
    client.cookie = sealed(unsealed(genuine()), age=4 * 60)
    assert client.question("appeal").chosen() == ["over"]
    client.cookie = sealed(unsealed(genuine()), age=5 * 60 + 5)
    assert client.get("/en/").notices()


def test_every_answer_starts_the_hour_again(client: PageClient):
    client.cookie = sealed(unsealed(genuine()), age=HOUR - 60)
    client.answer("dublin", "no")
    assert client.cookie
    made = Fernet(COOKIE_KEY).extract_timestamp(client.cookie.encode())
    assert time.time() - made < 60


def test_a_cookie_sealed_with_the_older_key_opens_and_is_sealed_again_with_the_newest(
    make_app: AppMaker,
):
    client = PageClient(make_app(COOKIE_KEYS=f"{OTHER_KEY}, {COOKIE_KEY}"))
    client.cookie = genuine()
    assert client.question("appeal").chosen() == ["over"]
    client.answer("dublin", "no")
    assert unsealed(client.cookie, OTHER_KEY)["answers"]["appeal"] == "over"
    with pytest.raises(InvalidToken):
        unsealed(client.cookie, COOKIE_KEY)


def test_a_key_taken_away_closes_its_cookies(make_app: AppMaker):
    client = PageClient(make_app(COOKIE_KEYS=OTHER_KEY))
    client.cookie = genuine()
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
    client.cookie = sealed({"answers": {**THINKING, **strange}})
    for name, answer in THINKING.items():
        if name not in strange:
            assert client.question(name).chosen() == as_list(answer)
    gone = [name for name in strange if name in THINKING]
    for name in gone:
        assert client.redirect_of_get("/en/result") == f"/en/check/{name}"
        client.answer(name, THINKING[name])
    client.get("/en/result")
    client.answer("asylum_decision", "rejected")
    assert list(unsealed(client.cookie)["answers"]) == list(THINKING)


@pytest.mark.parametrize(
    "content", [{"answers": []}, {"answers": "x"}, {"answers": None}, {"a": 1}]
)
def test_a_sealed_cookie_of_another_shape_starts_clean(client: PageClient, content: Any):
    client.cookie = sealed(content)
    assert client.redirect_of_get("/en/result") == "/en/check/asylum_decision"
    client.answer_all(STAY)
    client.get("/en/result")


def test_the_api_neither_reads_nor_writes_cookies(client: PageClient):
    client.answer_all(STAY)
    answer = client.http.post("/api/v1/decisions", json={"answers": {}})
    assert answer.get_json()["next_question"] == "asylum_decision"
    assert "Set-Cookie" not in answer.headers
