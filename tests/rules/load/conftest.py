"""A copy of the data for each test of a loader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.broken.data import copy_data


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_data(tmp_path)
