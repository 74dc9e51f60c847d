"""The questionnaire as a picture and as a table, and which rules read which question."""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from questions import Question
from tests.support.conditions import named_in
from tests.support.page_client import PageClient
from tests.support.pages.documents import Element
from tests.support.pages.page_checks import Page
from wizard.commands.flow import flow as flow_command
from wizard.flowchart.chart import picture
from wizard.flowchart.layout import draw
from wizard.flowchart.shapes import Branch, Picture, Step, mirrored
from wizard.flowchart.svg import svg
from wizard.flowchart.text_width import guessed_width, wrapped
from wizard.i18n.languages import Language, languages
from wizard.pages.reading.rules import KINDS
from wizard.session.answers import decider

ROOT = Path(__file__).parents[3]
QUESTIONS = decider().policy.questionnaire.questions
LARGEST_HTML = 14_600
"""Of the page, in bytes after gzip: what arrives in one round trip."""


def written_questions() -> dict[str, dict[str, Any]]:
    """The questions as they are written, by id."""
    text = (ROOT / "questions" / "questions.toml").read_text(encoding="utf-8")
    return {row["id"]: row for row in tomllib.loads(text)["question"]}


def written_edges() -> set[tuple[str, str]]:
    """From which question to which one something leads, read from the file itself."""
    questions = written_questions()
    looked_up = decider().policy.looked_up_by
    return {
        (looked_up if name in decider().policy.questionnaire.lookups else name, question)
        for question, row in questions.items()
        for name in named_in(row.get("asked_when", {}))
        if name in questions or name in decider().policy.questionnaire.lookups
    }


@pytest.fixture
def right_to_left() -> Language:
    return languages()["ar"]


@pytest.fixture
def page(client: PageClient) -> Page:
    return client.get("/en/flow")


def row_of(page: Page, question: Question) -> Element:
    return page.main.one("tr", id=f"question-{question.id}")


def links_of(element: Element) -> list[str]:
    return [link["href"] for link in element.all("a")]


# The picture


def test_every_question_has_a_box_in_the_order_of_asking():
    boxes = [box for box in picture(languages()["en"]).boxes if box.name]
    assert [box.name for box in boxes] == [question.id for question in QUESTIONS]
    assert [box.y for box in boxes] == sorted(box.y for box in boxes)


def test_every_question_stands_in_the_picture_in_full(page: Page):
    shown = " ".join(label.text for label in page.main.one("svg").all("text"))
    for number, question in enumerate(QUESTIONS, start=1):
        assert f"{number}. {question.text}" in shown


def test_an_edge_leads_from_every_question_that_a_condition_reads_and_from_no_other():
    edges = {line.branch for line in picture(languages()["en"]).lines if line.branch}
    assert edges == written_edges()
    assert len(edges) > 10


def test_every_edge_has_the_answers_on_it(page: Page):
    shown = " ".join(label.text for label in page.main.one("svg").all("text"))
    by_id = {question.id: question for question in QUESTIONS}
    for question in written_questions().values():
        for source, values in compared_in(question.get("asked_when", {})):
            if source in by_id:
                texts = {option.id: option.text for option in by_id[source].options}
                for value in values:
                    assert texts[value] in shown


def compared_in(condition: Any) -> Iterator[tuple[str, list[str]]]:
    """Every fact with the values that a written condition compares it with."""
    if isinstance(condition, list):
        for part in condition:
            yield from compared_in(part)
    elif isinstance(condition, dict):
        for key, value in condition.items():
            if key in {"any", "not", "of"}:
                yield from compared_in(value)
            elif key != "at_least":
                yield key, value if isinstance(value, list) else [value]


def test_only_a_question_with_a_condition_has_a_broken_border(page: Page):
    broken = {box.name: box.dashed for box in picture(languages()["en"]).boxes if box.name}
    assert broken == {name: "asked_when" in row for name, row in written_questions().items()}
    drawn = [rect for rect in page.main.one("svg").all("rect") if "stroke-dasharray" in rect]
    assert len(drawn) == sum(broken.values())


