"""Which translations a native reader has read: a translator's comment in the catalogue itself.

    # reviewed: AB 2026-12-03 5f2c9a01b7d3

The last part is made of the English and of the translation. Where either changes it fits no longer,
and the message is unreviewed again, whatever tool changed it. gettext's tools, Babel and Weblate
keep such a comment; see docs/translating.md.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from wizard.i18n.languages import FOLDER
from wizard.i18n.seen import Group, groups

_CLIENT = "instead of: "
"""How the extractor begins the comment of a text that speaks of "your client"."""
_MARK = re.compile(r"reviewed: ([A-Z]{2,4}) (\d{4}-\d\d-\d\d) ([0-9a-f]{12})")
_OURS = re.compile(r"reviewed:")


@dataclass(frozen=True)
class State:
    """How far the review of a language is."""

    messages: int
    missing: int
    reviewed: int
    safety: int
    safety_reviewed: int

    def __str__(self) -> str:
        return (
            f"{self.messages} messages, {self.missing} missing, {self.reviewed} reviewed; "
            f"safety: {self.safety_reviewed} of {self.safety} reviewed"
        )


def source_of(message: Message) -> str:
    """The English of a message; of one with plurals the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def translations_of(message: Message) -> tuple[str, ...]:
    """The translation, or one for each plural. Where there is none it is empty."""
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ("",))


def key_of(message: Message) -> str:
    """What a message is known by, whatever its place in the catalogue and its translation."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    return _hash(message.context or "", *ids)


def is_reviewed(message: Message) -> bool:
    """Whether a reader marked this translation of this English."""
    marks = map(_MARK.fullmatch, message.user_comments)
    return not message.fuzzy and any(mark and mark[3] == _fit(message) for mark in marks)


def mark(message: Message, reader: str, on: date) -> None:
    """Note that the reader with these initials found the translation right on that day."""
    kept = [comment for comment in message.user_comments if not _OURS.match(comment)]
    message.user_comments = [*kept, f"reviewed: {reader} {on} {_fit(message)}"]


def state_of(catalogue: Catalog, folder: Path = FOLDER) -> State:
    """How far the review of this catalogue is."""
    messages = _messages(catalogue)
    safety = [each for each in messages if is_safety(each, catalogue, folder)]
    return State(
        messages=len(messages),
        missing=sum(not all(translations_of(each)) for each in messages),
        reviewed=sum(map(is_reviewed, messages)),
        safety=len(safety),
        safety_reviewed=sum(map(is_reviewed, safety)),
    )


def is_safety(message: Message, catalogue: Catalog, folder: Path = FOLDER) -> bool:
    """Whether a wrong translation of this message can harm somebody."""
    return any(group.safety for group in groups_of(message, catalogue, folder))


def reviewed_groups(catalogue: Catalog, folder: Path = FOLDER) -> list[str]:
    """The names of the groups with a text in this catalogue, and none that is unreviewed."""
    seen: set[str] = set()
    open_: set[str] = set()
    for message in _messages(catalogue):
        names = {group.name for group in groups_of(message, catalogue, folder)}
        seen |= names
        if not is_reviewed(message):
            open_ |= names
    return [name for name in groups(folder) if name in seen - open_]


def groups_of(message: Message, catalogue: Catalog, folder: Path = FOLDER) -> list[Group]:
    """The groups that a message is in. What is said of "your client" is where the text is that it
    stands for.
    """
    own = [each for each in groups(folder).values() if _is_in(each, message)]
    for comment in _joined(message.auto_comments):
        instead = comment.startswith(_CLIENT) and catalogue.get(comment.removeprefix(_CLIENT))
        if instead:
            own += [each for each in groups(folder).values() if _is_in(each, instead)]
    return list(dict.fromkeys(own))


def _is_in(group: Group, message: Message) -> bool:
    places = message.auto_comments
    return any(group.has(file, places) for file, _line in message.locations)


def _joined(comments: list[str]) -> Iterator[str]:
    """The comments; one that a writer of catalogues broke into lines is whole again."""
    yield from comments
    for number, comment in enumerate(comments):
        if comment.startswith(_CLIENT):
            for end in range(number + 2, len(comments) + 1):
                yield " ".join(comments[number:end])


def unseen(catalogue: Catalog, folder: Path = FOLDER) -> Iterator[str]:
    """The English of each message that is in no group."""
    for message in _messages(catalogue):
        if not groups_of(message, catalogue, folder):
            yield source_of(message)


def _messages(catalogue: Iterable[Message]) -> list[Message]:
    return [message for message in catalogue if message.id]


def _fit(message: Message) -> str:
    return _hash(key_of(message), *translations_of(message))


def _hash(*parts: str) -> str:
    # Each with its length: two texts must not pass for one by where they are cut.
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]
