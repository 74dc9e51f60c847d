"""One question after another, and the answers given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions import Answer, Question
from wizard import answering
from wizard.forms import question_form
from wizard.kept_pages import kept_page
from wizard.languages import current, second, speaking
from wizard.pages.blueprint import pages
from wizard.pages.cookies import marked
from wizard.summary import SummaryRow, summary
from wizard.template_tools import mark

_KEPT = 256
"""Question pages, of 2 KB: those of a busy hour."""


@pages.route("/<lang>/check/<question_id>", methods=["GET", "POST"])
def question(question_id: str) -> ResponseReturnValue:
    """One question: GET shows it, POST answers it."""
    asked = question_or_404(question_id)
    if not _is_in_turn(asked):
        return redirect(next_url(), 303)
    if request.method == "POST":
        return _answer(asked)
    return _question_page(asked, answering.path().answers.get(asked.id))


def _answer(asked: Question) -> ResponseReturnValue:
    form = question_form(asked, request.form)
    if not form.validate():
        return _make_question_page(asked, _place_of(asked), form.given, form.error), 422
    answering.answer(asked, form.given)
    return redirect(next_url(marked), 303)


@pages.get("/<lang>/answers")
def check_answers() -> ResponseReturnValue:
    """All answers, each to be changed, before the result."""
    if answering.path().next_question:
        return redirect(next_url(), 303)
    rows = summary(answering.path(), current())
    return render_template("answers.html", rows=rows, second_rows=_second_summary())


def _second_summary() -> list[SummaryRow]:
    """The same answers in the second language; nothing where none is shown."""
    other = second()
    if other is None:
        return []
    with speaking(other):
        return summary(answering.path(), other)


@pages.post("/<lang>/forget")
def forget() -> ResponseReturnValue:
    """Forget the answers and start again."""
    answering.forget()
    response = redirect(url_for("pages.start"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def question_or_404(question_id: str) -> Question:
    """The question with this id; an answer of 404 where there is none."""
    by_id = answering.decider().policy.questionnaire.by_id
    if question_id not in by_id:
        abort(404)
    return by_id[question_id]


def _is_in_turn(question: Question) -> bool:
    path = answering.path()
    return question == path.next_question or question.id in path.answers


def next_url(address: Callable[..., str] = url_for) -> str:
    """The address of the first question without an answer, or of all answers."""
    following = answering.path().next_question
    if following:
        return address("pages.question", question_id=following.id)
    return address("pages.check_answers")


@dataclass(frozen=True)
class _Place:
    """Where on the way a question stands: how many come before and after, and never an answer."""

    back_url: str
    left: int
    done: int
    before: int


def _question_page(question: Question, chosen: Answer | None) -> ResponseReturnValue:
    place = _place_of(question)
    if not chosen:
        return _blank_page(question.id, place)
    before, main, rest = _blank_page.html(question.id, place).partition("<main ")
    form, end, after = rest.partition("</main>")
    return "".join([before, main, mark(form, question, chosen), end, after])


@kept_page(most=_KEPT)
def _blank_page(question_id: str, place: _Place) -> str:
    """The page on which nothing is chosen: the same for anybody who stands at this place."""
    return _make_question_page(question_or_404(question_id), place)


def _make_question_page(
    question: Question, place: _Place, chosen: Answer | None = None, error: str = ""
) -> str:
    return render_template(
        "question.html",
        question=question,
        chosen=chosen or "",
        error=error,
        note=answering.decider().policy.notes.get(question.id),
        **asdict(place),
    )


def _place_of(question: Question) -> _Place:
    path = answering.path()
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
    before = list(answering.path().answers)
    if question.id in before:
        before = before[: before.index(question.id)]
    if before:
        return url_for("pages.question", question_id=before[-1])
    return url_for("pages.start")
