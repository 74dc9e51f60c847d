"""May, should, can, must, up to, only, not: a translation is as strong as its English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from questions import DataError
from wizard.i18n.languages import FOLDER, SOURCE, languages
from wizard.i18n.modality import Modality, modality

OTHERS = [tag for tag in languages() if tag != SOURCE]
Change = Callable[[str], Path]

GOOD = {
    "nl": (
        "You may often wait here, but not always.",
        "Je mag hier vaak wachten, maar niet altijd.",
    ),
    "fr": ("You must not pay.", "Vous ne devez pas payer."),
    "es": ("A lawyer should look.", "Un abogado debería mirar."),
    "tr": ("You can wait, but not long.", "Bekleyebilirsiniz, ama uzun değil."),
    "ti": ("Only your lawyer can say this.", "እዚ ጠበቓኹም ጥራይ ክብሎ ይኽእል።"),
    "so": ("You can choose.", "Waad dooran kartaa."),
    "ar": ("Goods up to {amount}", "أشياء بقيمة {amount} كحد أقصى"),
    "ru": ("Nobody must pay.", "Никто не должен платить."),
}

LOST = {
    "a right that becomes certain": ("nl", "You can get help.", "Je krijgt hulp.", "can"),
    "advice that becomes a wish": ("uk", "You should ask.", "Краще запитати.", "should"),
    "a limit that is gone": ("fr", "Goods up to {amount}", "Des biens : {amount}", "up_to"),
    "a negation that is gone": ("es", "You do not sign.", "Usted firma.", "not"),
    "one negation of two": (
        "nl",
        "No letter is needed. Do not sign.",
        "Een brief is niet nodig. Teken.",
        "not",
    ),
    "a part of a longer word": ("nl", "You can come.", "Kom naar het kantoor.", "can"),
    "a word that only begins like it": ("so", "It is not final.", "Waa go'aan.", "not"),
    "an order that becomes a fact": ("tr", "You must sign.", "İmzalarsınız.", "must"),
    "only, gone": ("fa", "Only VWN knows.", "VWN می‌داند.", "only"),
}


def lost(tag: str, source: str, translation: str) -> list[str]:
    return list(modality()[tag].lost(source, translation))


@pytest.mark.parametrize("tag", GOOD)
def test_a_translation_that_keeps_the_strength_passes(tag: str) -> None:
    assert lost(tag, *GOOD[tag]) == []


@pytest.mark.parametrize("what", LOST)
def test_a_word_that_is_lost_is_named(what: str) -> None:
    tag, source, translation, word = LOST[what]
    assert lost(tag, source, translation) == [word]


@pytest.mark.parametrize("tag", OTHERS)
def test_no_language_shows_a_word_by_saying_nothing(tag: str) -> None:
    for word in modality()[tag].english:
        english = word.replace("_", " ")
        assert lost(tag, f"It {english} it", "VWN 2026") == [word]


def test_an_exception_is_for_its_text_in_its_languages_only() -> None:
    text = "What is not good yet"
    assert lost("ru", text, "Что ещё нужно улучшить") == []
    assert lost("ru", text + "?", "Что ещё нужно улучшить?") == ["not"]
    assert lost("nl", text, "Wat beter moet") == ["not"]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """A copy of the files in which one text is replaced, or one is added."""

    def change(old: str, new: str = "") -> Path:
        for name in ("languages.toml", "modality.toml"):
            text = (FOLDER / name).read_text(encoding="utf-8")
            if name == "modality.toml":
                assert not old or old in text
                text = text.replace(old, new, 1) if old else text + new
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return change


def test_an_exception_says_why(changed: Change) -> None:
    folder = changed('reason = "they are different"\n')
    with pytest.raises(
        DataError, match=r"modality\.toml: exception\.\d+\.reason: a text is missing"
    ):
        modality(folder)


def test_a_language_without_renderings_is_refused(changed: Change) -> None:
    folder = changed('up_to = ["ugu badnaan"]\n')
    with pytest.raises(DataError, match=r"modality\.toml: so\.up_to: at least one entry"):
        modality(folder)


def test_an_exception_for_an_unknown_word_is_refused(changed: Change) -> None:
    row = '\n[[exception]]\nword = "shall"\ntext = "x"\nreason = "y"\n'
    with pytest.raises(DataError, match=r"`shall` is not one of may, should"):
        modality(changed("", row))


def test_a_text_that_uses_an_exception_is_told() -> None:
    modal: Modality = modality()["ru"]
    text = "What is not good yet"
    assert list(modal.uses(text, "Что ещё нужно улучшить")) == [("not", text)]
    assert list(modal.uses(text, "Что не так")) == []
