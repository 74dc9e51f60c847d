"""Whatever a command cannot help ends in one line that says why, and exit 2."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from rules.load.policy import ROOT
from tests.wizard.commands.test_commands import WAITING_AND_STAYING
from wizard.commands import main

ANSWERS = json.dumps(WAITING_AND_STAYING).encode()
COMMAND = (sys.executable, "-m", "wizard")

Done = subprocess.CompletedProcess[bytes]


def run(*arguments: str, given: bytes = b"") -> Done:
    """The command."""
    done = CliRunner().invoke(main, arguments, input=given, catch_exceptions=False)
    return Done(arguments, done.exit_code, done.stdout_bytes, done.stderr_bytes)


def run_alone(*arguments: str, given: bytes, stdout: int = subprocess.PIPE, **env: str) -> Done:
    """The command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **env},
        check=False,
    )


def reason_of(done: Done) -> str:
    """The one line of a command that failed."""
    assert done.returncode == 2, done.stderr.decode()
    [line] = done.stderr.decode().splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    reason = reason_of(run("diff", "HEAD", str(ROOT)))
    assert reason == "HEAD: is no folder; git cannot be run: No such file or directory"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", "dubious ownership"),
        ("GIT_DIR", "/nowhere", "not a git repository"),
    ],
)
def test_the_reason_of_git_itself_is_told(
    variable: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv(variable, value)
    reason = reason_of(run("diff", "HEAD", str(ROOT)))
    assert reason.startswith("HEAD: is no folder and no git revision with a policy: fatal: ")
    assert told in reason


def test_a_revision_that_does_not_exist_is_told_as_git_does() -> None:
    assert "fatal: not a valid object name: nothing" in reason_of(run("diff", "nothing", str(ROOT)))


def test_a_folder_without_a_policy_is_named(tmp_path: Path) -> None:
    reason = reason_of(run("diff", str(ROOT), str(tmp_path)))
    assert reason == "policy.toml: cannot be read: No such file or directory"


def test_a_name_that_no_file_can_have_is_one_line() -> None:
    assert "File name too long" in reason_of(run("diff", "x" * 5000, str(ROOT)))


@pytest.mark.parametrize("into", ["/proc/archive", "/dev/null/archive"])
def test_a_folder_that_cannot_be_written_is_named(into: str) -> None:
    assert into.rpartition("/")[0] in reason_of(run("keep", str(ROOT), "--into", into))


def test_a_picture_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none" / "flow.svg"
    assert str(file) in reason_of(run("flow", "--output", str(file)))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"", "-: is not JSON"),
        (b"[" * 100_000, "-: is not JSON: nested too deeply"),
        (b'{"a":' * 100_000, "-: is not JSON: nested too deeply"),
        (b"1" * 5000, "-: is not JSON"),
        (ANSWERS.decode().encode("utf-16"), "-: is UTF-16 or no text; save it as UTF-8"),
        (b'{"country": "\xe9"}', "-: is not UTF-8 in line 1; save it as UTF-8"),
        (b"[]", "-: answers: "),
        (b"null", "-: answers: "),
        (b'{"answers": {"appeal": ["over"]}}', "-: appeal: "),
    ],
)
def test_what_is_no_set_of_answers_is_named(given: bytes, told: str) -> None:
    assert reason_of(run("explain", "-", given=given)).startswith(told)


@pytest.mark.parametrize("command", ["explain", "cases"])
def test_a_file_that_is_not_there_or_no_file_is_named(command: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    missing, folder = str(tmp_path / "none"), str(tmp_path / "folder")
    assert reason_of(run(command, missing)) == "none: cannot be read: No such file or directory"
    assert reason_of(run(command, folder)) == "folder: cannot be read: Is a directory"


@pytest.mark.parametrize(
    "saved", [b"\xef\xbb\xbf" + ANSWERS, b"\r\n" + ANSWERS + b"\r", ANSWERS + b"\n\n"]
)
def test_answers_are_taken_however_an_editor_saved_them(tmp_path: Path, saved: bytes) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(saved)
    expected = run("explain", "-", given=ANSWERS).stdout
    assert b"vwn: informs" in expected
    assert run("explain", str(file)).stdout == expected
    assert run("explain", "-", given=saved).stdout == expected


@pytest.mark.parametrize("encoding", ["iso-8859-1", "ascii"])
def test_a_terminal_that_has_no_arrow_gets_an_escape(encoding: str) -> None:
    done = run_alone("explain", "-", given=ANSWERS, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr.decode()
    assert b"vwn: informs" in done.stdout
    assert done.stderr == b""


def test_without_a_locale_it_prints_too() -> None:
    done = run_alone(
        "explain", "-", given=ANSWERS, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"vwn: informs" in done.stdout


def test_a_reader_that_went_away_is_one_line() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert reason_of(run_alone("explain", "-", given=ANSWERS, stdout=writing)) == "Broken pipe"
    finally:
        os.close(writing)


def test_a_full_disk_is_one_line() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        reason = reason_of(run_alone("explain", "-", given=ANSWERS, stdout=full))
    finally:
        os.close(full)
    assert reason == "No space left on device"


def test_an_interrupt_is_one_line() -> None:
    with subprocess.Popen(
        # What a shell runs in the background passes over interrupts: so would this.
        ["env", "--default-signal=INT", *COMMAND, "explain", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        # It waits for the answers then: the last that it can be doing.
        _wait_until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        # Its input stays open: the end of that must not come before the signal does.
        process.wait(60)
        out, said = process.communicate()
    assert (
        reason_of(subprocess.CompletedProcess([], process.returncode, out, said)) == "interrupted"
    )


def _wait_until_it_reads(pid: int) -> None:
    """Until the process sleeps in a read of its standard input."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if Path(f"/proc/{pid}/wchan").read_text().startswith(("pipe_read", "anon_pipe_read")):
            return
        if Path(f"/proc/{pid}/syscall").read_text().startswith("0 0x0 "):
            return
        time.sleep(0.05)
    raise TimeoutError


def test_a_mistake_in_the_arguments_is_told_with_the_usage() -> None:
    done = run("flow", "--lang", "xx")
    assert done.returncode == 2
    assert b"Usage:" in done.stderr
