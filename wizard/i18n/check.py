"""Checks every catalogue: complete, every placeholder and number kept, true to the glossary, and
as strong as the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import check_and_call_extract_file
from babel.messages.frontend import parse_mapping_cfg

from questions import DataError
from questions.text_files import is_ours
from wizard.i18n.client_wording import client_wording
from wizard.i18n.glossary import Glossary, load_glossary
from wizard.i18n.languages import FOLDER
from wizard.i18n.modality import Modality, modality
from wizard.i18n.po_file import read_catalogue
from wizard.i18n.review import State, source_of, state_of, translations_of, unseen

_ROOT = FOLDER.parent
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "both": None}
_MARKUP = re.compile(r"</?\w[^<>]*>|&#?\w+;")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_GROUPING = ".,٬\u00a0\u202f"
_NUMBER = re.compile(rf"\d[\d{_GROUPING}]*\d|\d")


@dataclass(frozen=True)
class Rules:
    """What the translations of one language must keep to."""

    glossary: Glossary
    modality: Modality

    def problems(self, source: str, text: str) -> Iterator[str]:
        """What is wrong with this translation of an English text."""
        if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(source)):
            yield "placeholder lost or added"
        elif _digits(text) != _digits(source):
            yield "number lost or added"
        if sorted(_MARKUP.findall(text)) != sorted(_MARKUP.findall(source)):
            yield "markup lost or added"
        for term in self.glossary.breaches(source, text):
            yield f"the glossary's word for {term} is not used"
        for word in self.modality.lost(source, text):
            yield f"no rendering of `{word}` (modality.toml) in {text!r}"


def rules_of(tag: str, folder: Path = FOLDER) -> Rules:
    """What the translations of this language must keep to. Raises `DataError`."""
    return Rules(load_glossary(tag, folder), modality(folder)[tag])


def check_translations(folder: Path = FOLDER) -> list[str]:
    """What is wrong in the catalogues, one line each; empty where nothing is."""
    wanted = set(source_texts())
    problems = [*client_wording(folder).problems(wanted)]
    used: set[tuple[str, str]] = set()
    unread = False
    for tag, modal in modality(folder).items():
        try:
            catalogue = read_catalogue(catalogue_path(tag, folder))
        except DataError as error:
            problems.append(f"{tag}: {error}")
            unread = True
            continue
        problems += (
            f"{tag}: {each}" for each in _problems(catalogue, wanted, rules_of(tag, folder))
        )
        used.update(_exceptions_used(catalogue, modal))
    if not unread:
        problems += _needless_exceptions(modality(folder), used)
        problems += (f"seen.toml: no group has this text: {each!r}" for each in unseen(catalogue))
    return problems


def translation_states(folder: Path = FOLDER) -> Iterator[tuple[str, State]]:
    """How far the review of each language is. `check_translations` names those that are left out:
    their catalogue cannot be read.
    """
    for tag in modality(folder):
        with suppress(DataError):
            yield tag, state_of(read_catalogue(catalogue_path(tag, folder)), folder)


def catalogue_path(tag: str, folder: Path = FOLDER) -> Path:
    """Where the catalogue of a language stands."""
    return folder / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"


def source_texts() -> Iterator[str]:
    """Every text to translate, in code, templates and data."""
    with (_ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for path in _files([pattern for pattern, _ in methods]):
        for _file, _line, message, _comments, _context in check_and_call_extract_file(
            path, methods, options, None, _KEYWORDS, (), False, _ROOT
        ):
            yield message if isinstance(message, str) else message[0]


def _files(patterns: list[str]) -> list[Path]:
    """Our files that a pattern of Babel means: its `**` is a folder or a name of any depth."""
    found = {path for each in patterns for path in _ROOT.glob(each.replace("**", "**/*"))}
    return sorted(path for path in found if is_ours(path, path.suffix))


def _problems(catalogue: Catalog, wanted: set[str], rules: Rules) -> Iterator[str]:
    yield from _missing(catalogue, wanted)
    for message in catalogue:
        if message.id:
            yield from _problems_of(message, rules)


def _exceptions_used(catalogue: Catalog, modal: Modality) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        for text in translations_of(message):
            yield from modal.uses(source_of(message), text)


def _needless_exceptions(
    by_tag: Mapping[str, Modality], used: set[tuple[str, str]]
) -> Iterator[str]:
    listed = {each for modal in by_tag.values() for each in modal.excused}
    for word, text in sorted(listed - used):
        yield f"modality.toml: no language needs the exception for `{word}`: {text!r}"


def _missing(catalogue: Catalog, wanted: set[str]) -> Iterator[str]:
    known = {source_of(message) for message in catalogue}
    for text in sorted(wanted - known):
        yield f"not in the catalogue: {text!r}"
    for text in sorted(known - wanted - {""}):
        yield f"no longer used: {text!r}"


def _problems_of(message: Message, rules: Rules) -> Iterator[str]:
    source = source_of(message)
    if message.fuzzy:
        yield f"fuzzy: {source!r}"
    for text in translations_of(message):
        problems = rules.problems(source, text) if text else ("not translated",)
        yield from (f"{problem}: {source!r}" for problem in problems)


def _digits(text: str) -> list[str]:
    """The numbers of a text, however a language groups or writes their digits."""
    ascii_text = "".join(str(int(c)) if c.isdigit() else c for c in text)
    return sorted(re.sub(f"[{_GROUPING}]", "", number) for number in _NUMBER.findall(ascii_text))
