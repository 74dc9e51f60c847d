"""The fingerprint of a policy: which data gave a result."""

from __future__ import annotations

import hashlib
from pathlib import Path

from questions import DataError
from questions.text_files import own_files, same_text

FOLDERS = ("questions", "rules/policy", "rules/policy/rules", "rules/policy/country_facts")
"""Where the data files of a policy and its questionnaire stand."""


def fingerprint(root: Path) -> str:
    """SHA-256, in hex, over names and texts of all policy data below `root`.

    A byte order mark and other ends of lines, which some editors write, change no meaning and so
    no fingerprint.
    """
    digest = hashlib.sha256()
    for path in data_files(root):
        try:
            content = same_text(path.read_bytes())
        except OSError as error:
            raise DataError(f"{path.name}: cannot be read: {error.strerror}") from error
        name = path.relative_to(root).as_posix().encode()
        digest.update(b"%d:%s%d:%s" % (len(name), name, len(content), content))
    return digest.hexdigest()


def data_files(root: Path) -> list[Path]:
    """Every data file of the policy and the questionnaire, in a fixed order.

    Raises `DataError` where a folder cannot be read.
    """
    return sorted(path for folder in FOLDERS for path in own_files(root / folder, ".toml"))
