"""Addresses of pages, for templates."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import request, url_for

from wizard.i18n.languages import Language, current, languages


def address(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`, which takes a tenth of the time of a result: where the address holds no
    more than the language of the page, it is kept.
    """
    if values:
        return url_for(endpoint, **values)
    return _address(endpoint, current().tag, request.script_root)


@lru_cache(maxsize=512)
def _address(endpoint: str, *_what_it_depends_on: str) -> str:
    return url_for(endpoint)


def same_page(tag: str) -> str:
    """The address of the page being made, in another language."""
    return f"{request.script_root}/{tag}/{_after_language()}"


def in_other_languages() -> list[tuple[Language, str]]:
    """Every language, with the address in it of the page being made."""
    root, rest = request.script_root, _after_language()
    return [(each, f"{root}/{each.tag}/{rest}") for each in languages().values()]


def _after_language() -> str:
    """What follows the language in the address; nothing, as for the start page, where this page has
    no other language. As `url_for` would build it, which takes much longer for twelve languages.
    """
    rule = request.url_rule
    if rule and "lang" in rule.arguments and "GET" in (rule.methods or ()):
        return quote(request.path.removeprefix("/").partition("/")[2])
    return ""
