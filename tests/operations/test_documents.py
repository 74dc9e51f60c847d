"""The documents about security speak of tests and files that are there."""

from __future__ import annotations

import re
from pathlib import Path

from prometheus_client import Counter, Histogram

from wizard.monitoring import metrics

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "docs" / "threat-model.md"
AGAINST = (
    *("same computer", "abusive partner", "border officer", "curious host", "reads the logs"),
    *("malicious website", "supply chain"),
)


def existing_tests() -> set[str]:
    """The name of every test of this project."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {
        name
        for file in files
        for name in re.findall(r"^ *def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


def test_every_test_that_the_threat_model_names_is_there():
    named = set(re.findall(r"`(test_\w+)`", MODEL.read_text(encoding="utf-8")))
    assert len(named) > 25
    assert named - existing_tests() == set()


def test_the_threat_model_speaks_of_everybody_it_must_and_of_what_does_not_protect():
    text = MODEL.read_text(encoding="utf-8")
    sections = text.split("\n## ")[1:]
    headings = " | ".join(section.splitlines()[0] for section in sections)
    assert [who for who in AGAINST if who not in headings] == []
    assert all("`test_" in section for section in sections)
    assert text.count("Does not protect:") >= len(AGAINST)


def test_every_file_that_the_documents_name_is_there():
    for document in (MODEL, ROOT / "SECURITY.md", ROOT / "deploy" / "README.md"):
        text = document.read_text(encoding="utf-8")
        named = re.findall(r"`((?:deploy|docs|tests|wizard|serving)/[\w./-]+)`", text)
        named += re.findall(r"\]\(([\w./-]+)\)", text)
        for name in named:
            assert (ROOT / name).exists(), f"{document.name}: {name}"


def test_every_figure_and_its_labels_are_in_the_documents():
    text = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if "`terugkeerwijzer_" in line]
    figures = [each for each in vars(metrics).values() if isinstance(each, Counter | Histogram)]
    assert len(figures) >= 6
    for figure in figures:
        name = figure._name.removeprefix("terugkeerwijzer")
        [row] = [row for row in rows if re.search(rf"{name}(_total)?`", row)]
        assert row.split(" | ")[1].removesuffix(" |") == (", ".join(figure._labelnames) or "none")
