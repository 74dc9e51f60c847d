"""Pages that are the same for anybody at the same place, kept as they are sent.

They are compressed once, with more effort than a page that is made for one request. What shows an
answer is never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import ParamSpec

from flask import Response, g, request, session
from flask.typing import ResponseReturnValue

from wizard.answering import has_begun
from wizard.assets import fetched_ahead, style_source
from wizard.compression import FOR_SOME, accepted_encoding
from wizard.languages import current, second
from wizard.policy_in_force import once_for_each_policy
from wizard.template_tools import NOTICE

P = ParamSpec("P")


@dataclass(frozen=True)
class _Sent:
    """A page as it is sent."""

    body: bytes
    style_source: str | None


def kept_page(most: int) -> Callable[[Callable[P, str]], Callable[P, ResponseReturnValue]]:
    """Keep the `most` pages that were asked for last, each in a language and an encoding.

    For a view whose page depends on its (hashable) arguments, its policy and its languages, and on
    no answer: only on whether there is one. A page with a message is made anew.
    """

    def decorate(make: Callable[P, str]) -> Callable[P, ResponseReturnValue]:
        @once_for_each_policy
        def pages() -> Callable[..., _Sent]:
            @lru_cache(maxsize=most)
            def page(
                encoding: str | None, _shown: object, *args: P.args, **named: P.kwargs
            ) -> _Sent:
                html = make(*args, **named).encode()
                return _Sent(FOR_SOME[encoding](html) if encoding else html, style_source())

            return page

        @wraps(make)
        def view(*args: P.args, **named: P.kwargs) -> ResponseReturnValue:
            if NOTICE in session:
                return make(*args, **named)
            encoding = accepted_encoding(request.headers.get("Accept-Encoding", ""))
            sent = pages()(encoding, _what_it_shows(), *args, **named)
            return _response(sent, encoding)

        return view

    return decorate


def _what_it_shows() -> object:
    return current(), second(), request.script_root, has_begun(), fetched_ahead()


def _response(sent: _Sent, encoding: str | None) -> Response:
    g.style_source = sent.style_source
    response = Response(sent.body, mimetype="text/html")
    if encoding:
        response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
    return response
