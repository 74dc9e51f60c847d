"""What the tests of this folder share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rules.load.fingerprint import data_files
from rules.load.policy import ROOT


@pytest.fixture
def policy_folder(tmp_path: Path) -> Path:
    """A copy of the policy data that a test may change."""
    folder = tmp_path / "policy"
    for file in data_files(ROOT):
        copy = folder / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    return folder
