"""Addresses of pages, for templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import current_app, request, url_for
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from wizard.i18n.languages import Language, current, languages


@pass_context
def address(context: Context, endpoint: str, **values: Any) -> str:
    """Flask's `url_for`, to pages in the language of what the template makes; where the address
    holds no more than that, it is kept.
    """
    tag = context["language"].tag
    if values:
        return _in_language(endpoint, tag, values)
    return _address(endpoint, tag, request.script_root)


@lru_cache(maxsize=512)
def _address(endpoint: str, tag: str, _script_root: str) -> str:
    return _in_language(endpoint, tag, {})


def _in_language(endpoint: str, tag: str, values: Mapping[str, Any]) -> str:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values = {"lang": tag, **values}
    return url_for(endpoint, **values)


def same_page(tag: str) -> str:
    """The address of the page being made, in another language."""
    return f"{request.script_root}/{tag}/{_after_language()}"


_LINK_BEGINS = Markup('<li><a href="{root}/{tag}/')
_LINK_ENDS = Markup('" lang="{tag}" dir="{direction}" hreflang="{tag}"{mark}>{name}</a></li>')
_MARK = Markup(' aria-current="true"')


def links_to_languages() -> Markup:
    """A list of links to the page being made, in every language. It stands on every page: only the
    addresses are made anew.
    """
    rest = escape(_after_language())
    parts = _links(current(), request.script_root)
    return Markup("\n".join([f"{begins}{rest}{ends}" for begins, ends in parts]))


@lru_cache(maxsize=64)
def _links(of_page: Language, root: str) -> list[tuple[Markup, Markup]]:
    """What stands before and behind the rest of the address in each link."""
    return [
        (
            _LINK_BEGINS.format(root=root, tag=each.tag),
            _LINK_ENDS.format(
                tag=each.tag,
                direction=each.direction,
                mark=_MARK if each.tag == of_page.tag else "",
                name=each.name,
            ),
        )
        for each in languages().values()
    ]


def _after_language() -> str:
    """What follows the language in the address; nothing, as for the start page, where this page has
    no other language. As `url_for` would build it, which takes much longer for so many languages.
    """
    rule = request.url_rule
    if rule and "lang" in rule.arguments and "GET" in (rule.methods or ()):
        return quote(request.path.removeprefix("/").partition("/")[2])
    return ""
