"""What we are made of is known, pinned by hash, and looked up among known weaknesses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
TOOLS = Path(sys.executable).parent
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
_UNREACHABLE = ("ConnectionError", "Connection", "Max retries", "resolve", "timed out", "Timeout")
_UNREACHABLE += ("403", "404", "502", "503", "ServiceError", "SSL", "Forbidden")


def blocks(lock: Path) -> list[str]:
    """Each requirement of a lock with its hashes."""
    text = re.sub(r"^\s*#.*$", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [block for block in re.split(r"\n(?=\S)", text.strip()) if block]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_to_one_version_and_its_hashes(lock: Path):
    assert blocks(lock)
    for block in blocks(lock):
        assert _PIN.match(block), block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_a_place_to_fetch_from(lock: Path):
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index-url|--find-links|--trusted-host|--extra-index", text)


def pinned(name: str) -> dict[str, set[str]]:
    """Versions by package in one lock: several where they differ by the version of Python."""
    found: dict[str, set[str]] = {}
    for package, version in _PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(package, set()).add(version)
    return found


def test_what_is_tested_is_what_is_served():
    tested = pinned("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-redis.lock"):
        for package, versions in pinned(lock).items():
            assert tested[package] == versions, package


def test_what_is_installed_here_is_what_is_locked():
    locked = pinned("requirements-dev.lock")
    installed = {
        each.metadata["Name"].lower().replace("_", "-").replace(".", "-"): each.version
        for each in distributions()
    }
    assert "flask" in installed
    wrong = {
        package: version
        for package, version in installed.items()
        if version not in locked.get(package, {version})
    }
    assert wrong == {}


def test_every_package_for_the_browser_tests_is_pinned_by_its_hash():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    for name, each in packages.items():
        assert each["integrity"].startswith("sha512-"), name
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"[\d.]+", version) for version in wanted.values()), wanted


def test_the_bill_of_materials_names_every_package_with_its_hash(tmp_path: Path):
    file = tmp_path / "sbom.json"
    subprocess.run(
        [
            *(TOOLS / "cyclonedx-py", "requirements", ROOT / "requirements.lock"),
            *("--output-reproducible", "--of", "JSON", "-o", file),
        ],
        check=True,
        capture_output=True,
    )
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["bomFormat"] == "CycloneDX"
    named = {each["name"].lower(): each for each in document["components"]}
    assert set(named) == set(pinned("requirements.lock"))
    for package, versions in pinned("requirements.lock").items():
        assert named[package]["version"] in versions
        assert named[package]["purl"].startswith(f"pkg:pypi/{package}@")
        assert named[package]["externalReferences"][0]["hashes"], package


def test_no_package_that_is_served_has_a_known_weakness():
    """Where the data of pip-audit cannot be reached, it says so: that is no pass."""
    made = subprocess.run(
        [
            *(TOOLS / "pip-audit", "--requirement", ROOT / "requirements-redis.lock"),
            *("--disable-pip", "--no-deps", "--progress-spinner", "off", "--timeout", "5"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said = made.stdout + made.stderr
    # It ends with success where it found nobody to ask: "could not be audited" for each package.
    nobody_asked = "could not be audited" in said
    failed = made.returncode and not re.search(r"Found \d+ known vulnerabilit", said)
    if nobody_asked or failed:
        assert nobody_asked or any(word in said for word in _UNREACHABLE), said
        told = "pip-audit could not reach its data: known weaknesses were NOT looked up"
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    assert made.returncode == 0, said
