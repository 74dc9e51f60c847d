"""The questionnaire as a whole: a picture, a table, and which rules read which question.

All of it depends on the policy and the language only, so it is made once for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from questions import Question
from rules import Policy
from rules.explain.dependencies import Reads, questions_read
from wizard.flowchart.condition_words import ConditionWords, Words
from wizard.flowchart.layout import draw
from wizard.flowchart.shapes import Picture, Step, mirrored
from wizard.flowchart.svg import svg
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.policy_in_force import cached_per_policy
from wizard.session.answers import decider


@dataclass(frozen=True)
class ReadingRule:
    """A rule that reads the answer to a question."""

    id: str
    text: str


@dataclass(frozen=True, eq=False)
class FlowRow:
    """One question of the table. Compared by identity: made once, as all here."""

    number: int
    id: str
    text: str
    asked: Words
    options: tuple[str, ...]
    countries: int
    """How many countries can be chosen beside the options."""
    read_by: tuple[ReadingRule, ...]
    through_rules: int
    """How many rules read the answer only through other rules."""
    puts_in_order: bool
    """Whether the answer decides which kinds of help come first."""


@dataclass(frozen=True)
class QuestionLink:
    """A question that a rule reads."""

    id: str
    text: str


@dataclass(frozen=True, eq=False)
class RuleReads:
    """The questions that a rule reads, directly and only through other rules."""

    directly: tuple[QuestionLink, ...]
    through_rules: tuple[QuestionLink, ...]


@cached_per_policy
def picture(language: Language) -> Picture:
    """The picture of the questionnaire, in this language."""
    policy, gettext = decider().policy, texts_of(language).gettext
    words = ConditionWords(policy, language)
    steps = [
        Step(
            question.id,
            f"{number}. {gettext(question.text)}",
            words.branch(question.asked_when),
        )
        for number, question in enumerate(policy.questionnaire.questions, start=1)
    ]
    drawn = draw(steps, gettext("What fits your situation"))
    return mirrored(drawn) if language.direction == "rtl" else drawn


def picture_svg(language: Language, *, alone: bool = False) -> Markup:
    """The picture as SVG, for a page or `alone` in a file."""
    title = texts_of(language).gettext("Picture of the questions")
    return Markup(svg(picture(language), title, alone=alone))


def flow_rows(language: Language) -> tuple[FlowRow, ...]:
    """Every question in asking order, in this language."""
    policy = decider().policy
    words = ConditionWords(policy, language)
    return tuple(
        _flow_row(policy, words, number, question)
        for number, question in enumerate(policy.questionnaire.questions, start=1)
    )


def _flow_row(policy: Policy, words: ConditionWords, number: int, question: Question) -> FlowRow:
    reads, gettext = _questions_read(), words.gettext
    return FlowRow(
        number=number,
        id=question.id,
        text=gettext(question.text),
        asked=words.asked_when(question),
        options=tuple(gettext(option.text) for option in question.options),
        countries=len(question.country_codes),
        read_by=tuple(
            ReadingRule(rule.id, gettext(rule.statement))
            for rule in policy.rules
            if question.id in reads[rule.id].directly
        ),
        through_rules=sum(question.id in each.through_rules for each in reads.values()),
        puts_in_order=question.id == policy.ordered_by,
    )


def rule_reads(language: Language) -> Mapping[str, RuleReads]:
    """The questions that each rule reads, by rule id, in this language."""
    gettext = texts_of(language).gettext
    links = {
        question.id: QuestionLink(question.id, gettext(question.text))
        for question in decider().policy.questionnaire.questions
    }
    return {
        rule_id: RuleReads(
            tuple(links[name] for name in reads.directly),
            tuple(links[name] for name in reads.through_rules),
        )
        for rule_id, reads in _questions_read().items()
    }


@cached_per_policy
def _questions_read() -> Mapping[str, Reads]:
    return questions_read(decider().policy)