def test_no_box_and_no_words_lie_on_others_or_outside():
    for tag in languages():
        drawn = picture(languages()[tag])
        drawn = mirrored(drawn) if drawn.mirrored else drawn
        boxes = [box for box in drawn.boxes if box.name]
        for above, below in pairwise(boxes):
            assert above.y + above.height < below.y
        for label in drawn.labels:
            width = guessed_width(label.text) * (15 if label.size == "large" else 13)
            left = label.x - width / 2 if label.centred else label.x
            assert 0 <= left <= left + width <= drawn.width, label.text
            assert 0 < label.y < drawn.height


def test_for_reading_from_right_to_left_the_picture_is_mirrored(right_to_left: Language):
    left, right = picture(languages()["en"]), picture(right_to_left)
    assert not left.mirrored
    assert right.mirrored
    for one, other in zip(
        (box for box in left.boxes if box.name),
        (box for box in right.boxes if box.name),
        strict=True,
    ):
        assert one.name == other.name
        assert other.x == left.width - one.x - one.width
    assert {line.branch for line in left.lines} == {line.branch for line in right.lines}


def test_a_mirrored_picture_says_in_which_direction_it_is_read(
    client: PageClient, page: Page, right_to_left: Language
):
    assert page.main.one("svg")["direction"] == "ltr"
    assert client.get(f"/{right_to_left.tag}/flow").main.one("svg")["direction"] == "rtl"


STEPS = (
    Step("a", "First?"),
    Step("b", "Second?", Branch("yes", "a")),
    Step(
        "c",
        "Third?",
        Branch("All", parts=(Branch("no", "a"), Branch("One", parts=(Branch("x", "b"),)))),
    ),
)


def test_mirrored_twice_is_the_same_picture():
    drawn = draw(STEPS, "End")
    assert mirrored(drawn) != drawn
    assert mirrored(mirrored(drawn)) == drawn


def test_every_part_of_a_mirrored_picture_is_at_the_other_side():
    drawn = draw(STEPS, "End")
    turned = mirrored(drawn)
    assert (turned.width, turned.height) == (drawn.width, drawn.height)
    for one, other in zip(drawn.lines, turned.lines, strict=True):
        assert other.points == tuple((drawn.width - x, y) for x, y in one.points)
    for each in ("dots", "labels"):
        for one, other in zip(getattr(drawn, each), getattr(turned, each), strict=True):
            assert (other.x, other.y) == (drawn.width - one.x, one.y)
    for one, other in zip(drawn.boxes, turned.boxes, strict=True):
        assert (other.x + other.width, other.y) == (drawn.width - one.x, one.y)


def test_every_branch_begins_on_the_wire_of_its_question_and_ends_at_its_box_or_gate():
    drawn = draw(STEPS, "End")
    wires = {}
    for line in drawn.lines:
        if len(line.points) == 3:
            (_, y), (x, _), _ = line.points
            [source] = [box.name for box in drawn.boxes if box.y < y < box.y + box.height]
            wires[source] = x
    branches = [line for line in drawn.lines if line.branch]
    assert sorted(line.branch for line in branches if line.branch) == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]
    for line in branches:
        assert line.branch
        assert line.points[0][0] == wires[line.branch[0]]
        target = next(box for box in drawn.boxes if box.name == line.branch[1])
        assert target.y < line.points[-1][1] < target.y + target.height
        assert line.points[-1][0] >= target.x + target.width
    assert {label.text for label in drawn.labels} >= {"All", "One", "yes", "no", "x"}


def test_a_long_text_is_wrapped_also_without_spaces():
    assert wrapped("one two", 1_000, "large") == ["one two"]
    assert len(wrapped("one two", 50, "large")) == 2
    words = "語" * 30
    lines = wrapped(words, 100, "large")
    assert "".join(lines) == words
    assert all(guessed_width(line) * 15 <= 100 for line in lines)


