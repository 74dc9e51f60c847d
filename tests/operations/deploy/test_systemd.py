"""The unit for systemd is right, closed up, and leaves the service what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.deploy.test_deploy import ROOT, UNIT, run
from tests.support.http_visitor import ask, walk
from tests.support.journeys import STAY
from tests.support.servers import start, stop

LEAST_EXPOSED = 15
"""systemd's own measure goes from 0 to 100; above this, something was opened."""
CONFINED = (sys.executable, str(Path(__file__).with_name("confined.py")), str(UNIT))


def test_systemd_finds_no_mistake_in_the_unit(tmp_path: Path):
    text = UNIT.read_text(encoding="utf-8")
    assert text.count("/opt/terugkeerwijzer") >= 3
    unit = tmp_path / UNIT.name
    here = text.replace("/opt/terugkeerwijzer/.venv/bin/gunicorn", f"{sys.executable}")
    unit.write_text(here.replace("/opt/terugkeerwijzer", str(ROOT)), encoding="utf-8")
    assert run("systemd-analyze", "verify", "--man=no", unit).strip() == ""


def test_systemd_says_that_the_unit_is_closed_up():
    threshold = f"--threshold={LEAST_EXPOSED}"
    run("systemd-analyze", "security", "--offline=true", threshold, UNIT)


def confined(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program with the system calls that the unit allows."""
    return subprocess.run(
        [*CONFINED, *command], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.mark.parametrize("command", ["nice -n 1 true", "chroot / true"])
def test_what_the_unit_does_not_allow_is_refused(command: str):
    assert "not permitted" in confined("/bin/sh", "-c", command).stderr


def test_the_service_answers_with_the_system_calls_that_the_unit_allows(tmp_path: Path):
    service = start(tmp_path, before=CONFINED)
    try:
        cookie = walk(service.port, STAY).cookie
        assert ask(service.port, "/en/result", headers={"Cookie": cookie}).status == 200
        service.reload()
        assert ask(service.port, "/readyz").status == 200
    finally:
        stop(service)


def test_a_paper_is_drawn_with_the_system_calls_that_the_unit_allows():
    page = "<html lang='en'><head><title>x</title></head><body><h1>\u1230</h1></body></html>"
    code = f"from wizard.paper.printing import make_pdf; print(make_pdf({page!r})[:5])"
    done = confined(sys.executable, "-c", code)
    assert done.stdout.strip() == "b'%PDF-'", done.stderr
