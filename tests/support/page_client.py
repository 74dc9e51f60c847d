"""The one client with which the tests fetch pages: it checks every page that it gets."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.journeys import Answer, Route
from tests.support.pages.page_checks import Page, header_problems, holds_answer, problems_of
from tests.support.question_addresses import ClientByIds, with_ids
from wizard.session.answers import decider
from wizard.session.cookie import ANSWERS, OPENER

Data = Mapping[str, Answer]


def option_ids() -> frozenset[str]:
    """The id of every option of every question."""
    questions = decider().policy.questionnaire.questions
    return frozenset(option for question in questions for option in question.option_ids)


class PageClient:
    """A browser without a window: cookies, pages, forms."""

    def __init__(self, app: Flask, lang: str = "en") -> None:
        self.app = app
        http = app.test_client()
        assert isinstance(http, ClientByIds)
        self.http = http
        self.lang = lang

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        """Fetch a page and check it."""
        return self._checked(self.http.get(path, **options), path, status)

    def post(self, path: str, data: Data | None = None, status: int = 200, **options: Any) -> Page:
        """Post a form, and check the page that it leads to, or the error."""
        response = self.http.post(path, data=data, **options)
        if response.status_code == HTTPStatus.SEE_OTHER:
            return self.get(self._location(response, path, HTTPStatus.SEE_OTHER), status)
        return self._checked(response, path, status)

    def redirect_of_get(self, path: str, status: int = 303, **options: Any) -> str:
        """Where a GET is sent to."""
        return self._location(self.http.get(path, **options), path, status)

    def redirect_of_post(
        self, path: str, data: Data | None = None, status: int = 303, **options: Any
    ) -> str:
        """Where a POST is sent to."""
        return self._location(self.http.post(path, data=data, **options), path, status)

    def url(self, place: str) -> str:
        """The address of a page in the language of this client."""
        return f"/{self.lang}/{place}"

    def question(self, question_id: str, status: int = 200) -> Page:
        """The page of a question."""
        return self.get(self.url(f"check/{question_id}"), status)

    def answer(self, question_id: str, answer: Answer) -> str:
        """Answer a question; where that leads to."""
        return self.redirect_of_post(self.url(f"check/{question_id}"), {"answer": answer})

    def refused(self, question_id: str, answer: Answer | None = None) -> Page:
        """Send what is no answer; the page that says so."""
        data = {} if answer is None else {"answer": answer}
        return self.get(self.redirect_of_post(self.url(f"check/{question_id}"), data))

    def answer_all(self, route: Route) -> str:
        """Answer every question of the route; where the last answer leads to."""
        location = ""
        for question_id, answer in route.items():
            location = self.answer(question_id, answer)
        return location

    def answered(self) -> list[str]:
        """The questions that the result shows, in order."""
        links = self.get(self.url("result")).links()
        start = self.url("check/")
        return [link.removeprefix(start) for link in links if link.startswith(start)]

    @property
    def cookie(self) -> str | None:
        """The sealed answers, or None."""
        return self._cookie(ANSWERS)

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.http.set_cookie(ANSWERS, value)

    @property
    def opener(self) -> str | None:
        """What opens them, or None."""
        return self._cookie(OPENER)

    @opener.setter
    def opener(self, value: str) -> None:
        self.http.set_cookie(OPENER, value)

    def _cookie(self, name: str) -> str | None:
        held = self.http.get_cookie(name)
        return held.value if held else None

    def _checked(self, response: TestResponse, path: str, status: int) -> Page:
        headers = dict(response.headers)
        html = with_ids(response.get_data(as_text=True), self.http.visitor)
        page = Page(path, response.status_code, headers, html)
        assert response.mimetype == "text/html", f"{path}: {response.mimetype}"
        assert problems_of(page, status, option_ids()) == [], path
        return page

    def _location(self, response: TestResponse, path: str, status: int) -> str:
        assert response.status_code == status, f"{path}: {response.status_code}, wanted {status}"
        location = response.headers["Location"]
        problems = list(header_problems(response.headers))
        assert problems == [], path
        assert location.startswith("/"), f"{path} leads to {location}"
        assert not location.startswith("//"), f"{path} leads to {location}"
        assert not holds_answer(location, option_ids()), f"{path} leads to {location}"
        return location
