"""Checks every catalogue: complete, every placeholder and number kept, true to the glossary, and
as strong as the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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

_ROOT = FOLDER.parent
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "both": None}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_GROUPING = ".,٬\u00a0\u202f"
_NUMBER = re.compile(rf"\d[\d{_GROUPING}]*\d|\d")


@dataclass(frozen=True)
class _Rules:
    """What the translations of one language must keep to."""

    glossary: Glossary
    modality: Modality


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
        rules = _Rules(load_glossary(tag, folder), modal)
        problems += (f"{tag}: {each}" for each in _problems(catalogue, wanted, rules))
        used.update(_exceptions_used(catalogue, modal))
    if not unread:
        problems += _needless_exceptions(modality(folder), used)
    return problems


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


def _problems(catalogue: Catalog, wanted: set[str], rules: _Rules) -> Iterator[str]:
    yield from _missing(catalogue, wanted)
    for message in catalogue:
        if message.id:
            yield from _problems_of(message, rules)


def _exceptions_used(catalogue: Catalog, modal: Modality) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        for text in _translations(message):
            yield from modal.uses(_source(message), text)


def _needless_exceptions(
    by_tag: Mapping[str, Modality], used: set[tuple[str, str]]
) -> Iterator[str]:
    listed = {each for modal in by_tag.values() for each in modal.excused}
    for word, text in sorted(listed - used):
        yield f"modality.toml: no language needs the exception for `{word}`: {text!r}"


def _missing(catalogue: Catalog, wanted: set[str]) -> Iterator[str]:
    known = {_source(message) for message in catalogue}
    for text in sorted(wanted - known):
        yield f"not in the catalogue: {text!r}"
    for text in sorted(known - wanted - {""}):
        yield f"no longer used: {text!r}"


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _problems_of(message: Message, rules: _Rules) -> Iterator[str]:
    source = _source(message)
    if message.fuzzy:
        yield f"fuzzy: {source!r}"
    for text in _translations(message) or ("",):
        if not text:
            yield f"not translated: {source!r}"
            continue
        yield from _values_changed(source, text)
        for term in rules.glossary.breaches(source, text):
            yield f"the glossary's word for {term} is not used: {source!r}"
        for word in rules.modality.lost(source, text):
            yield f"no rendering of `{word}` (modality.toml): {source!r}: {text!r}"


def _values_changed(source: str, text: str) -> Iterator[str]:
    if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(source)):
        yield f"placeholder lost or added: {source!r}"
    elif _digits(text) != _digits(source):
        yield f"number lost or added: {source!r}"


def _digits(text: str) -> list[str]:
    """The numbers of a text, however a language groups or writes their digits."""
    ascii_text = "".join(str(int(c)) if c.isdigit() else c for c in text)
    return sorted(re.sub(f"[{_GROUPING}]", "", number) for number in _NUMBER.findall(ascii_text))
