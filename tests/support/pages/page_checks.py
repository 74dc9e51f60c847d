"""What must hold for every page, whatever is on it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit

from tests.support.pages.documents import Element, parse
from wizard.i18n.languages import languages

BRAND = "Terugkeerwijzer"
_ABOUT_COUNTRIES = re.compile(r"/[a-z]+/countries(/[A-Za-z]{2})?")
_ABOUT_A_COUNTRY = re.compile(r"(/[a-z]+/)?countries/[A-Za-z]{2}")
_UNLABELLED_TYPES = frozenset({"hidden", "submit", "button", "image", "reset"})
_LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
_LEADS = {"a": "href", "form": "action", **_LOADED}


@dataclass(frozen=True)
class Page:
    """A page as it came over the wire."""

    path: str
    status: int
    headers: Mapping[str, str]
    html: str

    @cached_property
    def document(self) -> Element:
        """The page as a tree."""
        return parse(self.html)

    @property
    def title(self) -> str:
        """What stands in the window's title."""
        return self.document.one("title").text

    @property
    def heading(self) -> str:
        """What the one h1 says."""
        return self.document.one("h1").text

    @property
    def language(self) -> str:
        """The language that the page says it has."""
        return self.document.one("html")["lang"]

    @property
    def main(self) -> Element:
        """What stands between header and footer."""
        return self.document.one("main")

    @property
    def ids(self) -> set[str]:
        """Every id on the page."""
        return {element["id"] for element in self.document.walk() if "id" in element}

    def controls(self) -> list[Element]:
        """The controls that hold the answer."""
        return [each for each in self.main.all("input", "select") if each.get("name") == "answer"]

    def chosen(self) -> list[str]:
        """The values that are ticked or selected."""
        marked = [each for each in self.main.all("input") if "checked" in each]
        marked += [each for each in self.main.all("option") if "selected" in each]
        return [each["value"] for each in marked]

    def notices(self) -> list[Element]:
        """The messages that stand above the content."""
        return self.main.all(role="status")

    def links(self) -> list[str]:
        """Where the links of the content lead."""
        return [link["href"] for link in self.main.all("a")]


def problems_of(page: Page, status: int, option_ids: Collection[str]) -> list[str]:
    """What is wrong with the page; `option_ids` are words that no address may hold."""
    problems = [] if page.status == status else [f"status {page.status}, wanted {status}"]
    problems += header_problems(page.headers)
    for check in _CHECKS:
        problems += check(page)
    problems += [
        f"answer in {url!r}"
        for url in urls_of(page)
        if holds_answer(url, option_ids)
        and not (is_about_a_country(url) and _ABOUT_COUNTRIES.fullmatch(page.path))
    ]
    return problems


