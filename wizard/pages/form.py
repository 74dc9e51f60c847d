"""All questions on one page, for somebody who goes through them with a client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions import Answer, Question
from wizard.i18n.languages import current
from wizard.i18n.texts import texts_of
from wizard.pages.answer_form import question_form
from wizard.pages.blueprint import pages
from wizard.pages.question import question_or_404
from wizard.pages.refusing import refuse_and_show_again, refused_here
from wizard.session import answers
from wizard.templating.environment import country_options


@pages.get("/<lang>/form")
def form() -> ResponseReturnValue:
    """All questions."""
    return _shown_form(whole=False)


@pages.get("/<lang>/form/whole")
def whole_form() -> ResponseReturnValue:
    """The same with the list of countries in it, for whoever has no scripts to fetch it."""
    return _shown_form(whole=True)


@pages.post("/<lang>/form")
def answer_form() -> ResponseReturnValue:
    """Answer as many questions as one likes."""
    return _answer_form(whole=False)


@pages.post("/<lang>/form/whole")
def answer_whole_form() -> ResponseReturnValue:
    """The same from the form with the list of countries in it."""
    return _answer_form(whole=True)


def _shown_form(whole: bool) -> ResponseReturnValue:
    refusal = refused_here()
    return _form_page(refusal.errors if refusal else {}, whole)


def _answer_form(whole: bool) -> ResponseReturnValue:
    if not _is_complete():
        # A part of it would delete answers. What was here still is: it is shown again.
        return refuse_and_show_again({}, "")
    errors = _take_all()
    if errors:
        return refuse_and_show_again(errors, "")
    if answers.path().next_question:
        here = "pages.whole_form" if whole else "pages.form"
        return redirect(url_for(here, _anchor="open"), 303)
    return redirect(url_for("pages.result"), 303)


@pages.get("/<lang>/form/countries/<question_id>")
def countries(question_id: str) -> ResponseReturnValue:
    """The options of a question about a country: the page asks for them at its first touch.

    Two hundred names, in two languages twice that, are much of the page.
    """
    return list(country_options(question_or_404(question_id))) or abort(404)


@pages.post("/<lang>/form/asked")
def asked() -> ResponseReturnValue:
    """Take what was answered so far, and say which questions are asked and which are open.

    The page asks this by itself after each answer. What is wrong it hears when it is sent.
    """
    if not _is_complete():
        abort(400)
    _take_all()
    path = answers.path()
    left = texts_of(current()).plural_markup(
        "At most %(count)s question left",
        "At most %(count)s questions left",
        path.at_most_left,
        count=path.at_most_left,
    )
    still_open = [question.id for question in path.open_questions]
    return {"asked": [*path.answers, *still_open], "open": still_open, "left": left}


def _is_complete() -> bool:
    """Whether the whole form arrived: half of one would delete answers."""
    return "complete" in request.form


def _take_all() -> dict[str, str]:
    """Take in every valid answer of the form; what is wrong with the others, by question.

    A question without an answer in the form has none: a mark was taken away.
    """
    given: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for question in _filled_in():
        filled = question_form(question, request.form, question.id)
        if filled.validate():
            given[question.id] = filled.given
        else:
            wrong[question.id] = filled.error
    still_open = answers.answer_all(given).open_questions
    return {each.id: wrong[each.id] for each in still_open if each.id in wrong}


def _filled_in() -> Iterator[Question]:
    """The questions to which something was sent. An empty one is no mistake: it is still open."""
    for question in answers.decider().policy.questionnaire.questions:
        name = question_form(question, request.form, question.id).answer.name
        if any(request.form.getlist(name)):
            yield question


def _form_page(errors: Mapping[str, str], whole: bool) -> str:
    policy, path = answers.decider().policy, answers.path()
    still_open = {question.id for question in path.open_questions}
    return render_template(
        "question/form.html",
        questions=policy.questionnaire.questions,
        chosen=path.answers,
        asked={*path.answers, *still_open},
        open=still_open,
        started=bool(path.answers),
        errors=errors,
        notes=policy.notes,
        whole=whole,
    )