def test_letters_of_wide_scripts_are_guessed_wider_and_marks_take_no_place():
    assert guessed_width("ሰላም") > guessed_width("abcd") * 3 / 4
    assert guessed_width("e\u0301") == guessed_width("e")


def test_text_in_the_picture_is_escaped():
    drawn = svg(draw([Step("a", "<b> & c")], "End"), 'a "title" <')
    assert ET.fromstring(drawn).get("aria-label") == 'a "title" <'
    assert "&lt;b&gt; &amp; c" in drawn


def test_the_picture_needs_no_style_and_takes_the_colour_of_the_text(page: Page):
    drawing = page.main.one("svg")
    elements = [drawing, *drawing.walk()]
    assert drawing.all("style", "image", "use", "a", "script") == []
    colours = {
        element[name] for element in elements for name in ("fill", "stroke") if name in element
    }
    assert colours == {"none", "currentColor"}
    assert all("style" not in element and "class" not in element for element in elements)


def test_the_picture_is_one_image_with_a_name_in_a_region_to_scroll_by_keyboard(page: Page):
    drawing = page.main.one("svg")
    assert drawing["role"] == "img"
    assert drawing["aria-label"]
    region = drawing.parent
    assert region is not None
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert page.main.one(id=region["aria-labelledby"]).text


# The table


def test_every_question_has_a_row_with_its_options(page: Page):
    rows = page.main.one("tbody").children
    assert [row["id"] for row in rows] == [f"question-{question.id}" for question in QUESTIONS]
    for number, (row, question) in enumerate(zip(rows, QUESTIONS, strict=True), start=1):
        head, _asked, options, _rules = row.children
        assert (head.tag, head["scope"]) == ("th", "row")
        assert head.text == f"{number}. {question.text}"
        shown = [item.text for item in options.all("li")]
        if question.country_codes:
            assert shown.pop(0) == f"One of {len(question.country_codes)} countries"
        assert shown == [option.text for option in question.options]


def test_every_column_has_a_head(page: Page):
    heads = page.main.one("thead").all("th")
    assert [head["scope"] for head in heads] == ["col"] * 4
    assert all(head.text for head in heads)


def test_every_row_says_when_the_question_is_asked(page: Page):
    by_id = {question.id: question for question in QUESTIONS}
    for name, row in written_questions().items():
        said = row_of(page, by_id[name]).children[1].text
        assert said.startswith("Asked when" if "asked_when" in row else "Always asked.")
        for source, values in compared_in(row.get("asked_when", {})):
            if source in by_id:
                assert f"“{by_id[source].text}”" in said
                options = {option.id: option.text for option in by_id[source].options}
                assert all(options[value] in said for value in values)
            else:
                words = decider().policy.lookup_words[source]
                assert all(words[value] in said for value in values)


def test_the_page_is_said_in_the_language_of_its_address(client: PageClient):
    english, dutch = (client.get(f"/{tag}/flow").main.one("tbody") for tag in ("en", "nl"))
    assert english.children[0].text != dutch.children[0].text


# The rules


def whole_rules(client: PageClient) -> list[Element]:
    """The rules as they stand on the pages of all kinds, with what they read."""
    addresses = [client.get(f"/en/rules/{kind}") for kind in KINDS]
    return [rule for page in addresses for rule in page.main.one("ul", class_="rules").children]


def test_every_rule_stands_on_the_page_of_one_kind(client: PageClient):
    """The list of rules leads to each of these pages."""
    addresses = {f"/en/rules/{kind}" for kind in KINDS}
    assert addresses <= set(client.get("/en/rules").links())
    there = [rule["id"] for rule in whole_rules(client)]
    assert sorted(there) == sorted(f"rule-{rule.id}" for rule in decider().policy.rules)


def test_a_kind_of_rules_that_is_none_is_not_found(client: PageClient):
    client.get("/en/rules/nonsense", 404)