def header_problems(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the headers of any answer but that to a static file."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    for name, value in wanted.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)!r}"
    policy = directives(headers)
    for directive in ("default-src", "frame-ancestors", "base-uri"):
        if policy.get(directive) != ["'none'"]:
            yield f"Content-Security-Policy: {directive} is {policy.get(directive)}"
    for directive, sources in policy.items():
        if loose := [source for source in sources if _is_loose(source)]:
            yield f"Content-Security-Policy: {directive} allows {loose}"


def directives(headers: Mapping[str, str]) -> dict[str, list[str]]:
    """The content security policy by directive."""
    parts = [part.split() for part in headers.get("Content-Security-Policy", "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def _is_loose(source: str) -> bool:
    return source not in {"'none'", "'self'"} and not source.startswith("'sha256-")


def _title(page: Page) -> Iterator[str]:
    titles = [title.text for title in page.document.all("title")]
    if len(titles) != 1 or not titles[0].replace(BRAND, "").strip(" –-|"):
        yield f"title {titles}"


def _heading(page: Page) -> Iterator[str]:
    headings = [heading.text for heading in page.document.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1 {headings}"


def _language(page: Page) -> Iterator[str]:
    html = page.document.one("html")
    language = languages().get(html.get("lang"))
    if language is None:
        yield f"lang {html.get('lang')!r}"
    elif html.get("dir") != language.direction:
        yield f"dir {html.get('dir')!r} for {language.tag}"
    elif (first := page.path.split("/")[1]) in languages() and first != language.tag:
        yield f"lang {language.tag!r} at {page.path}"


def _ids(page: Page) -> Iterator[str]:
    ids = [element["id"] for element in page.document.walk() if "id" in element]
    yield from (f"id {name!r} stands {n} times" for name, n in Counter(ids).items() if n > 1)
    for element in page.document.walk():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in element.get(attribute).split():
                if name not in ids:
                    yield f"{attribute}={name!r} names nothing"


def _labels(page: Page) -> Iterator[str]:
    labelled = {label["for"]: label.text for label in page.document.all("label") if "for" in label}
    for control in page.document.all("input", "select", "textarea", "button"):
        if control.tag == "button":
            name = control.text or control.get("aria-label")
        elif control.get("type") in _UNLABELLED_TYPES:
            continue
        else:
            around = [each.text for each in control.ancestors() if each.tag == "label"]
            own = labelled.get(control.get("id"), "")
            name = own or control.get("aria-label") or "".join(around)
        if not name:
            yield f"{control.tag} {control.attributes} has no label"


def _groups(page: Page) -> Iterator[str]:
    members: dict[str, list[Element]] = {}
    for control in page.document.all("input"):
        if control.get("type") in {"radio", "checkbox"}:
            members.setdefault(control.get("name"), []).append(control)
    for name, controls in members.items():
        sets = {next((a for a in c.ancestors() if a.tag == "fieldset"), None) for c in controls}
        if len(sets) != 1 or (fieldset := sets.pop()) is None:
            yield f"group {name!r} is not in one fieldset"
        elif (legend := fieldset.children[0]).tag != "legend" or not legend.text:
            yield f"group {name!r} has no legend"


def _inline(page: Page) -> Iterator[str]:
    allowed = directives(page.headers).get("style-src", [])
    if not page.document.all("style"):
        yield "no style sheet"
    if page.document.all("link", rel="stylesheet"):
        yield "a linked style sheet: without it, nothing can be read"
    for style in page.document.all("style"):
        raw = "".join(piece for piece in style.pieces if isinstance(piece, str))
        digest = base64.b64encode(hashlib.sha256(raw.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in allowed:
            yield "an inline style sheet that the policy does not allow"
    for element in page.document.walk():
        if element.tag == "script" and element.text:
            yield "an inline script"
        for attribute in element.attributes:
            if attribute == "style" or attribute.startswith("on"):
                yield f"attribute {attribute} on {element.tag}"


def _foreign(page: Page) -> Iterator[str]:
    for element in page.document.walk():
        url = element.get(_LOADED.get(element.tag, ""))
        if urlsplit(url).netloc or urlsplit(url).scheme:
            yield f"{element.tag} from elsewhere: {url}"
    for form in page.document.all("form"):
        if urlsplit(form.get("action")).netloc:
            yield f"form sends elsewhere: {form['action']}"
        if form.get("method").lower() != "post":
            yield "a form that would put what is in it into the address"


_CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    _title,
    _heading,
    _language,
    _ids,
    _labels,
    _groups,
    _inline,
    _foreign,
)


def urls_of(page: Page) -> Iterator[str]:
    """The page's own address and every one of ours that it leads to or loads from."""
    yield page.path
    for element in page.document.walk():
        url = element.get(_LEADS.get(element.tag, ""))
        if url and not urlsplit(url).netloc:
            yield url


def is_about_a_country(url: str) -> bool:
    """Whether it is the address of a page about a country: anybody can read any of them, so it
    says no answer. But only the list of countries may lead there, never a page that knows answers.
    """
    return bool(_ABOUT_A_COUNTRY.fullmatch(urlsplit(url).path))


def holds_answer(url: str, option_ids: Collection[str]) -> bool:
    """Whether a part of the address is the id of an option."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    words = [*parts.path.split("/"), parts.fragment, *(word for pair in query for word in pair)]
    return any(word in option_ids for word in words)
