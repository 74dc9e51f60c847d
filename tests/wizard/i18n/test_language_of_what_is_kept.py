"""What is kept for a language is said in that language, whatever page is made meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from questions import Answers
from rules import default_decider
from wizard.flowchart.chart import picture
from wizard.flowchart.condition_words import ConditionWords
from wizard.i18n.languages import Language, languages
from wizard.policy_in_force import decider
from wizard.presenters.answers import answer_texts
from wizard.presenters.explanation import Explainer, explainer
from wizard.presenters.options import choices

ANSWERS: Answers = {
    "asylum_decision": "waiting",
    "return_choice": "stay",
    "country": "DE",
    "dublin": "no",
}
NL, EN = languages()["nl"], languages()["en"]


def everything_said(explain: Explainer) -> list[object]:
    """Every sentence of a result."""
    explanation = decider().explain(ANSWERS, date.today())
    assert explanation
    return [
        explain.why_excluded(explanation, ANSWERS),
        explain.missing_supports(explanation, ANSWERS),
        [(each.text, each.changes) for each in explain.alternatives(explanation)],
        [explain.changes(each) for each in explanation.would_change],
    ]


@pytest.mark.parametrize(("kept", "page"), [(NL, EN), (EN, NL), (languages()["ar"], EN)])
def test_an_explainer_speaks_its_own_language(app: Flask, kept: Language, page: Language) -> None:
    with app.test_request_context(f"/{page.tag}/result"):
        meanwhile = everything_said(Explainer(decider().policy, kept))
    with app.test_request_context(f"/{kept.tag}/result"):
        assert meanwhile == everything_said(Explainer(decider().policy, kept))


def test_no_sentence_in_another_language_is_kept_for_later_readers(app: Flask) -> None:
    with app.test_request_context("/en/result"):
        everything_said(explainer(NL))
    with app.test_request_context("/nl/result"):
        assert everything_said(explainer(NL)) == everything_said(Explainer(decider().policy, NL))


def test_answers_and_options_are_in_the_language_that_is_asked_for(app: Flask) -> None:
    question = default_decider().policy.questionnaire.by_id["country"]
    with app.test_request_context("/en/"):
        assert list(answer_texts(question, "unknown", NL)) != list(
            answer_texts(question, "unknown", EN)
        )
        assert dict(choices(question, NL))["unknown"] != dict(choices(question, EN))["unknown"]


def test_conditions_and_the_picture_are_in_the_language_that_is_asked_for(app: Flask) -> None:
    policy = default_decider().policy
    asked = policy.questionnaire.questions
    with app.test_request_context("/en/flow"):
        meanwhile = [ConditionWords(policy, NL).asked_when(each) for each in asked]
        drawn = picture(NL)
    with app.test_request_context("/nl/flow"):
        assert meanwhile == [ConditionWords(policy, NL).asked_when(each) for each in asked]
        assert "Wat" in str(drawn)
