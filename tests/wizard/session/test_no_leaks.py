"""Nothing that a person answers, and no address, is left in anything that the server writes."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from urllib.parse import urlencode

import pytest

from questions import validate_answers
from rules import default_decider
from tests.support.answers.case_codes import pieces
from tests.support.http_visitor import FORM, ask, cookie_header
from tests.support.journeys import DECIDED, DISTINCTIVE, Answer, as_list
from tests.support.keys import COOKIE_KEY
from tests.support.question_addresses import visitor_of, with_letters
from tests.support.servers import Service, running, written_below
from wizard.session.case_code import Case, CaseCodes

ADDRESS = "127.0.0.2"
"""All of 127/8 is this machine, so a visitor can have another address than the server."""

QUESTIONNAIRE = default_decider().policy.questionnaire
CODE = CaseCodes([COOKIE_KEY]).seal(
    QUESTIONNAIRE, Case(validate_answers(QUESTIONNAIRE, dict(DECIDED)), 0)
)

JSON = {"Content-Type": "application/json"}


class Visitor:
    """A browser as the network sees it: real requests from an address of its own."""

    def __init__(self, server: Service) -> None:
        self._server = server
        self.cookies: dict[str, str] = {}

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> int:
        """Send one request, keep the cookies, and give the status of the answer."""
        headers = {"Cookie": cookie_header(self.cookies), **(headers or {})}
        got = ask(
            self._server.port, path, method=method, body=body, headers=headers, source=ADDRESS
        )
        self.cookies |= got.cookies
        return got.status

    def answer(self, question_id: str, answer: Answer) -> int:
        """Answer a question."""
        body = urlencode([("answer", option) for option in as_list(answer)]).encode()
        return self.send("POST", self.address(question_id), body, FORM)

    def address(self, question_id: str) -> str:
        """The address of a question for this visitor."""
        visitor = visitor_of(self.cookies, (COOKIE_KEY,))
        assert visitor
        return with_letters(f"/en/check/{question_id}", visitor)

    def raw(self, request: bytes) -> bytes:
        """Send bytes that are no good request; the beginning of what comes back."""
        with socket.create_connection(
            ("127.0.0.1", self._server.port), timeout=20, source_address=(ADDRESS, 0)
        ) as connection:
            connection.sendall(request)
            return connection.recv(1024)

    def hang_up_halfway(self) -> None:
        """Promise a body, send half of it, and go."""
        with socket.create_connection(
            ("127.0.0.1", self._server.port), timeout=20, source_address=(ADDRESS, 0)
        ) as connection:
            head = "POST /en/check/household HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n"
            kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
            connection.sendall(f"{head}{kind}answer=with_children".encode())


def whole_visit(visitor: Visitor) -> None:
    """A journey with every kind of error on the way."""
    assert visitor.send("GET", "/en/") == 200
    assert visitor.send("GET", "/en/check") == 303
    for name, answer in DECIDED.items():
        assert visitor.send("GET", visitor.address(name)) == 200
        assert visitor.answer(name, answer) == 303
    for place, status in {"result": 200, "result/why": 200, "nonsense": 404}.items():
        assert visitor.send("GET", f"/en/{place}") == status
    assert visitor.answer("household", "with_children_and_more") == 303
    assert visitor.send("POST", "/en/helpful", b"helpful=yes", FORM) == 303
    assert visitor.send("POST", "/en/helpful", b"helpful=trafficking", FORM) == 400
    assert visitor.send("POST", visitor.address("country"), b"answer=Somalia" * 2000, FORM) == 413
    code = urlencode({"code": CODE}).encode()
    assert visitor.send("POST", "/en/case/code", b"", FORM) == 303
    assert visitor.send("GET", "/en/case/code") == 200
    assert visitor.send("POST", "/en/case", code, FORM) == 303
    assert visitor.send("POST", "/en/case", code + b"-and-more", FORM) == 303
    assert visitor.send("GET", "/en/case") == 200
    assert visitor.send("GET", "/en/result") == 200
    elsewhere = {**FORM, "Origin": "https://evil.example"}
    assert visitor.send("POST", "/en/check/household", b"answer=with_children", elsewhere) == 403


def visit_of_a_program(visitor: Visitor) -> None:
    """The API, with every kind of error."""
    body = json.dumps({"answers": DECIDED}).encode()
    path = "/api/v1/decisions"
    assert visitor.send("POST", path, body, JSON) == 200
    assert visitor.send("POST", path, body[:-2], JSON) == 400
    assert visitor.send("POST", path, b'{"answers":{"country":"Somalia"}}', JSON) == 422
    assert visitor.send("POST", path, b'{"answers":{"with_children":"yes"}}', JSON) == 422
    assert visitor.send("POST", path, body, FORM) == 415
    assert visitor.send("POST", path, body * 60, JSON) == 413
    assert visitor.send("PUT", path, body, JSON) == 405


def visit_with_unexpected_errors(visitor: Visitor) -> None:
    """Pages that fail, with every answer in the message of the error."""
    assert visitor.send("GET", "/en/privacy") == 500
    assert visitor.send("GET", "/api/v1/questions") == 500
    assert visitor.send("GET", "/en/rules") == 429


def visit_with_broken_requests(visitor: Visitor) -> None:
    """Cookies that do not open, and requests that no browser sends."""
    visitor.cookies["answers"] = "trafficking" * 20
    assert visitor.send("GET", "/en/") == 200
    assert visitor.raw(b"with_children trafficking\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert visitor.raw(b"GET / HTTP/9.9\r\nX: with_children\r\n\r\n").startswith(b"HTTP/1.1 ")
    assert visitor.raw(b"GET / HTTP/1.1\r\nwith children: trafficking\r\n\r\n")
    long = b"GET /" + b"family_location" * 300 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    assert visitor.raw(long).startswith(b"HTTP/1.1 4")
    header = b"GET / HTTP/1.1\r\nHost: x\r\nCookie: a=" + b"with_children" * 900 + b"\r\n\r\n"
    assert visitor.raw(header).startswith(b"HTTP/1.1 4")
    visitor.hang_up_halfway()


RUNS = {
    "without an access log": ("wsgi:app", {}),
    "with an access log": ("wsgi:app", {"ACCESS_LOG": "-"}),
    "with an access log in a file": ("wsgi:app", {"ACCESS_LOG": "access.log"}),
    "with unexpected errors": ("tests.support.broken.failing_app:make()", {}),
}


@pytest.fixture(scope="module", params=RUNS.values(), ids=list(RUNS))
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that a server wrote from start to stop, while one person visited it."""
    app, environment = request.param
    folder = tmp_path_factory.mktemp("server")
    if environment.get("ACCESS_LOG", "-") != "-":
        environment = {"ACCESS_LOG": str(folder / environment["ACCESS_LOG"])}
    with running(folder, app, **environment) as server:
        visitor = Visitor(server)
        whole_visit(visitor)
        if app == "wsgi:app":
            visit_of_a_program(visitor)
        else:
            visit_with_unexpected_errors(visitor)
        visit_with_broken_requests(visitor)
    text = written_below(folder)
    assert "Listening at" in text
    assert ("/<lang>/check/<letters>" in text) == ("ACCESS_LOG" in environment)
    assert ("RuntimeError" in text) == (app != "wsgi:app")
    return text


def test_no_answer_is_written(written: str):
    assert [word for word in DISTINCTIVE if word in written] == []


def test_no_code_of_a_case_is_written(written: str):
    assert [piece for piece in pieces(CODE) if piece in written] == []


def test_no_address_of_a_visitor_is_written(written: str):
    assert [line for line in written.splitlines() if ADDRESS in line] == []


def test_of_an_unexpected_error_no_message_is_written(written: str):
    assert [line for line in written.splitlines() if "must not be told" in line] == []


def test_how_many_found_the_result_helpful_is_written_once_when_the_worker_ends(tmp_path: Path):
    with running(tmp_path, WEB_CONCURRENCY="1") as server:
        visitor = Visitor(server)
        for value in (b"yes", b"no", b"yes"):
            visitor.send("POST", "/en/helpful", b"helpful=" + value, FORM)
        assert "Did this help" not in written_below(tmp_path)
    written = written_below(tmp_path)
    assert written.count("Did this help") == 1
    assert "yes=2 no=1" in written
