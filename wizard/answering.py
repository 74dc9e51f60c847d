"""The answers of this request, and the way through the questionnaire that they describe."""

from __future__ import annotations

from datetime import date

from flask import g, session

from questions import Answer, AnswerError, Answers, Path, Question, validate_answer
from rules import Decider, Decision, Explanation, default_decider

_KEY = "answers"


def decider() -> Decider:
    """The decider of the policy in force."""
    return default_decider()


def answers() -> Answers:
    """The answers in the cookie. What the questionnaire no longer knows is left out."""
    by_id = decider().policy.questionnaire.by_id
    kept: dict[str, Answer] = {}
    for name, given in session.get(_KEY, {}).items():
        if name in by_id:
            try:
                kept[name] = validate_answer(by_id[name], given)
            except AnswerError:
                continue
    return kept


def path() -> Path:
    """The way through the questionnaire."""
    if "path" not in g:
        g.path = decider().path(answers())
    current: Path = g.path
    return current


def answer(question: Question, given: Answer) -> Path:
    """Take in one answer, and drop those whose question is no longer asked."""
    g.path = decider().path({**answers(), question.id: given})
    session[_KEY] = dict(g.path.answers)
    return path()


def forget() -> None:
    """Forget every answer."""
    session.clear()
    g.pop("path", None)


def explanation() -> Explanation:
    """Why not, and what would change it, today."""
    return decider().explain(path().answers, date.today())


def decision() -> Decision:
    """The decision for the answers, today."""
    return decider().decide(path().answers, date.today())
