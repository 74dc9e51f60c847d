"""Drawings: one for everything in the policy, ours, small, and said in words beside them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import brotli
import pytest

from rules import default_decider
from tests.support.journeys import DECIDED, ROUTES
from tests.support.page_client import PageClient
from wizard.templating.icons import FOLDER, drawing, icon, sprite

POLICY = default_decider().policy
ROOMS = {"organisations": POLICY.organisations, "help": POLICY.supports}
DRAWN = [*POLICY.organisations, *POLICY.supports]
SHAPES = {"path", "circle"}
LARGEST = 120
"""In bytes, compressed."""


@pytest.mark.parametrize("name", DRAWN)
def test_every_organisation_and_kind_of_help_has_a_small_drawing_of_lines(name: str):
    (path,) = FOLDER.rglob(f"{name}.svg")
    drawn = ET.parse(path).getroot()
    assert drawn.attrib["viewBox"] == "0 0 24 24"
    assert {each.tag.rpartition("}")[2] for each in drawn} <= SHAPES
    assert len(brotli.compress((drawing(name) or "").encode())) <= LARGEST


def test_no_two_things_have_the_same_name_or_drawing():
    assert len({drawing(name) for name in DRAWN}) == len(DRAWN) == len(set(DRAWN))


def test_no_drawing_is_left_over():
    standing = {room.name: {path.stem for path in room.iterdir()} for room in FOLDER.iterdir()}
    assert standing == {room: set(drawn) for room, drawn in ROOMS.items()}


@pytest.mark.parametrize("name", ["unknown", "../icons/iom", "", "IOM"])
def test_without_a_drawing_there_are_the_words_alone(name: str):
    assert icon(name) == ""
    assert "<symbol" not in sprite([name])


def test_a_file_that_is_no_drawing_is_refused(tmp_path: Path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "odd.svg").write_text("<p>no</p>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"odd\.svg"):
        drawing("odd", tmp_path)


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_every_drawing_used_on_the_result_is_on_the_page_once(
    client: PageClient, route: dict[str, str]
):
    client.answer_all(route)
    html = client.get("/en/result").html
    used = set(re.findall(r'<use href="#icon-(\w+)"', html))
    assert used
    assert sorted(re.findall(r'<symbol id="icon-(\w+)"', html)) == sorted(used)


def test_a_drawing_is_not_read_aloud_and_never_alone(client: PageClient):
    client.answer_all(DECIDED)
    page = client.get("/en/result")
    drawings = page.document.all("svg")
    assert drawings
    for each in drawings:
        assert each["aria-hidden"] == "true"
    for link in page.main.all("a"):
        assert link.text
