"""Notes for the talk: one for each question, from a source, in words that push nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules import default_decider
from rules.load.policy import load_policy
from rules.model import Note
from tests.support.broken.data import Mistake, assert_refused, copy_data, mistake, policy_file

NOTES = policy_file("notes")
POLICY = default_decider().policy
LONGEST_SENTENCE = 20
AVERAGE_SENTENCE = 12
MOST_SENTENCES = 2
PUSHING = re.compile(
    r"\b(?:must|should go|have to|convince|persuade|better|best|safe|soon)\b", re.I
)

MISTAKES = [
    mistake(NOTES, "[appeal]", "[apeal]", "notes.toml: apeal", "unknown key"),
    mistake(NOTES, "means =", "meens =", "notes.toml: asylum_decision.meens", "unknown key"),
    mistake(
        NOTES, "\nhow_to_ask", "\n#", "notes.toml: asylum_decision.how_to_ask", "a text is missing"
    ),
    mistake(
        NOTES,
        'source = "refugeehelp_appeal"',
        'source = "hearsay"',
        "notes.toml: asylum_decision.source",
        "`hearsay` is not one of",
    ),
    mistake(
        NOTES,
        'source = "refugeehelp_appeal"',
        'source = "ros_about"',
        "notes.toml: asylum_decision.source",
        "a note needs a source of confidence H",
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, broken: Mistake) -> None:
    assert_refused(copy_data(tmp_path), broken)


def test_a_question_without_a_note_is_named(tmp_path: Path) -> None:
    root = copy_data(tmp_path)
    text = (root / NOTES).read_text(encoding="utf-8")
    whole = text[text.index("[dublin]") : text.index("[travel_document]")]
    assert_refused(
        root, mistake(NOTES, whole, "", "notes.toml: dublin", "a note for this question is missing")
    )


def test_a_policy_of_before_there_were_notes_still_loads(tmp_path: Path) -> None:
    root = copy_data(tmp_path)
    (root / NOTES).unlink()
    assert load_policy(root).notes == {}


def test_every_question_of_ours_has_a_note() -> None:
    assert set(POLICY.notes) == set(POLICY.questionnaire.by_id)


def texts(note: Note) -> list[str]:
    return [note.means, note.how_to_ask, *([note.letter] if note.letter else [])]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


@pytest.mark.parametrize("question", POLICY.notes)
def test_a_note_is_short_and_pushes_nobody(question: str) -> None:
    for text in texts(POLICY.notes[question]):
        assert len(sentences(text)) <= MOST_SENTENCES, text
        assert not PUSHING.search(text), text
        for sentence in sentences(text):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_notes_have_short_sentences_on_average() -> None:
    lengths = [
        len(sentence.split())
        for note in POLICY.notes.values()
        for text in texts(note)
        for sentence in sentences(text)
    ]
    assert sum(lengths) / len(lengths) <= AVERAGE_SENTENCE


@pytest.mark.parametrize("question", POLICY.notes)
def test_a_note_speaks_to_the_helper_of_the_client(question: str) -> None:
    said = " ".join(texts(POLICY.notes[question])).replace("your client", "")
    assert not re.search(r"\b(?:I|my|me|your|you)\b", said)
