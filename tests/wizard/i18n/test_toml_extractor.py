"""What a person reads of the data goes to the translators, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.load.policy import ROOT
from wizard.i18n.toml_extractor import extract

POLICY = ROOT / "rules" / "policy"


def extracted(path: Path) -> dict[str, str]:
    """The texts that translators get of a file, by where they stand."""
    with path.open("rb") as file:
        return {place: text for _line, _function, text, [place] in extract(file)}


@pytest.mark.parametrize(
    ("name", "shown", "not_shown"),
    [
        ("amounts.toml", "eurp_adult.text", "eurp_adult.scheme"),
        ("policy.toml", "certainty.limited.text", "form.service.text"),
    ],
)
def test_a_text_that_is_shown_nowhere_is_translated_nowhere(name: str, shown: str, not_shown: str):
    places = extracted(POLICY / name)
    assert shown in places
    assert not_shown not in places


def test_the_name_of_a_source_is_no_text(tmp_path: Path):
    file = tmp_path / "some.toml"
    file.write_text('[one]\nwhat = "A desk"\n[one.source_of]\nhours = "seed"\n', encoding="utf-8")
    assert extracted(file) == {"one.what": "A desk"}
