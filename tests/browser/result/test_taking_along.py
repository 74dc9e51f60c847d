"""Sharing and the calendar are the device's own: nothing of them comes to us or to anybody else."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.support.journeys import DECIDED, FORCED

SHARES = """navigator.share = async (data) => { window.shared = data; };"""
NO_SHARE = """delete Navigator.prototype.share;"""


def test_the_text_is_shared_by_the_device_and_sent_nowhere(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor("en")
    visitor.page.add_init_script(SHARES)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("paper")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.get_by_role("button", name="Share").click()
    shared = visitor.page.evaluate("window.shared")
    assert shared == {"text": visitor.page.locator("textarea").input_value()}
    assert asked == []


def test_where_the_device_cannot_share_there_is_no_button(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor("en")
    visitor.page.add_init_script(NO_SHARE)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("paper")
    expect(visitor.page.locator("[data-copy]")).to_be_visible()
    expect(visitor.page.locator("[data-share]")).to_be_hidden()


def test_an_appointment_is_made_on_the_device_and_tells_nothing(
    new_visitor: VisitorMaker, tmp_path: Path
) -> None:
    visitor = new_visitor("en")
    visitor.answer_behind_the_scenes(FORCED)
    visitor.go("paper")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.get_by_label("Day and time").fill("2026-12-03T14:30")
    with visitor.page.expect_download() as made:
        visitor.page.get_by_role("button", name="Save in the calendar").click()
    assert made.value.suggested_filename == "appointment.ics"
    made.value.save_as(tmp_path / "a.ics")
    lines = (tmp_path / "a.ics").read_bytes().decode().split("\r\n")
    said = dict(line.partition(":")[::2] for line in lines if line)
    assert said["DTSTART"] == "20261203T143000"
    assert said["SUMMARY"] == "Appointment"
    assert set(said) == {
        *("BEGIN", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "END"),
    }
    assert "terugkeer" not in "".join(lines).lower()
    assert [url for url in asked if not url.startswith("blob:")] == []


def test_without_a_day_no_file_is_made(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor("en")
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("paper")
    visitor.page.get_by_role("button", name="Save in the calendar").click()
    expect(visitor.page.get_by_label("Day and time")).to_be_focused()


def test_without_javascript_there_is_neither(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor("en", javascript=False)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.page.goto(visitor.place("paper"))
    expect(visitor.page.locator("[data-share]")).to_be_hidden()
    expect(visitor.page.locator("[data-appointment]")).to_be_hidden()
