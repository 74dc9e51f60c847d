"""A policy by the name of a folder or of a git revision."""

import subprocess
from pathlib import Path

import pytest

from questions import DataError
from rules import default_decider
from rules.history.revisions import policy_at
from tests.support.broken.data import copy_everything


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with two versions of the policy, tagged `old` and `new`."""
    copy_everything(tmp_path)
    run(tmp_path, "init", "-q")
    commit(tmp_path, "old")
    head = tmp_path / "rules/policy/policy.toml"
    text = head.read_text()
    changed = text.replace(f'version = "{default_decider().policy.version}"', 'version = "next"')
    assert changed != text
    head.write_text(changed)
    commit(tmp_path, "new")
    return tmp_path


def run(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, tag: str) -> None:
    run(folder, "add", "-A")
    run(folder, "commit", "-qm", tag)
    run(folder, "tag", tag)


def test_a_revision_gives_the_policy_of_that_time(repository: Path) -> None:
    old, new = policy_at("old", repository), policy_at("new", repository)
    assert (old.version, new.version) == (default_decider().policy.version, "next")
    assert old.sha256 == default_decider().policy.sha256
    assert old.sha256 != new.sha256


def test_a_folder_gives_its_policy(repository: Path) -> None:
    assert policy_at(str(repository)).version == "next"


@pytest.mark.parametrize("name", ["no-such-revision", "--output=/dev/null", "-x"])
def test_what_is_no_folder_and_no_revision_is_named(name: str, repository: Path) -> None:
    with pytest.raises(DataError, match="is no folder and no git revision"):
        policy_at(name, repository)
