"""The page cache: pages that are the same for anybody at the same place, kept as they are sent.

What shows an answer is never in it. See docs/decisions/0005-one-page-cache.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Generic, ParamSpec

from flask import Response, request, session
from flask.typing import ResponseReturnValue

from wizard.i18n.languages import current, second
from wizard.policy_in_force import cached_per_policy
from wizard.session.answers import has_begun
from wizard.templating.environment import NOTICE
from wizard.web.compression import ON_REQUEST, wanted_encoding

P = ParamSpec("P")


class PageCache(Generic[P]):
    """A view that keeps the `most` pages that were asked for last, each in a language and an
    encoding.

    For a view whose page depends on its (hashable) arguments, its policy and its languages, and on
    no answer: only on whether there is one. A page with a message is made anew.
    """

    def __init__(self, make: Callable[P, str], most: int) -> None:
        self._make = make
        self._most = most
        self._pages = cached_per_policy(self._keep)
        update_wrapper(self, make)

    def __call__(self, *args: P.args, **named: P.kwargs) -> ResponseReturnValue:
        """The page as the browser of this request takes it."""
        if NOTICE in session:
            return self._make(*args, **named)
        encoding = wanted_encoding()
        response = Response(self._sent(encoding, *args, **named), mimetype="text/html")
        if encoding:
            response.headers["Content-Encoding"] = encoding
            response.headers["Vary"] = "Accept-Encoding"
        return response

    def _sent(self, encoding: str | None, *args: P.args, **named: P.kwargs) -> bytes:
        shows = (current(), second(), request.script_root, has_begun())
        return self._pages()(encoding, shows, *args, **named)

    def _keep(self) -> Callable[..., bytes]:
        @lru_cache(maxsize=self._most)
        def page(encoding: str | None, _shows: object, *args: P.args, **named: P.kwargs) -> bytes:
            html = self._make(*args, **named).encode()
            return ON_REQUEST[encoding](html) if encoding else html

        return page


def cached_page(most: int) -> Callable[[Callable[P, str]], PageCache[P]]:
    """Make a view a `PageCache`."""
    return lambda make: PageCache(make, most)
