"""Draws a paper: HTML on standard input, a tagged PDF on standard output.

It is run as a file, in a process of its own: WeasyPrint stays out of the memory of the web workers,
and what a person chose to print is gone when the process ends. The process can fetch nothing and
can write no file.
"""

from __future__ import annotations

import ctypes.util
import logging
import resource
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

# On its way to a library, Python starts a compiler where there is one, and makes files for it.
# WeasyPrint also tries the name by which the system finds it.
ctypes.util.find_library = lambda name: None  # noqa: ARG005

# ruff: noqa: E402
import pydyf
from weasyprint import CSS, HTML, LOGGER, Document
from weasyprint.pdf import tags
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

STYLE = Path(__file__).with_name("sheet.css")
SIZES = (10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5)
"""In points."""
LAYOUTS = (*((size, "page") for size in SIZES), (SIZES[-1], "auto"))
"""The size, and where what is less urgent begins: on a page of its own, or where there is room.
Tried from the first: the first one with which the paper fits."""
MOST_PAGES = 2
VARIANT = "pdf/ua-1"
NO_FONT = 3
"""The exit status where no font has a letter: nobody can read a paper of boxes."""

_LIMITS = {
    resource.RLIMIT_CPU: 30,
    resource.RLIMIT_AS: 1024**3,
    # Not even a temporary file: answers may be among what is printed.
    resource.RLIMIT_FSIZE: 0,
}
"""In seconds and bytes."""


_build = tags._build_box_tree


def _build_with_language(box: Any, *others: Any) -> Iterator[Any]:
    """The tags of a box, with the language of its element.

    WeasyPrint itself tags the language of the whole document only: a screen reader would read the
    second language with the voice of the first. Tests see when its inside changes.
    """
    for tag in _build(box, *others):
        if box.element is not None and (language := box.element.get("lang")):
            tag["Lang"] = pydyf.String(language)
        yield tag


tags._build_box_tree = _build_with_language


class _NoFont(logging.Handler):
    """Ends the process where WeasyPrint draws a box for a letter. Tests see when it says so
    otherwise.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Look at what WeasyPrint says."""
        if "unsupported by fonts" in str(record.msg):
            sys.exit(NO_FONT)


def draw(html: str) -> bytes:
    """The PDF of a page, in the first layout with which it fits; else in the last.

    Raises `SystemExit` where no font has one of its letters.
    """
    fonts = FontConfiguration()
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))
    style = CSS(filename=STYLE, font_config=fonts)

    @cache
    def laid_out(layout: tuple[float, str]) -> Document:
        size, begins = layout
        rules = f"html {{ font-size: {size}pt }} .second-page {{ break-before: {begins} }}"
        return page.render(fonts, stylesheets=[style, CSS(string=rules)], pdf_variant=VARIANT)

    def fits(layout: tuple[float, str]) -> bool:
        return len(laid_out(layout).pages) <= MOST_PAGES

    # A later layout never takes more pages: so few of them need to be tried.
    layout = LAYOUTS[min(bisect_left(LAYOUTS, True, key=fits), len(LAYOUTS) - 1)]
    pdf: bytes = laid_out(layout).write_pdf(pdf_variant=VARIANT)
    return pdf


def main() -> None:
    """Draw once."""
    for limit, value in _LIMITS.items():
        resource.setrlimit(limit, (value, value))
    LOGGER.addHandler(_NoFont())
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
