"""One question after another, and the answers given."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions import Question
from wizard.pages.answer_form import FIELD, question_form
from wizard.pages.blueprint import pages
from wizard.pages.next_page import next_url
from wizard.pages.no_cookies import cookies_work, marked
from wizard.pages.refusing import refuse_and_show_again, refused_here
from wizard.session import answers
from wizard.session.question_addresses import letters_of, question_at
from wizard.web.site_data import clear_site_data


@pages.get("/<lang>/check")
def check() -> ResponseReturnValue:
    """Begin, or go on where one was."""
    return redirect(next_url(url_for if cookies_work() else marked), 303)


@pages.route("/<lang>/check/<letters>", methods=["GET", "POST"])
def question(letters: str) -> ResponseReturnValue:
    """One question: GET shows it, POST answers it."""
    asked = question_at(letters)
    if asked is None:
        return redirect(next_url(url_for if answers.is_open() else marked), 303)
    if not _is_in_turn(asked):
        return redirect(next_url(), 303)
    if request.method == "POST":
        return _answer(asked)
    return _question_page(asked)


def _answer(asked: Question) -> ResponseReturnValue:
    form = question_form(asked, request.form)
    if not form.validate():
        chosen = [each for each in request.form.getlist(FIELD) if each in asked.option_ids]
        return refuse_and_show_again({asked.id: form.error}, chosen)
    answers.answer(asked, form.given)
    return redirect(next_url(), 303)


@pages.post("/<lang>/forget")
def forget() -> ResponseReturnValue:
    """Forget the answers and start again."""
    answers.forget()
    response = redirect(url_for("pages.start"), 303)
    return clear_site_data(response)


def question_or_404(question_id: str) -> Question:
    """The question with this id; an answer of 404 where there is none."""
    by_id = answers.decider().policy.questionnaire.by_id
    if question_id not in by_id:
        abort(404)
    return by_id[question_id]


def _is_in_turn(question: Question) -> bool:
    path = answers.path()
    return question == path.next_question or question.id in path.answers


@dataclass(frozen=True)
class _Place:
    """Where on the way a question stands: how many come before and after, and never an answer."""

    back_url: str
    left: int
    done: int
    before: int


def _question_page(question: Question) -> str:
    refusal = refused_here()
    return render_template(
        "question/question.html",
        question=question,
        chosen=refusal.typed if refusal else answers.path().answers.get(question.id, ()),
        error=refusal.errors.get(question.id, "") if refusal else "",
        note=answers.decider().policy.notes.get(question.id),
        **asdict(_place_of(question)),
    )


def _place_of(question: Question) -> _Place:
    path = answers.path()
    on_the_way = list(path.answers)
    answered = question.id in on_the_way
    done = len(on_the_way) - answered
    return _Place(
        back_url=_back_url(question),
        left=path.at_most_left + answered,
        done=done,
        before=on_the_way.index(question.id) if answered else done,
    )


def _back_url(question: Question) -> str:
    """The question before this one on the way, or the start page."""
    before = list(answers.path().answers)
    if question.id in before:
        before = before[: before.index(question.id)]
    if before:
        return url_for("pages.question", letters=letters_of(before[-1]))
    return url_for("pages.start")
