"""Checks every catalogue: complete, every placeholder and number kept, true to the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import check_and_call_extract_file
from babel.messages.frontend import parse_mapping_cfg

from questions import DataError
from questions.text_files import is_ours
from wizard.i18n.client_wording import client_wording
from wizard.i18n.glossary import Glossary, load_glossary
from wizard.i18n.languages import FOLDER, SOURCE, languages
from wizard.i18n.po_file import read_catalogue

_ROOT = FOLDER.parent
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "both": None}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_GROUPING = ".,٬\u00a0\u202f"
_NUMBER = re.compile(rf"\d[\d{_GROUPING}]*\d|\d")


def check_translations(folder: Path = FOLDER) -> list[str]:
    """What is wrong in the catalogues, one line each; empty where nothing is."""
    wanted = set(source_texts())
    return [
        *client_wording(folder).problems(wanted),
        *(
            f"{tag}: {problem}"
            for tag in languages(folder)
            if tag != SOURCE
            for problem in _problems(
                catalogue_path(tag, folder), wanted, load_glossary(tag, folder)
            )
        ),
    ]


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


def _problems(path: Path, wanted: set[str], glossary: Glossary) -> Iterator[str]:
    try:
        catalogue = read_catalogue(path)
    except DataError as error:
        yield str(error)
        return
    yield from _missing(catalogue, wanted)
    for message in catalogue:
        if message.id:
            yield from _problems_of(message, glossary)


def _missing(catalogue: Catalog, wanted: set[str]) -> Iterator[str]:
    known = {_source(message) for message in catalogue}
    for text in sorted(wanted - known):
        yield f"not in the catalogue: {text!r}"
    for text in sorted(known - wanted - {""}):
        yield f"no longer used: {text!r}"


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _problems_of(message: Message, glossary: Glossary) -> Iterator[str]:
    source = _source(message)
    translations = (message.string,) if isinstance(message.string, str) else message.string
    if message.fuzzy:
        yield f"fuzzy: {source!r}"
    for text in translations or ("",):
        if not text:
            yield f"not translated: {source!r}"
        elif sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(source)):
            yield f"placeholder lost or added: {source!r}"
        elif _digits(text) != _digits(source):
            yield f"number lost or added: {source!r}"
        for term in glossary.breaches(source, text or source):
            yield f"the glossary's word for {term} is not used: {source!r}"


def _digits(text: str) -> list[str]:
    """The numbers of a text, however a language groups or writes their digits."""
    ascii_text = "".join(str(int(c)) if c.isdigit() else c for c in text)
    return sorted(re.sub(f"[{_GROUPING}]", "", number) for number in _NUMBER.findall(ascii_text))
