"""People who go through the pages in any order, with anything: never a 500, never a foreign answer,
never a valid answer lost.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from werkzeug.test import create_environ

from rules import default_decider
from tests.conftest import AppMaker
from tests.operations.fuzz.bad_inputs import (
    LANGUAGES,
    PLACES,
    QUESTIONS,
    Request,
    bad_answer,
    bad_request,
    forged_cookie,
)
from tests.support.journeys import DECIDED
from tests.support.keys import COOKIE_KEY
from tests.support.question_addresses import (
    ClientByIds,
    is_of_question,
    with_ids,
    with_letters,
)
from tests.support.vocabulary import OPTIONS, SEVERAL
from wizard.session.cookie import Sealer

Answers = dict[str, Any]
DELETES = ("/forget", "/leave", "/new-client")
"""What is there to delete the answers."""


def send(http: FlaskClient, request: Request) -> int:
    """Send it as a server would hand it to the app, byte for byte; the status of the answer.

    A question that it names by id is asked for where this visitor has it.

    The test client itself would tidy up an odd address, or refuse it.
    """
    environ = create_environ("/", method="GET")
    environ |= {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote_to_bytes(_address(http, request.path)).decode("latin-1"),
        "QUERY_STRING": request.query,
        "CONTENT_LENGTH": str(len(request.body)),
        "CONTENT_TYPE": request.content_type,
        "wsgi.input": BytesIO(request.body),
        **{
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in request.headers.items()
        },
    }
    _, status, _ = http.run_wsgi_app(environ, buffered=True)
    return int(status.split()[0])


def _address(http: FlaskClient, path: str) -> str:
    assert isinstance(http, ClientByIds)
    if http.visitor and is_of_question(path):
        return with_letters(path, http.visitor)
    return path


def held(http: FlaskClient) -> Answers:
    """The answers in somebody's cookie, opened with the key."""
    cookie, opener = http.get_cookie("answers"), http.get_cookie("opener")
    if cookie is None or opener is None or not cookie.value:
        return {}
    content = Sealer((COOKIE_KEY,), 60).open(cookie.value, opener.value)
    assert set(content) <= {"answers", "notice", "visitor", "refused", "show_code", "paper"}
    return {name: _canonical(given) for name, given in content.get("answers", {}).items()}


