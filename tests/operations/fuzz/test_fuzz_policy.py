"""A damaged policy file is refused with a named error, or it is no damage: never anything else."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from questions import DataError
from rules import Decider, load_policy
from rules.load.fingerprint import data_files
from rules.load.policy import ROOT
from wizard.policy_in_force import PolicyInForce

VALUES = (
    *('""', '"  "', '"x"', "1", "-1", "0", "1e400", "nan", "true", "[]", "{}", "[[]]", "[{}]"),
    *(
        "1979-05-27",
        "07:32:00",
        '["x", "x"]',
        "[1]",
        "{ any = 1 }",
        '{ not = "x" }',
        "{ any = [] }",
    ),
    *(
        "{ at_least = 0, of = [] }",
        '{ return_choice = "x" }',
        "{ return_choice = {} }",
        '"\\u0000"',
    ),
    *("{ x = { x = { x = {} } } }", "'''", '"""', "9" * 5000, "[" * 200, "{ a = " * 200),
)
KEYS = ("id", "when", "then", "source", "text", "type", "option", "rank", "valid_from", "x", "")


def _cut(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text))]


def _line_away(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return "".join(lines)


def _line_twice(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "".join(lines)


def _lines_swapped(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _other_value(text: str, rng: random.Random) -> str:
    found = rng.choice(list(re.finditer(r"= (.+)$", text, re.MULTILINE)))
    return text[: found.start(1)] + rng.choice(VALUES) + text[found.end(1) :]


def _other_key(text: str, rng: random.Random) -> str:
    found = rng.choice(list(re.finditer(r"^(\w+) = ", text, re.MULTILINE)))
    return text[: found.start(1)] + rng.choice(KEYS) + text[found.end(1) :]


def _other_heading(text: str, rng: random.Random) -> str:
    found = rng.choice(list(re.finditer(r"^\[.*\]$", text, re.MULTILINE)) or [None])
    if found is None:
        return _cut(text, rng)
    heading = rng.choice(("[x]", "[[x]]", "[rule]", "[[question]]", "[fact.x]", "[a.b.c]", "["))
    return text[: found.start()] + heading + text[found.end() :]


def _other_word(text: str, rng: random.Random) -> str:
    """A name put where another one stood: the likeliest mistake of all."""
    words = re.findall(r'"([a-z_]+)"', text)
    if not words:
        return _cut(text, rng)
    return text.replace(f'"{rng.choice(words)}"', f'"{rng.choice([*words, "misspelt"])}"', 1)


def _letter(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + rng.choice("\x00\"'{}[]=,.#\n\tä\u202e") + text[place + 1 :]


DAMAGE: tuple[Callable[[str, random.Random], str], ...] = (
    *(_cut, _line_away, _line_twice, _lines_swapped, _other_value, _other_value, _other_key),
    *(_other_heading, _other_word, _letter),
)


def damage(folder: Path, rng: random.Random) -> str:
    """Damage one file below the folder; which one and how."""
    file = rng.choice(data_files(folder))
    if rng.random() < 0.05:
        place = rng.randrange(file.stat().st_size)
        content = file.read_bytes()
        file.write_bytes(content[:place] + b"\xff\xfe\xc3" + content[place:])
        return f"bytes in {file.name}"
    text = file.read_text(encoding="utf-8")
    how = rng.choice(DAMAGE)
    file.write_text(how(text, rng), encoding="utf-8")
    return f"{how.__name__} in {file.name}"


def heal(folder: Path) -> None:
    """Put every file back."""
    for file in data_files(ROOT):
        shutil.copy(file, folder / file.relative_to(ROOT))


@pytest.mark.parametrize(
    "count", [pytest.param(100, id="100"), pytest.param(5000, id="5000", marks=pytest.mark.slow)]
)
def test_a_damaged_policy_is_refused_by_file_and_key_or_works_as_a_whole(
    policy_folder: Path, count: int, record_property: Callable[[str, object], None]
):
    outcomes = Counter[str]()
    for seed in range(count):
        heal(policy_folder)
        what = damage(policy_folder, random.Random(seed))
        try:
            policy = load_policy(policy_folder)
        except DataError as error:
            outcomes["refused"] += 1
            assert re.match(r"[a-z_]+\.toml: \S", str(error)), (seed, what, str(error))
        except Exception as error:
            raise AssertionError(f"seed {seed}, {what}: {error!r}") from error
        else:
            outcomes["loaded"] += 1
            if seed % 10 == 0:
                Decider(policy).path({})
    record_property("damaged policies", dict(outcomes))
    assert outcomes.total() == count
    assert outcomes["refused"] > count / 3


def test_a_service_never_starts_with_a_damaged_policy_that_loading_refuses(policy_folder: Path):
    refused = 0
    for seed in range(40):
        heal(policy_folder)
        damage(policy_folder, random.Random(seed))
        try:
            load_policy(policy_folder)
        except DataError:
            refused += 1
            with pytest.raises(DataError):
                PolicyInForce(policy_folder)
    assert refused > 10
