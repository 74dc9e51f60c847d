"""Other answers than those given: what they bring up, and nobody answered, counts as unknown."""

from __future__ import annotations

from questions import UNKNOWN, Answer, Answers, Question, QuestionType, replay
from rules.model import Policy

Change = tuple[str, Answer]
"""A question and another answer to it."""


def with_changes(policy: Policy, given: Answers, *changes: Change) -> Answers:
    """The answers after the changes, one after the other; what is no longer asked is dropped."""
    answers = dict(given)
    for name, answer in changes:
        answers[name] = answer
        path = replay(policy.questionnaire, answers, policy.lookup)
        assumed = {each.id: _unknown(each) for each in path.open_questions}
        answers = {**path.answers, **assumed}
    order = policy.questionnaire.by_id
    answers = {name: answers[name] for name in order if name in answers}
    return replay(policy.questionnaire, answers, policy.lookup).answers


def _unknown(question: Question) -> Answer:
    return (UNKNOWN,) if question.type is QuestionType.SEVERAL else UNKNOWN
