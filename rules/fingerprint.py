"""The fingerprint of a policy: which data gave a result."""

from __future__ import annotations

import hashlib
from pathlib import Path

from questions import DataError

_DATA = (
    *("questions/*.toml", "rules/policy/*.toml"),
    *("rules/policy/rules/*.toml", "rules/policy/country_facts/*.toml"),
)


def fingerprint(root: Path) -> str:
    """SHA-256, in hex, over names and contents of all policy data below `root`."""
    digest = hashlib.sha256()
    for path in data_files(root):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DataError(f"{path.name}: cannot be read: {error.strerror}") from error
        name = path.relative_to(root).as_posix().encode()
        digest.update(b"%d:%s%d:%s" % (len(name), name, len(content), content))
    return digest.hexdigest()


def data_files(root: Path) -> list[Path]:
    """Every data file of the policy and the questionnaire, in a fixed order."""
    return sorted(path for pattern in _DATA for path in root.glob(pattern))
