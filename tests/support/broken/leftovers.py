"""What systems, editors and people leave beside a file, and what editors do to a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

NAMES = (
    "._{name}",
    ".#{name}",
    "#{name}#",
    ".{name}.swp",
    ".{name}.swx",
    "{name}~",
    ".~lock.{name}#",
    "~${name}",
    "{name}.orig",
    "{name}.rej",
    "{name}.bak",
    "{name}.tmp",
    "{name}.20261130",
    "{name}___jb_tmp___",
    "Copy of {name}",
    "{stem} (1).toml",
    "{stem} - Copy.toml",
    "{stem} copy.toml",
    "{stem}.orig.toml",
    "{stem}_BASE_1234.toml",
    "{stem}.sync-conflict-20261130-1200-ABC.toml",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".goutputstream-X1Y2Z3",
    "4913",
)
"""Names beside a file `{name}`; `{stem}` is the name without `.toml`."""

GARBAGE = b"\x00\x05\x16\x07\xff\xfe not a text \xe9"


def leave_beside(path: Path) -> None:
    """Leave everything beside this file: garbage under every name, a lock of Emacs, a folder."""
    for pattern in NAMES:
        left = path.with_name(pattern.format(name=path.name, stem=path.stem))
        if pattern == ".#{name}":
            left.symlink_to("somebody@somewhere.example.4711:1790000000")
        else:
            left.write_bytes(GARBAGE)
    path.with_name("old.toml").mkdir()


Saved = Callable[[bytes], bytes]

BOM = b"\xef\xbb\xbf"
SAVED: Mapping[str, Saved] = {
    "a byte order mark": lambda text: BOM + text,
    "CRLF": lambda text: text.replace(b"\n", b"\r\n"),
    "CR": lambda text: text.replace(b"\n", b"\r"),
    "a byte order mark and CRLF": lambda text: BOM + text.replace(b"\n", b"\r\n"),
    "no newline at the end": lambda text: text.rstrip(b"\n"),
}
"""What editors do to a text without changing its meaning."""

UTF_16: Mapping[str, Saved] = {
    "UTF-16, little endian": lambda text: text.decode().encode("utf-16"),
    "UTF-16, big endian": lambda text: b"\xfe\xff" + text.decode().encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.decode().encode("utf-16-le"),
    "UTF-32": lambda text: text.decode().encode("utf-32"),
}
