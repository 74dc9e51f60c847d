"""A file that breaks while the service runs ends nothing: it goes on with what it has read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.http_visitor import ask, walk
from tests.support.keys import COOKIE_KEY
from tests.support.servers import Service, copy_of_the_service, start, stop

WITHIN = 60.0
DUTCH = "apparaat"
REFUSED = "The reload was refused"


@dataclass(frozen=True)
class Served:
    """A service, the code it reads and the file of its keys."""

    service: Service
    root: Path
    keys: Path

    def lines(self, said: str) -> list[str]:
        """The lines of its log that say this."""
        return [line for line in self.service.written().splitlines() if said in line]

    def wait_for_lines(self, said: str, many: int) -> list[str]:
        """Wait until so many lines say this."""
        end = time.monotonic() + WITHIN
        while len(self.lines(said)) < many:
            assert self.service.process.poll() is None, self.service.written()
            assert time.monotonic() < end, self.service.written()
            time.sleep(0.1)
        return self.lines(said)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("broken")
    root, keys = copy_of_the_service(folder / "code"), folder / "keys"
    keys.write_text(COOKIE_KEY)
    requests = folder / "requests.log"
    settings = {"COOKIE_KEYS_FILE": str(keys), "ACCESS_LOG": str(requests), "LOG_FORMAT": "json"}
    service = start(folder / "server", root=root, **settings)
    wait_until_all_have_answered(service, requests)
    yield Served(service, root, keys)
    stop(service)


def wait_until_all_have_answered(service: Service, requests: Path) -> None:
    """Wait for every worker: one that is still starting would see what a test breaks."""
    end = time.monotonic() + WITHIN
    while not service.workers() <= {
        json.loads(line)["pid"] for line in requests.read_text("utf-8").splitlines()
    }:
        assert time.monotonic() < end, service.written()
        ask(service.port, "/healthz")


def not_toml(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\nx = [")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:3000])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def no_text(file: Path) -> None:
    file.write_bytes(b"\xe9\0")


Spoil = Callable[[Path], None]
CATALOGUE = "translations/nl/LC_MESSAGES/messages.mo"
BROKEN: Mapping[str, tuple[str, Spoil, str]] = {
    "the list of languages": ("translations/languages.toml", not_toml, "languages.toml: "),
    "the client's wording": ("translations/your_client.toml", no_text, "your_client.toml: "),
    "the difficult words": ("translations/words.toml", not_toml, "words.toml: "),
    "a catalogue": (CATALOGUE, cut_short, "nl/LC_MESSAGES/messages.mo: "),
    "no catalogue": (CATALOGUE, Path.unlink, "nl/LC_MESSAGES/messages.mo: "),
    "a table of CLDR": ("wizard/i18n/cldr/fa.json", cut_short, "languages.toml: fa: "),
    "the keys": ("keys", emptied, "COOKIE_KEYS_FILE: "),
    "no keys": ("keys", Path.unlink, "COOKIE_KEYS_FILE: "),
    "a mistake in the code": ("wsgi.py", not_toml, "SyntaxError: "),
}


@contextmanager
def broken(served: Served, name: str, spoil: Spoil) -> Iterator[None]:
    """Break a file for as long as the block takes."""
    file = served.keys if name == "keys" else served.root / name
    content = file.read_bytes()
    spoil(file)
    try:
        yield
    finally:
        file.write_bytes(content)


@pytest.mark.parametrize(("name", "spoil", "told"), BROKEN.values(), ids=BROKEN)
def test_a_reload_with_a_broken_file_is_refused_in_one_line_and_everybody_is_served(
    served: Served, name: str, spoil: Spoil, told: str
):
    workers, said = served.service.workers(), len(served.service.written().splitlines())
    with broken(served, name, spoil):
        os.kill(served.service.master, signal.SIGHUP)
        refused = len(served.lines(REFUSED))
        line = served.wait_for_lines(REFUSED, refused + 1)[-1]
        assert told in line
        assert COOKIE_KEY not in line
        assert served.service.workers() == workers
        assert DUTCH in ask(served.service.port, "/nl/privacy").text
        assert ask(served.service.port, "/fa/words").status == 200
        assert walk(served.service.port, {"asylum_decision": "waiting"}).onward
    written = served.service.written().splitlines()[said:]
    assert [each for each in written if "Handling signal" not in each] == [line]


def test_a_worker_that_ends_meanwhile_takes_no_other_along_and_comes_back(served: Served):
    workers = served.service.workers()
    with broken(served, "translations/languages.toml", not_toml):
        os.kill(min(workers), signal.SIGKILL)
        [line, *_] = served.wait_for_lines("A worker cannot start", 1)
        assert "languages.toml: " in line
        for _ in range(10):
            assert DUTCH in ask(served.service.port, "/nl/privacy").text
    end = time.monotonic() + WITHIN
    while len(served.lines("Booting worker")) < 4 or len(served.service.workers()) < len(workers):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert served.service.process.poll() is None


def test_once_it_is_mended_a_reload_takes_it_in(served: Served):
    languages = served.root / "translations" / "languages.toml"
    with broken(served, "translations/languages.toml", not_toml):
        os.kill(served.service.master, signal.SIGHUP)
        served.wait_for_lines(REFUSED, len(served.lines(REFUSED)) + 1)
    text = languages.read_text("utf-8")
    languages.write_text(text.replace('name = "Nederlands"', 'name = "Ons Nederlands"'), "utf-8")
    served.service.reload()
    assert "Ons Nederlands" in ask(served.service.port, "/en/").text


@pytest.mark.parametrize(("name", "spoil", "told"), BROKEN.values(), ids=BROKEN)
def test_nothing_starts_with_a_broken_file_and_one_line_says_why(
    tmp_path: Path, name: str, spoil: Spoil, told: str
):
    root, keys = copy_of_the_service(tmp_path / "code"), tmp_path / "keys"
    keys.write_text(COOKIE_KEY)
    spoil(keys if name == "keys" else root / name)
    done = subprocess.run(
        [sys.executable, "-m", "serving"],
        cwd=root,
        env={**os.environ, "PORT": "0", "COOKIE_KEYS_FILE": str(keys)},
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN,
    )
    lines = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 2
    assert len([each for each in lines if told in each]) == 1
    assert not [each for each in lines if "Traceback" in each or "Exception" in each]
