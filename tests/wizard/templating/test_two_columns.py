"""Two languages row by row: what holds others stands once, what is said beside its translation."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from wizard.i18n.languages import languages
from wizard.templating.two_columns import side_by_side

DIV = '<div class="two"><div>{}</div><div lang="ar" dir="rtl">{}</div></div>'
SPAN = '<span class="two"><span>{}</span><span lang="ar" dir="rtl">{}</span></span>'


@pytest.mark.parametrize(
    ("here", "there", "both"),
    [
        ("<p>a</p>", "<p>b</p>", DIV.format("<p>a</p>", "<p>b</p>")),
        (
            '<ol class="steps"><li>a</li><li>c</li></ol>',
            '<ol class="steps"><li>b</li><li>d</li></ol>',
            f'<ol class="steps"><li>{DIV.format("a", "b")}</li>'
            f"<li>{DIV.format('c', 'd')}</li></ol>",
        ),
        (
            "<details><summary>a</summary><p>c</p></details>",
            "<details><summary>b</summary><p>d</p></details>",
            f"<details><summary>{SPAN.format('a', 'b')}</summary>"
            f"{DIV.format('<p>c</p>', '<p>d</p>')}</details>",
        ),
        ('<section id="x">a</section>', '<section id="y">b</section>', None),
        ("<ul><li>a</li></ul>", "<p>b</p>", DIV.format("<ul><li>a</li></ul>", "<p>b</p>")),
        ("", "", ""),
    ],
)
def test_each_text_stands_beside_its_translation(here: str, there: str, both: str | None) -> None:
    shown = side_by_side(Markup(here), Markup(there), languages()["ar"])
    assert shown == (
        both if both is not None else f'<section id="x">{DIV.format("a", "b")}</section>'
    )
