"""Changes to a copy of the policy data, as somebody who edits it would make them."""

from __future__ import annotations

from pathlib import Path


def replace_once(file: Path, old: str, new: str) -> None:
    """Replace what stands in the file, and put the file back as a whole."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    changed = file.with_suffix(".new")
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    changed.replace(file)


def set_version(folder: Path, version: str) -> None:
    """Give the policy another version."""
    file = folder / "rules" / "policy" / "policy.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    [line] = [line for line in lines if line.startswith("version = ")]
    replace_once(file, line, f'version = "{version}"\n')


def break_it(folder: Path) -> None:
    """Let a rule name a source that does not exist."""
    file = folder / "rules" / "policy" / "rules" / "steps.toml"
    text = file.read_text(encoding="utf-8")
    [first, *_] = [line for line in text.splitlines() if line.startswith("source = ")]
    replace_once(file, first, 'source = "no_such_source"')


def mend(folder: Path) -> None:
    """Take back what `break_it` did."""
    from rules.load.policy import ROOT

    name = Path("rules", "policy", "rules", "steps.toml")
    (folder / name).write_bytes((ROOT / name).read_bytes())
