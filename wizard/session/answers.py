"""The answers of this request, and the way through the questionnaire that they describe."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import Any

from flask import g, session

from questions import Answer, AnswerError, Answers, Path, Question, validate_answer
from rules import Decision, Explanation
from wizard.events import completed, decided
from wizard.policy_in_force import decider
from wizard.session.cookie import AnswersSession

__all__ = [
    "answer",
    "answer_all",
    "answers",
    "bring_in",
    "decider",
    "decision",
    "explanation",
    "forget",
    "has_begun",
    "is_open",
    "path",
    "sealed",
]

_KEY = "answers"
_SET_ASIDE = "set_aside"
"""Answers that this policy does not know. While a new policy comes into force, one worker can
have the newer and the next one the older: neither may lose what was answered to the other."""


def answers() -> Answers:
    """The answers in the cookie. What the questionnaire does not know is left out."""
    by_id = decider().policy.questionnaire.by_id
    kept: dict[str, Answer] = {}
    for name, given in sealed().items():
        if name in by_id:
            try:
                kept[name] = validate_answer(by_id[name], given)
            except AnswerError:
                continue
    return kept


def sealed() -> dict[str, Any]:
    """Everything in the cookie, as it was sealed under this policy or another one."""
    parts = (session.get(_SET_ASIDE), session.get(_KEY))
    return {name: given for part in parts if isinstance(part, dict) for name, given in part.items()}


def is_open() -> bool:
    """Whether this request came with a session that opens."""
    return isinstance(session, AnswersSession) and session.opener is not None


def has_begun() -> bool:
    """Whether anything was answered."""
    return bool(session.get(_KEY))


def path() -> Path:
    """The way through the questionnaire."""
    if "path" not in g:
        g.path = decider().path(answers())
    current: Path = g.path
    return current


def answer(question: Question, given: Answer) -> Path:
    """Take in one answer, and drop those whose question is no longer asked."""
    return answer_all({**answers(), question.id: given})


def answer_all(given: Answers) -> Path:
    """Take in these answers instead of those that were here, and drop what is not asked."""
    known, was_open = answers(), path().next_question is not None
    _drop_what_was_made()
    current = g.path = decider().path(given)
    aside = {
        name: kept
        for name, kept in sealed().items()
        if name not in known and name not in current.answers
    }
    session[_KEY] = dict(current.answers)
    session.pop(_SET_ASIDE, None)
    if aside:
        session[_SET_ASIDE] = aside
    if was_open and current.next_question is None:
        completed.send()
    return path()


def bring_in(brought: Answers) -> None:
    """Put these answers, which can be of another policy, in the place of all that were here."""
    forget()
    session[_KEY] = dict(brought)


def forget() -> None:
    """Forget every answer."""
    session.clear()
    _drop_what_was_made()


def _drop_what_was_made() -> None:
    for name in ("path", "decision", "explanation"):
        g.pop(name, None)


def explanation() -> Explanation:
    """Why not, and what would change it, today; made once in a request."""
    if "explanation" not in g:
        g.explanation = decider().explain_at(path(), date.today())
    made: Explanation = g.explanation
    return made


def decision() -> Decision:
    """The decision for the answers, today; made once in a request."""
    if "decision" not in g:
        started = perf_counter()
        g.decision = decider().decide_at(path(), date.today())
        decided.send(seconds=perf_counter() - started)
    made: Decision = g.decision
    return made
