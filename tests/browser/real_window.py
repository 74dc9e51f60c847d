"""A real window with real keys: what the browser itself does with a key happens too.

A driver hands keys to the page only. Here the X server hands them to the window, as a keyboard
does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.browser.own_website import QuietHandler, served

_LONGEST_START = 60


class Screen:
    """A screen that nobody sees, with a keyboard."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display}

    def focus(self, title: str) -> None:
        """Give the keyboard to the window whose title has this in it. No window manager does it."""
        end = time.monotonic() + _LONGEST_START
        while time.monotonic() < end:
            found = self._do("search", "--onlyvisible", "--name", title)
            for window in found.split():
                self._do("windowfocus", window)
                if self._do("getwindowfocus").strip() == window:
                    # Into the page: a new window has its keyboard in the line for addresses.
                    self._do("mousemove", "640", "700", "click", "1")
                    return
            time.sleep(0.2)
        raise AssertionError(f"no window {title!r} took the keyboard")

    def press(self, *keys: str, pause: float = 0.12) -> None:
        """Press keys one after another, with a pause in seconds."""
        self._do("key", "--delay", str(round(pause * 1000)), *keys)

    def _do(self, *command: str) -> str:
        done = subprocess.run(
            ["xdotool", *command],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        return done.stdout


@contextmanager
def hidden_screen() -> Iterator[Screen]:
    """A screen with a number of its own, until the block ends."""
    assert shutil.which("Xvfb"), "xvfb is missing: make test-setup"
    assert shutil.which("xdotool"), "xdotool is missing: make test-setup"
    reading, writing = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb did not start"
        yield Screen(f":{number}")
    finally:
        process.terminate()
        process.wait(_LONGEST_START)


@contextmanager
def slow_weather(seconds: float) -> Iterator[str]:
    """The harmless page of another website, which takes its time: the address of it."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            time.sleep(seconds)
            body = b"<!doctype html><title>Weather</title><h1>Weather</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

    with served(Handler) as port:
        yield f"http://127.0.0.1:{port}/"
