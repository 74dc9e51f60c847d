"""Reads settings from the environment, each kind in one way.

What is wrong is said in one line: the setting, what it says, and what it may say. What is secret is
never repeated.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from limits import parse_many

from serving.origins import is_origin

LARGEST_PORT = 65535
SECONDS_COUNTED = 60
_WHOLE = re.compile(r"[0-9]{1,9}")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{3,30}[0-9]")
LARGEST_PICTURE = 20_000
"""Bytes: it comes with every first visit, also on a bad mobile network."""
_PICTURES = (".png", ".svg")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_FLAGS = {
    **dict.fromkeys(("true", "1", "yes", "on"), True),
    **dict.fromkeys(("false", "0", "no", "off"), False),
}
_COUNTS_IN = re.compile(r"memory://|(redis|rediss|redis\+cluster|redis\+sentinel)://\S+")


class SettingError(ValueError):
    """A setting that is not allowed."""


def refuse(name: str, value: str, allowed: str) -> NoReturn:
    """Raise `SettingError` for the setting `name`, which is `value` and should be `allowed`."""
    raise SettingError(f"{name}: {value!r} is not {allowed}")


class Environment:
    """The settings by name; one that is empty is as good as none, and has its default.

    Every method raises `SettingError` for what is not allowed.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        """Whatever it says, without spaces around."""
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        text = self.text(name, str(default))
        if text.lower() not in _FLAGS:
            refuse(name, text, "true or false")
        return _FLAGS[text.lower()]

    def one_of(self, name: str, *allowed: str) -> str:
        """One of some words; the first one without the setting."""
        text = self.text(name, allowed[0])
        if text not in allowed:
            refuse(name, text, " or ".join(allowed))
        return text

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        text = self.text(name, str(default))
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            refuse(name, text, f"a whole number from {least} to {most}")
        return int(text)

    def number(self, name: str, default: float, most: float) -> float:
        """A number from 0, such as 7.5."""
        text = self.text(name, str(default))
        if not _NUMBER.fullmatch(text) or float(text) > most:
            refuse(name, text, f"a number from 0 to {most:g}")
        return float(text)

    def path(self, name: str) -> Path | None:
        """A place in the file system; None without the setting."""
        text = self.text(name)
        return Path(text) if text else None

    def folder_with(self, name: str, default: Path, *below: str) -> Path:
        """A folder that has these in it."""
        folder = self.path(name) or default
        missing = [each for each in below if not (folder / each).is_dir()]
        if missing:
            refuse(name, str(folder), f"a folder with {' and '.join(below)} in it")
        return folder

    def log(self, name: str) -> str:
        """A file to which lines can be added, or "-" for the standard output, or nothing."""
        text = self.text(name)
        if text not in {"", "-"}:
            try:
                Path(text).open("ab").close()
            except OSError as error:
                refuse(name, text, f"a file that can be written, or - ({error.strerror})")
        return text

    def host(self, name: str, default: str) -> str:
        """An address of this machine, as a server listens to it: IPv6 in brackets."""
        text = self.text(name, default)
        return _listening(name, text, text)

    def bind(self, name: str) -> tuple[str, int] | None:
        """An address of this machine and a port; None without the setting."""
        text = self.text(name)
        if not text:
            return None
        host, colon, port = text.rpartition(":")
        if not colon or not _WHOLE.fullmatch(port) or not 0 < int(port) <= LARGEST_PORT:
            refuse(name, text, f"an address and a port up to {LARGEST_PORT}: 127.0.0.1:9100")
        return _listening(name, text, host or "0.0.0.0"), int(port)

    def web_address(self, name: str, default: str) -> str:
        """The address of a page on another website."""
        text = self.text(name, default)
        try:
            parts = urlsplit(text)
            right = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            right = False
        if not right or not text.isprintable() or " " in text:
            refuse(name, text, "a web address such as https://www.example.nl/")
        return text

    def phone(self, name: str) -> str | None:
        """A phone number; None without the setting."""
        text = self.text(name)
        if text and not _PHONE.fullmatch(text):
            refuse(name, text, "a phone number such as 020 123 45 67")
        return text or None

    def picture(self, name: str) -> Path | None:
        """A small picture in a file; None without the setting."""
        path = self.path(name)
        if path is None:
            return None
        if path.suffix.lower() not in _PICTURES or not path.is_file():
            refuse(name, str(path), f"a file whose name ends in {' or '.join(_PICTURES)}")
        if path.stat().st_size > LARGEST_PICTURE:
            refuse(name, str(path), f"a file of at most {LARGEST_PICTURE} bytes")
        return path

    def origins(self, name: str) -> tuple[str, ...]:
        """Websites, with commas or spaces between them: see `serving.origins`."""
        found = tuple(dict.fromkeys(self.text(name).replace(",", " ").split()))
        for each in found:
            if not is_origin(each):
                refuse(
                    name,
                    each,
                    "the origin of a website; write it as https://example.nl, in small letters, "
                    "without a path, a slash at the end or a wildcard",
                )
        return found

    def rate(self, name: str, default: str) -> str:
        """How many requests in how long; no longer than a minute, as the privacy page says."""
        text = self.text(name, default)
        try:
            seconds = max(limit.get_expiry() for limit in parse_many(text))
        except ValueError:
            seconds = SECONDS_COUNTED + 1
        if seconds > SECONDS_COUNTED:
            refuse(name, text, f"a number for a minute or less, such as {default}")
        return text

    def store_of_counts(self, name: str) -> str:
        """Where requests are counted. It can hold a password, and is not repeated."""
        text = self.text(name, "memory://")
        if not _COUNTS_IN.fullmatch(text):
            raise SettingError(f"{name}: what it says is not memory:// or the address of a Redis")
        return text

    def content(self, name: str) -> str | None:
        """What stands in a file, without the end of its line; None without the setting."""
        return self._read(name).strip() if self.text(name) else None

    def keys(self, name: str, name_of_file: str) -> tuple[str, ...]:
        """Fernet keys, from a file or from the setting itself; nothing without either."""
        if self.text(name_of_file):
            return self._fernet_keys(name_of_file, self._read(name_of_file))
        return self._fernet_keys(name, self.text(name)) if self.text(name) else ()

    def _read(self, name: str) -> str:
        file = self.text(name)
        try:
            # Notepad and PowerShell begin a file with a mark of the byte order.
            return Path(file).read_text(encoding="utf-8-sig")
        except OSError as error:
            refuse(name, file, f"a file that can be read ({error.strerror})")
        except ValueError:
            refuse(name, file, "a text file in UTF-8")

    @staticmethod
    def _fernet_keys(name: str, text: str) -> tuple[str, ...]:
        keys = tuple(text.replace(",", " ").split())
        if not keys:
            raise SettingError(f"{name}: there is no key in it; README says how to make one")
        for number, key in enumerate(keys, 1):
            try:
                Fernet(key)
            except ValueError as error:
                wrong = f"{name}: key {number} of {len(keys)} is not a Fernet key"
                raise SettingError(f"{wrong}; README says how to make one") from error
        return keys


def _listening(name: str, text: str, host: str) -> str:
    host = host.removeprefix("[").removesuffix("]")
    if not _can_listen(host):
        refuse(name, text, "an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1")
    return f"[{host}]" if ":" in host else host


def _can_listen(host: str) -> bool:
    try:
        [*_, (family, kind, _, _, address)] = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)
        with socket.socket(family, kind) as trial:
            trial.bind(address)
    except (OSError, ValueError):
        return False
    return True
