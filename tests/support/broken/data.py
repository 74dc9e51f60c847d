"""A copy of the policy data in which one thing is broken."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from questions import DataError
from rules.load.policy import ROOT, load_policy

_FOLDERS = ("questions", "rules/policy", "rules/policy/rules", "rules/policy/country_facts")
QUESTIONS = "questions/questions.toml"
CODES = "questions/countries.toml"

NOT_THERE = "is not one of"
TEXT = "a text is missing"
UNKNOWN_KEY = "unknown key"
DAY = "a date such as 2026-01-31, without quotes, is needed"
"""What the messages about the most common mistakes say."""


def policy_file(name: str) -> str:
    return f"rules/policy/{name}.toml"


def rules_file(name: str) -> str:
    return policy_file(f"rules/{name}")


@dataclass(frozen=True)
class Mistake:
    """A change of one file, and the message that must name it."""

    path: str
    changes: Sequence[tuple[str, str]]
    """Texts to replace at their first place; each must be there."""
    place: str
    """File and key, as the message must begin."""
    problem: str
    """A part of the rest of the message."""

    def __str__(self) -> str:
        return f"{self.place} {self.problem}"


def mistake(path: str, old: str, new: str, place: str, problem: str) -> Mistake:
    """A mistake that takes one replacement."""
    return Mistake(path, [(old, new)], place, problem)


def blank(path: str, before: str, key: str, place: str) -> Mistake:
    """The first text with this key after `before` becomes empty."""
    return mistake(path, f"{before}{key} = ", f"{before}{key} = '' # ", place, TEXT)


def copy_data(to: Path) -> Path:
    """Copy the data files that a policy is loaded from into a folder."""
    for folder in _FOLDERS:
        (to / folder).mkdir(parents=True)
        for file in (ROOT / folder).glob("*.toml"):
            shutil.copy(file, to / folder)
    return to


def copy_everything(to: Path) -> Path:
    """Copy the data with all that stands beside them: laws, known findings, former policies."""
    for name in ("questions", "rules"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("*.py", "__*"))
    return to


def changed_copy(to: Path, path: str, old: str, new: str) -> Path:
    """Copy everything, with one text replaced that stands in a file once."""
    copy = copy_everything(to)
    text = (copy / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} has this {text.count(old)} times: {old!r}"
    (copy / path).write_text(text.replace(old, new), encoding="utf-8")
    return copy


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text at the first place where it stands in a file below `root`."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    changed = text.replace(old, new, 1)
    assert changed != text
    (root / path).write_text(changed, encoding="utf-8")


def assert_refused(root: Path, mistake_: Mistake) -> None:
    """The data load, and no longer after the mistake, for exactly the reason expected."""
    for old, new in mistake_.changes:
        change(root, mistake_.path, old, new)
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith(f"{mistake_.place}: ")
    assert mistake_.problem in str(caught.value)