def _canonical(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


def canonical(question: str, options: tuple[str, ...]) -> Any:
    """What the questionnaire makes of these options."""
    if question not in SEVERAL:
        return options[0]
    asked = default_decider().policy.questionnaire.by_id[question]
    chosen = [option for option in asked.options if option.id in options]
    specific = [option for option in chosen if not option.exclusive]
    return tuple(option.id for option in specific or chosen[:1])


class Visitor:
    """Somebody with a cookie, and what must be in it."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()
        self.answers: Answers = {}
        self.earlier: list[tuple[str, str, Answers]] = []

    def remember(self) -> None:
        """Keep the cookie of now, to replay it."""
        cookie, opener = self.http.get_cookie("answers"), self.http.get_cookie("opener")
        if cookie and opener:
            self.earlier.append((cookie.value, opener.value, self.answers))


seeds = st.integers(0, 2**48)
people = st.integers(0, 1)
valid_answers = st.sampled_from(sorted(OPTIONS)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.lists(
            st.sampled_from((*OPTIONS[name], *(("SO", "PL") if name == "country" else ()))),
            min_size=1,
            max_size=3 if name in SEVERAL else 1,
            unique=True,
        ).map(tuple),
    )
)


class Pages(RuleBasedStateMachine):
    """Two people at the same service."""

    app: Flask
    counted: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.counted["walks"] += 1
        self.visitors = [Visitor(self.app), Visitor(self.app)]

    @rule(who=people, place=st.sampled_from(PLACES), lang=st.sampled_from(LANGUAGES))
    def look(self, who: int, place: str, lang: str) -> None:
        """Open any page."""
        assert self.visitors[who].http.get(f"/{lang}/{place}").status_code < 500

    @rule(who=people, question=st.sampled_from(QUESTIONS))
    def look_at_question(self, who: int, question: str) -> None:
        """Open any question: its page, or the way to the first one that is open."""
        assert self.visitors[who].http.get(f"/en/check/{question}").status_code in {
            200,
            303,
            404,
            308,
        }

    @rule(who=people, given=valid_answers)
    def answer(self, who: int, given: tuple[str, tuple[str, ...]]) -> None:
        """Answer any question, in turn or not."""
        visitor, (question, options) = self.visitors[who], given
        path = default_decider().path(visitor.answers)
        asked = path.next_question
        answer = visitor.http.post(f"/en/check/{question}", data={"answer": list(options)})
        assert answer.status_code == 303
        if question in path.answers or (asked and asked.id == question):
            changed = {**visitor.answers, question: canonical(question, options)}
            visitor.answers = dict(default_decider().path(changed).answers)
            visitor.remember()

    @rule(who=people, count=st.integers(1, 6), choice=seeds)
    def go_on(self, who: int, count: int, choice: int) -> None:
        """Answer the next questions, so that the end is reached too."""
        rng = random.Random(choice)
        for _ in range(count):
            asked = default_decider().path(self.visitors[who].answers).next_question
            if asked is not None:
                self.answer(who, (asked.id, (rng.choice(OPTIONS[asked.id]),)))

    @rule(who=people, seed=seeds, question=st.sampled_from(sorted(OPTIONS)))
    def answer_badly(self, who: int, seed: int, question: str) -> None:
        """Send what is no answer to the question."""
        assert send(self.visitors[who].http, bad_answer(random.Random(seed), question)) < 500

    @rule(who=people, seed=seeds)
    def send_anything(self, who: int, seed: int) -> None:
        """Send anything anywhere, but for what is there to delete the answers."""
        request = bad_request(random.Random(seed))
        assume(not request.path.endswith(DELETES))
        asked_properly = request.path.startswith("/en/check/") or request.path.startswith(
            "/nl/check/"
        )
        assume(not (asked_properly and request.method == "POST"))
        assert send(self.visitors[who].http, request) < 500

    @rule(who=people, seed=seeds, place=st.sampled_from(("result", "check/country")))
    def forge(self, who: int, seed: int, place: str) -> None:
        """Come with a cookie that was never given away: it opens nothing."""
        real = self.visitors[who].http.get_cookie("answers")
        cookie = forged_cookie(random.Random(seed), real.value if real else "gAAAAABo")
        assume(not real or cookie != real.value)
        opener = self.visitors[who].http.get_cookie("opener")
        stranger = self.app.test_client(use_cookies=False)
        headers = {"Cookie": f"answers={cookie}; opener={opener.value if opener else 'x'}"}
        answer = stranger.get(f"/en/{place}", headers=headers)
        assert answer.status_code == 303
        # All that it gets is a value of its own, the first question, and that its answers are lost.
        given = SimpleCookie("; ".join(answer.headers.getlist("Set-Cookie")))
        content = Sealer((COOKIE_KEY,), 60).open(given["answers"].value, given["opener"].value)
        assert content.get("notice", "lost") == "lost"
        assert content.keys() - {"notice"} == {"visitor"}
        own = with_ids(answer.headers["Location"], content["visitor"].encode())
        assert own.partition("?")[0] == "/en/check/asylum_decision"

    @rule(who=people, choice=seeds)
    def replay(self, who: int, choice: int) -> None:
        """Come with an earlier cookie of one's own: one's own earlier answers are back."""
        visitor = self.visitors[who]
        assume(visitor.earlier)
        cookie, opener, answers = visitor.earlier[choice % len(visitor.earlier)]
        visitor.http.set_cookie("answers", cookie)
        visitor.http.set_cookie("opener", opener)
        visitor.answers = answers

    @rule(who=people)
    def forget(self, who: int) -> None:
        """Delete the answers."""
        assert self.visitors[who].http.post("/en/forget").status_code == 303
        self.visitors[who].answers = {}

    @invariant()
    def everybody_has_their_own_answers_and_all_of_them(self) -> None:
        """Whatever the other one did."""
        self.counted["looks at what is in the cookies"] += 1
        for visitor in self.visitors:
            assert held(visitor.http) == visitor.answers

    def teardown(self) -> None:
        """What the pages show is what was answered."""
        for visitor in self.visitors:
            path = default_decider().path(visitor.answers)
            self.counted["questionnaires at their end"] += path.next_question is None
            page = visitor.http.get("/en/result")
            if path.next_question:
                assert page.headers["Location"] == f"/en/check/{path.next_question.id}"
            else:
                assert isinstance(visitor.http, ClientByIds)
                shown = with_ids(page.text, visitor.http.visitor)
                assert all(f"/en/check/{name}" in shown for name in visitor.answers)


@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        pytest.param(25, 25, id="short"),
        pytest.param(1500, 50, id="long", marks=pytest.mark.slow),
    ],
)
def test_in_any_order_nothing_breaks_and_nobody_gets_or_loses_an_answer(
    app: Flask, examples: int, steps: int, record_property: Callable[[str, object], None]
):
    counted = Counter[str]()
    machine = type("Pages", (Pages,), {"app": app, "counted": counted})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # Making an example short takes minutes, in which nobody knows that it failed.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
    record_property("walks through the pages", dict(counted))
    assert counted["walks"] >= examples
    assert counted["looks at what is in the cookies"] > 2 * examples


@pytest.mark.parametrize(
    "count",
    [pytest.param(2_000, id="2000"), pytest.param(100_000, id="100000", marks=pytest.mark.slow)],
)
def test_bad_inputs_are_answered_without_an_error_and_change_nothing(
    make_app: AppMaker, count: int, record_property: Callable[[str, object], None]
):
    app = make_app()
    http = app.test_client()
    http.post("/en/check/asylum_decision", data={"answer": "waiting"})
    http.post("/en/check/return_choice", data={"answer": "thinking"})
    before, statuses = held(http), Counter[int]()
    for seed in itertools.count():
        if sum(statuses.values()) == count:
            break
        rng = random.Random(seed)
        if rng.random() < 0.5:
            request = bad_answer(rng, rng.choice(("asylum_decision", "return_choice", "country")))
        else:
            request = bad_request(rng)
        if request.path.endswith(DELETES):
            continue
        status = send(http, request)
        statuses[status] += 1
        assert status < 500, (seed, request)
        assert held(http) == before, (seed, request)
    record_property("bad inputs", sum(statuses.values()))
    record_property("answered with", dict(sorted(statuses.items())))
    assert sum(statuses.values()) == count
    assert {400, 403, 404, 405, 413, 415, 422} <= set(statuses)


def test_an_answer_is_sealed_in_the_form_in_which_it_counts(app: Flask):
    """Found by the walks above: "none of these" beside an answer was sealed as it was sent."""
    http = app.test_client()
    for question, answer in DECIDED.items():
        http.post(f"/en/check/{question}", data={"answer": answer})
    sent = ["unknown", "none", "trafficking"]
    http.post("/en/check/circumstances", data={"answer": sent})
    assert held(http)["circumstances"] == ("trafficking",)
