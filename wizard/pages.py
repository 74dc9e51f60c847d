"""The pages. Each view guards, then renders."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from questions import Answer, Question
from wizard import answering
from wizard.explaining import explainer
from wizard.flow import flow_rows, picture_svg, rule_reads
from wizard.forms import question_form
from wizard.helpful import count_helpful
from wizard.languages import (
    COOKIE_NAME,
    SECOND_COOKIE_NAME,
    current,
    languages,
    preferred,
    second,
    speaking,
)
from wizard.presenting import presenter
from wizard.summary import SummaryRow, summary
from wizard.template_tools import NOTICE

pages = Blueprint("pages", __name__)
_YEAR = 365 * 24 * 60 * 60


@pages.url_value_preprocessor
def take_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """The language of a page is the first part of its address."""
    if values and "lang" in values:
        tag = values.pop("lang")
        if tag not in languages():
            abort(404)
        g.language = languages()[tag]
        g.language_in_address = True


@pages.url_defaults
def keep_language(endpoint: str, values: dict[str, str]) -> None:
    """Links stay in the language of the page unless they name another one."""
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", current().tag)


@pages.before_request
def notice_lost_answers() -> None:
    """A cookie that cannot be opened (too old, forged) is said on the next page shown."""
    if getattr(session, "was_lost", False):
        session[NOTICE] = "lost"


@pages.after_request
def remember_language(response: Response) -> Response:
    """The language last used is the choice for the next visit."""
    tag = current().tag
    if "language_in_address" in g and request.cookies.get(COOKIE_NAME) != tag:
        response.set_cookie(COOKIE_NAME, tag, **_language_cookie())
    return response


@pages.get("/")
def pick_language() -> ResponseReturnValue:
    """Send to the start page in the language that fits."""
    response = redirect(url_for("pages.start", lang=preferred(request).tag), 302)
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@pages.get("/<lang>/")
def start() -> ResponseReturnValue:
    """The start page."""
    return render_template("start.html", next_url=_next_url())


@pages.route("/<lang>/check/<question_id>", methods=["GET", "POST"])
def question(question_id: str) -> ResponseReturnValue:
    """One question: GET shows it, POST answers it."""
    asked = _question_or_404(question_id)
    if not _is_in_turn(asked):
        return redirect(_next_url(), 303)
    if request.method == "POST":
        return _answer(asked)
    return _question_page(asked, answering.path().answers.get(asked.id))


def _answer(asked: Question) -> ResponseReturnValue:
    form = question_form(asked, request.form)
    if not form.validate():
        return _question_page(asked, form.given, form.error), 422
    answering.answer(asked, form.given)
    return redirect(_next_url(), 303)


@pages.get("/<lang>/answers")
def check_answers() -> ResponseReturnValue:
    """All answers, each to be changed, before the result."""
    if answering.path().next_question:
        return redirect(_next_url(), 303)
    rows = summary(answering.path(), current())
    return render_template("answers.html", rows=rows, second_rows=_second_summary())


def _second_summary() -> list[SummaryRow]:
    """The same answers in the second language; nothing where none is shown."""
    other = second()
    if other is None:
        return []
    with speaking(other):
        return summary(answering.path(), other)


@pages.get("/<lang>/result")
def result() -> ResponseReturnValue:
    """What fits the answers."""
    if answering.path().next_question:
        return redirect(_next_url(), 303)
    other = second()
    beside = None
    if other:
        with speaking(other):
            beside = _result_body("second-")
    return render_template("result.html", body=_result_body(""), second_body=beside)


def _result_body(prefix: str) -> Markup:
    """What the result says, in one language; `prefix` keeps the ids of two bodies apart."""
    explanation, answers = answering.explanation(), answering.path().answers
    html = render_template(
        "result_body.html",
        prefix=prefix,
        result=presenter().result(answering.decision()),
        why_excluded=explainer().why_excluded(explanation, answers),
        missing=explainer().missing_supports(explanation, answers),
        alternatives=explainer().alternatives(explanation),
    )
    return Markup(html)


@pages.post("/<lang>/helpful")
def helpful() -> ResponseReturnValue:
    """Count whether the result helped: yes or no, and nothing else."""
    value = request.form.get("helpful")
    if value not in {"yes", "no"}:
        abort(400)
    count_helpful(value)
    return redirect(url_for("pages.thanks"), 303)


@pages.get("/<lang>/thanks")
def thanks() -> ResponseReturnValue:
    """Thank for the yes or no."""
    return render_template("thanks.html", done=not answering.path().next_question)


@pages.post("/<lang>/forget")
def forget() -> ResponseReturnValue:
    """Forget the answers and start again."""
    answering.forget()
    response = redirect(url_for("pages.start"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@pages.post("/<lang>/beside")
def beside() -> ResponseReturnValue:
    """Show a second language beside the first, or no longer, and go back to the same page."""
    chosen = request.form.get("second", "")
    if chosen and chosen not in languages():
        abort(400)
    response = redirect(_own_page(request.form.get("back", "")), 303)
    if chosen:
        response.set_cookie(SECOND_COOKIE_NAME, chosen, **_language_cookie())
    else:
        response.delete_cookie(SECOND_COOKIE_NAME)
    return response


def _own_page(address: str) -> str:
    """The address, where it is a page of ours; else the start page."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(address, "GET")
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return url_for("pages.start")
    return address if endpoint.startswith("pages.") else url_for("pages.start")


def _language_cookie() -> dict[str, Any]:
    secure: bool = current_app.config["SECURE_COOKIES"]
    return {"max_age": _YEAR, "samesite": "Lax", "httponly": True, "secure": secure}


@pages.get("/<lang>/rules")
def rule_book() -> ResponseReturnValue:
    """Every rule with its source."""
    policy = answering.decider().policy
    reasons = presenter().reasons(rule.id for rule in policy.rules)
    return render_template("rules.html", policy=policy, reasons=reasons, reads=rule_reads())


@pages.get("/<lang>/flow")
def flow() -> ResponseReturnValue:
    """Every question, when it is asked and which rules read it."""
    return render_template("flow.html", picture=picture_svg(), rows=flow_rows())


@pages.get("/<lang>/privacy")
def privacy() -> ResponseReturnValue:
    """What happens with the answers."""
    return render_template("privacy.html")


def _question_or_404(question_id: str) -> Question:
    by_id = answering.decider().policy.questionnaire.by_id
    if question_id not in by_id:
        abort(404)
    return by_id[question_id]


def _is_in_turn(question: Question) -> bool:
    path = answering.path()
    return question == path.next_question or question.id in path.answers


def _next_url() -> str:
    following = answering.path().next_question
    if following:
        return url_for("pages.question", question_id=following.id)
    return url_for("pages.check_answers")


def _question_page(question: Question, chosen: Answer | None, error: str = "") -> str:
    path = answering.path()
    answered = question.id in path.answers
    return render_template(
        "question.html",
        question=question,
        chosen=chosen or "",
        error=error,
        back_url=_back_url(question),
        left=path.at_most_left + answered,
        done=len(path.answers) - answered,
    )


def _back_url(question: Question) -> str:
    """The question before this one on the way, or the start page."""
    before = list(answering.path().answers)
    if question.id in before:
        before = before[: before.index(question.id)]
    if before:
        return url_for("pages.question", question_id=before[-1])
    return url_for("pages.start")
