"""Addresses of questions that mean nothing to anybody but this visitor.

An address stays in the history of the browser, whatever a page does. Named by its question it would
tell which ones were asked, and from that the answers can be read. So it is a few letters, made from
the question and a random value that is sealed beside the answers: who has left, or lost the cookie,
has addresses that lead nowhere.
"""

from __future__ import annotations

import hashlib
import secrets

from flask import session

from questions import Question
from wizard.policy_in_force import decider

_VISITOR = "visitor"
"""The key in the session of the random value."""

_VISITOR_BYTES = 16
_LETTERS_BYTES = 5
"""40 bits: enough that no two of a visitor's questions ever share their letters."""


def visitor() -> bytes:
    """The random value of this visitor; a new one where there is none."""
    value = session.get(_VISITOR)
    if not isinstance(value, str):
        value = session[_VISITOR] = secrets.token_hex(_VISITOR_BYTES)
    return value.encode()


def letters_of(question_id: str) -> str:
    """What stands for a question in the addresses of this visitor."""
    return letters_for(visitor(), question_id)


def letters_for(visitor: bytes, question_id: str) -> str:
    """What stands for a question in the addresses of somebody with this random value."""
    mac = hashlib.blake2b(question_id.encode(), key=visitor, digest_size=_LETTERS_BYTES)
    return mac.hexdigest()


def question_at(letters: str) -> Question | None:
    """The question at an address of this visitor; None where the letters are not of theirs."""
    key, questions = visitor(), decider().policy.questionnaire.questions
    return next((each for each in questions if letters_for(key, each.id) == letters), None)
