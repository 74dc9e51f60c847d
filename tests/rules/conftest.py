"""Settings for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
THOROUGH = {
    HERE / "test_engine_agrees_with_the_oracle.py",
    HERE / "test_every_key_is_checked.py",
    HERE / "explain" / "test_dependencies.py",
    HERE / "explain" / "test_why_not.py",
    HERE / "proof" / "test_difference.py",
    HERE / "proof" / "test_prove.py",
    HERE / "proof" / "test_space.py",
}
"""They break or compare so much that `make test-fast` leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them."""
    for item in items:
        if item.path in THOROUGH:
            item.add_marker(pytest.mark.thorough)