def test_every_link_to_a_rule_leads_to_one_that_is_there_and_says_the_same(
    client: PageClient, page: Page
):
    links = page.main.one("tbody").all("a")
    assert links
    for link in links:
        address, anchor = link["href"].split("#")
        assert client.get(address).main.one("li", id=anchor).text.startswith(link.text)


def test_every_link_to_a_question_leads_to_its_row(client: PageClient, page: Page):
    links = [href for rule in whole_rules(client) for href in links_of(rule) if "/flow#" in href]
    assert links
    for href in links:
        address, anchor = href.split("#")
        assert address == "/en/flow"
        assert anchor in page.ids


def test_rule_book_and_table_link_the_same_rules_and_questions(client: PageClient, page: Page):
    from_table = {
        (href.split("#rule-")[1], question.id)
        for question in QUESTIONS
        for href in links_of(row_of(page, question))
    }
    from_book = {
        (rule["id"].removeprefix("rule-"), href.split("#question-")[1])
        for rule in whole_rules(client)
        for line in rule.all("span", class_="dates")
        if line.text.startswith("Reads the answer to:")
        for href in links_of(line)
    }
    assert from_table == from_book
    assert len(from_table) > 50


def test_the_rule_book_says_which_questions_are_read_through_other_rules_only(
    client: PageClient, page: Page
):
    through = [
        href.split("#question-")[1]
        for rule in whole_rules(client)
        for line in rule.all("span", class_="dates")
        if line.text.startswith("Through other rules, reads the answer to:")
        for href in links_of(line)
    ]
    for question in QUESTIONS:
        said = row_of(page, question).children[3].text
        count = through.count(question.id)
        text = f"Rules that read it only through other rules: {count}"
        assert (text in said) == (count > 0)


def test_every_rule_says_what_it_reads(client: PageClient):
    rules = whole_rules(client)
    assert len(rules) == len(decider().policy.rules)
    assert all(re.search(r"[Rr]eads ", rule.text) for rule in rules)


def test_every_question_is_read_by_a_rule(page: Page):
    assert "No rule reads the answer." not in page.main.text


def test_the_rule_book_leads_to_all_questions(client: PageClient):
    assert "/en/flow" in client.get("/en/rules").links()


# The page


@pytest.mark.parametrize("tag", languages())
def test_the_page_is_small(app: Flask, tag: str):
    html = app.test_client().get(f"/{tag}/flow").get_data()
    assert len(gzip.compress(html, 6)) < LARGEST_HTML


# The command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(flow_command, arguments)


@pytest.mark.parametrize("tag", languages())
def test_the_command_writes_the_picture_in_every_language(tag: str, tmp_path: Path):
    file = tmp_path / "flow.svg"
    result = run("--lang", tag, "--output", str(file))
    assert (result.exit_code, result.output) == (0, "")
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [
        label.text
        for size, centred in dict.fromkeys((x.size, x.centred) for x in drawn(tag).labels)
        for label in drawn(tag).labels
        if (label.size, label.centred) == (size, centred)
    ]


def drawn(tag: str) -> Picture:
    return picture(languages()[tag])


def test_without_a_file_the_command_writes_to_standard_output():
    result = run()
    assert result.exit_code == 0
    root = ET.fromstring(result.output)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Picture of the questions"


def test_a_picture_for_a_file_brings_its_own_paper_and_ink():
    root = ET.fromstring(run().output)
    assert root.get("color")
    assert root.find("{http://www.w3.org/2000/svg}rect[@fill='#fff']") is not None


def test_the_command_refuses_a_language_that_does_not_exist():
    result = run("--lang", "xx")
    assert result.exit_code == 2
    assert "`xx` is not one of" in result.output
    assert all(tag in result.output for tag in languages())


def test_the_picture_follows_the_questions():
    changed = [replace(step, text="Another?") if step.name == "a" else step for step in STEPS]
    assert "Another?" in {label.text for label in draw(changed, "End").labels}
