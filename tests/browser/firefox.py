"""Debian's Firefox ESR, driven over its own remote protocol (Marionette): no driver is needed."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LONGEST_START = 60
_PREFERENCES = {
    # Port 0: any free one; it is written into the profile.
    "marionette.port": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "extensions.update.enabled": False,
}


class Firefox:
    """One window."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()
        self.send("WebDriver:NewSession")

    def send(self, command: str, **parameters: Any) -> Any:
        """What Firefox answers to a command. Raises `RuntimeError` for an error."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            length += byte
        return json.loads(self._stream.read(int(length)))

    def go(self, address: str) -> None:
        """Open a page."""
        self.send("WebDriver:Navigate", url=address)

    def click(self, selector: str) -> None:
        """Press the first element that fits; what it leads to is loaded afterwards."""
        found = self.send("WebDriver:FindElement", using="css selector", value=selector)
        (element,) = found.values()
        self.send("WebDriver:ElementClick", id=element)

    def type(self, selector: str, keys: str) -> None:
        """Press keys, one after the other, in the first element that fits."""
        found = self.send("WebDriver:FindElement", using="css selector", value=selector)
        (element,) = found.values()
        self.send("WebDriver:ElementSendKeys", id=element, text=keys)

    def ask(self, script: str) -> Any:
        """What a function body returns in the page."""
        return self.send("WebDriver:ExecuteScript", script=script, args=[])

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        path.write_bytes(base64.b64decode(self.send("WebDriver:TakeScreenshot", full=True)))


@contextmanager
def running_firefox(
    folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Firefox]:
    """Firefox with a new profile in the folder, until the block ends.

    With an environment that names a screen, it has a real window on it.
    """
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "firefox-esr is missing: make test-setup"
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items())
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--marionette", "--no-remote", "--profile", str(folder)]
    if environment is None:
        command.append("--headless")
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield Firefox(_port(folder / "MarionetteActivePort"))
        finally:
            process.terminate()


def _port(path: Path) -> int:
    end = time.monotonic() + _LONGEST_START
    while time.monotonic() < end:
        if path.is_file() and (text := path.read_text(encoding="utf-8").strip()):
            return int(text)
        time.sleep(0.1)
    raise AssertionError("Firefox did not start")
