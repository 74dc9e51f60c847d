"""Addresses of questions by their ids, for tests: they open the cookies of the visitor, whose key
is no secret here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rules import default_decider
from wizard.session.cookie import CannotOpenError, Sealer, cookie_names
from wizard.session.question_addresses import letters_for

_ADDRESS = re.compile(r"(/[\w-]+/check/)([\w-]+)")
_LETTERS = re.compile(r"[0-9a-f]{10}")
QUESTION_IDS = (*default_decider().policy.questionnaire.by_id, "new_question")
"""Those of the questionnaire, and one that tests add to it."""

UNSEALED = 60


def visitor_of(cookies: Mapping[str, str], keys: tuple[str, ...]) -> bytes | None:
    """The random value in the cookies of a visitor; None where there is none."""
    for secure in (False, True):
        answers, opener = (cookies.get(name, "") for name in cookie_names(secure))
        try:
            value = Sealer(keys, UNSEALED).open(answers, opener).get("visitor")
        except CannotOpenError:
            continue
        return str(value).encode() if value else None
    return None


def is_of_question(address: str) -> bool:
    """Whether an address names a question by its id."""
    named = _ADDRESS.match(address)
    return bool(named) and (named[2] in QUESTION_IDS or not _LETTERS.fullmatch(named[2]))


def with_letters(address: str, visitor: bytes) -> str:
    """The address as the service knows it."""
    return _ADDRESS.sub(lambda found: found[1] + letters_for(visitor, found[2]), address, count=1)


def with_ids(text: str, visitor: bytes | None) -> str:
    """The text with the id of the question in each address of one."""
    if visitor is None:
        return text
    by_letters = {letters_for(visitor, name): name for name in QUESTION_IDS}
    return _ADDRESS.sub(lambda found: found[1] + by_letters.get(found[2], found[2]), text)


class ClientByIds(FlaskClient):
    """A client to which tests name questions by id: in what they ask for, and are sent to."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request."""
        # What follows a redirect by itself keeps to the addresses that it is given.
        if not args or not isinstance(args[0], str):
            return super().open(*args, **kwargs)
        if is_of_question(args[0]):
            if self.visitor is None:
                super().open(f"{args[0].split('/check/')[0]}/check")
            if self.visitor is not None:
                args = (with_letters(args[0], self.visitor), *args[1:])
        response = super().open(*args, **kwargs)
        if "Location" in response.headers:
            response.headers["Location"] = with_ids(response.headers["Location"], self.visitor)
        return response

    @property
    def visitor(self) -> bytes | None:
        """The random value of this visitor."""
        if not self._cookies:
            return None
        cookies = {each.key: each.value for each in self._cookies.values()}
        assert isinstance(self.application, Flask)
        return visitor_of(cookies, self.application.config["TEST_KEYS"])
