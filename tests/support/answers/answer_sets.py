"""Sets of answers to test with.

They follow `tests.support.vocabulary` and not the program, so they stay right when the program is
wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from hypothesis import strategies as st

from tests.support.vocabulary import (
    ASK_LAWYER,
    ASKED_WHEN,
    EU_EEA,
    MICROSTATES,
    OPTIONS,
    OTHER_COUNTRIES,
    RICH,
    SEVERAL,
    Answer,
    Answers,
    Records,
    canonical_choices,
)

COUNTRY_CLASSES: Mapping[str, Sequence[str]] = {
    "eu_eea": EU_EEA,
    "microstate": MICROSTATES,
    "rich": RICH,
    "ask_lawyer": ASK_LAWYER,
    "other": OTHER_COUNTRIES,
    "stateless": ("stateless",),
    "unknown": ("unknown",),
}
"""Answers to `country` that the policy does not tell apart; each class has the same chance."""

STRAY = 0.1
"""How often a question that is not asked has an answer all the same."""

CHOICES: Mapping[str, Sequence[Answer]] = {
    question: canonical_choices(question) if question in SEVERAL else options
    for question, options in OPTIONS.items()
    if question != "country"
}
"""Every answer to every question but `country`."""


def random_answers(rng: random.Random) -> dict[str, Answer]:
    """A complete set of answers, sometimes with answers to questions that are not asked."""
    return _walk(lambda: rng.random() < STRAY, lambda question: _random_answer(rng, question))


def _walk(
    stray: Callable[[], bool], choose: Callable[[str], Answer], records: Records | None = None
) -> dict[str, Answer]:
    asked_answers: dict[str, Answer] = {}
    answers: dict[str, Answer] = {}
    for question, asked in ASKED_WHEN.items():
        if asked(asked_answers, records or {}):
            asked_answers[question] = answers[question] = choose(question)
        elif stray():
            answers[question] = choose(question)
    return answers


def _random_answer(rng: random.Random, question: str) -> Answer:
    if question == "country":
        return rng.choice(COUNTRY_CLASSES[rng.choice(tuple(COUNTRY_CLASSES))])
    return rng.choice(CHOICES[question])


def all_answers(
    vary: Container[str] = OPTIONS, choices: Mapping[str, Sequence[Answer]] | None = None
) -> Iterator[dict[str, Answer]]:
    """Every complete set of answers to the asked questions, one country for each class; lazily.

    Questions outside `vary` always get their last answer, which is never a special one;
    `choices` narrows what the others can be.
    """
    classes = [countries[0] for countries in COUNTRY_CLASSES.values()]
    offered = {**CHOICES, "country": classes, **(choices or {})}
    narrowed = {name: each if name in vary else each[-1:] for name, each in offered.items()}
    yield from _complete({}, tuple(ASKED_WHEN), narrowed)


def _complete(
    so_far: Answers, questions: tuple[str, ...], choices: Mapping[str, Sequence[Answer]]
) -> Iterator[dict[str, Answer]]:
    if not questions:
        yield dict(so_far)
        return
    question, *later = questions
    if not ASKED_WHEN[question](so_far, {}):
        yield from _complete(so_far, tuple(later), choices)
        return
    for answer in choices[question]:
        yield from _complete({**so_far, question: answer}, tuple(later), choices)


def countries() -> st.SearchStrategy[str]:
    """Answers to `country`, each class as likely."""
    return st.one_of([st.sampled_from(members) for members in COUNTRY_CLASSES.values()])


def answers_to(question: str) -> st.SearchStrategy[Answer]:
    """Canonical answers to one question."""
    return countries() if question == "country" else st.sampled_from(CHOICES[question])


@st.composite
def complete_answers(draw: st.DrawFn, *, strays: bool = False) -> dict[str, Answer]:
    """A complete set of answers; with `strays` also to questions that are not asked."""
    return _walk(
        lambda: strays and draw(st.booleans()), lambda question: draw(answers_to(question))
    )


@st.composite
def any_answers(draw: st.DrawFn) -> dict[str, Answer]:
    """Valid answers to any of the questions, in asking order: unfinished, stray, whatever."""
    names = draw(st.sets(st.sampled_from(tuple(OPTIONS))))
    return {name: draw(answers_to(name)) for name in OPTIONS if name in names}
