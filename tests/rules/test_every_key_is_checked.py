"""Whatever key of the data is broken: loading says so by file and key, or it is no mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.load.policy import ROOT, load_policy
from rules.proof.checks import CHECKS
from rules.proof.laws import load_findings, load_laws
from tests.rules.deciders import shipped
from tests.support.broken.keys import Broken, assert_all_checked

POLICY = "rules/policy"
FILES = {
    "rules": tuple(sorted((ROOT / POLICY / "rules").glob("*.toml"))),
    "questions": (ROOT / "questions/questions.toml",),
    "country_facts": tuple(sorted((ROOT / POLICY / "country_facts").glob("*.toml"))),
    "codes": (ROOT / "questions/countries.toml",),
    **{path.stem: (path,) for path in sorted((ROOT / POLICY).glob("*.toml"))},
}
EVERY_FILE = [path for files in FILES.values() for path in files]

# Another condition: who gets another result then, the proof and `diff` say.
PART_OF_CONDITION = r".*when\.(?!.*(at_least|of): ).+: deleted"
ONE_VALUE_OR_A_LIST = r".*when\..+: a list"
ALWAYS = r".*\.when: empty"
CONDITION = (PART_OF_CONDITION, ONE_VALUE_OR_A_LIST, ALWAYS)

FINE = {
    "rules": (
        *CONDITION,
        # An id is a free name where no amount speaks of the rule.
        r"rules: rule\.\*\.id: misspelt",
        # Rules begin and end on any day, and what is left without one is found by the proof.
        r"rules: rule\.\*\.valid_from: (in the far future|long ago|one day later)",
        r"rules: rule\.\*: deleted",
        # Without it, the certainty of the help itself; without a figure, none is promised.
        r"rules: .*max_eur/support(/variant)?\.(certainty|max_eur): deleted",
        # Said among the reasons too.
        r"rules: rule\.\*\.silent: deleted",
        # In any role that gives; the text that has no other name.
        r"rules: .*\.(in_role|variant): deleted",
    ),
    "questions": (
        ONE_VALUE_OR_A_LIST,
        # Left out: always asked, never varied, may stand beside another option.
        r"questions: question\.\*\.(asked_when|what_if|option\.\*\.exclusive): deleted",
        # Left out: no hint, an effect of its own, and other answers are tried.
        r"questions: question\.\*\.option\.\*\.(hint|neutral|settled): deleted",
    ),
    # No view of VWN is on record.
    "countries": (r"countries: \*: (deleted|empty)",),
    "organisations": (
        # What no source shows is left out.
        r"organisations: \*\.(contact\.email|contact\.phone|full_name): deleted",
        # There are organisations, and pages of sources, that have no https.
        r"organisations: \*\.contact\.website: http",
        # Words for people.
        r"organisations: \*\.name: (in words|misspelt)",
        # Left out: it stands where its role puts it.
        r"organisations: \*\.first: deleted",
        r"organisations: \*\.private_roles: (deleted|empty)",
    ),
    # Who sees a figure, the laws say.
    "amounts": (PART_OF_CONDITION, ONE_VALUE_OR_A_LIST, r"amounts: \*\.when: empty"),
    # Fewer sides, fewer answers: another comparison. Words for people.
    "comparison": (
        r"comparison: side\.\*(\.answers\.\w+)?: deleted",
        r"comparison: side\.\*\.text: (in words|misspelt)",
    ),
    "contacts": (
        # What no source shows is left out; a detail has the source of the others.
        r"contacts: \*\.(email|hours|phone(_outside)?|source_of(\.\w+)?): (deleted|empty)",
        r"contacts: \*\.website: http",
        # What tells something of a person, the tests of the paper say.
        r"contacts: \*\.private: deleted",
        # Left out: only those hear of them whose step names them.
        r"contacts: \*\.at_end: deleted",
    ),
    # A step need not be about an organisation. What to bring has conditions.
    "outcomes": (
        *CONDITION,
        r"outcomes: \*\.\*\.(contacts|sources): (deleted|empty)",
        r"outcomes: \*\.\*\.(contacts_in_role|fold): deleted",
        r"outcomes: \*\.\*(\.variant\.\*)?\.private: deleted",
        # Without a short form the text itself stands there. Left out: as many cards as ever.
        r"outcomes: \*\.\*(\.variant\.\*)?\.short: deleted",
        r"outcomes: \*\.\*\.(few_cards|with_stop): deleted",
        # What a helper checks need not be a question.
        r"outcomes: \*\.\*\.question: deleted",
    ),
    "policy": (
        r"policy: (certainty|form)\.\*\.text: (in words|misspelt)",
        # Left out means no; the proof finds who is left without help.
        r"policy: role\.\*\.(excludes|gives|no_help): deleted",
        # Left out: who has this role stands under the button, as any other role without it.
        r"policy: role\.\*\.card: deleted",
    ),
    "sources": (
        # Loading does not ask for the day: `check` finds a day that is still to come.
        r"sources: \*\.checked_on: (in the far future|one day later)",
        # There are sources without a date, and without https.
        r"sources: \*\.published: deleted",
        # Our own name for a page is enough, and a page can be in any language.
        r"sources: \*\.original(: deleted|\.\w+: key misspelt)",
        r"sources: \*\.url: http",
    ),
    "asked": (
        # An answer of one sentence less.
        r"asked: \*\.\*\.sentence\.\*: deleted",
        # As in sources.toml.
        r"asked: \*\.\*\.checked_on: (in the far future|long ago|one day later)",
        r"asked: \*\.\*\.published: deleted",
        r"asked: \*\.\*\.original(: deleted|\.\w+: key misspelt)",
        r"asked: \*\.\*\.url: http",
    ),
    "country_facts": (
        # A day that is still to come, as in sources.toml.
        r"country_facts: checked_on: (in the far future|one day later)",
        r"country_facts: country\.\*\.fact\.\*\.(note|published): deleted",
        r"country_facts: country\.\*\.fact\.\*\.url: http",
        # A measure begins and ends on any day.
        r"country_facts: country\.\*\.fact\.\*\.from: (long ago|one day later)",
        r"country_facts: country\.\*\.fact\.\*\.until: (in the far future|one day later)",
    ),
    "places": (
        r"places: \*: (deleted|empty|key misspelt)",
        # Words for people.
        r"places: \*\.town: (in words|misspelt)",
        # What no source shows is left out.
        r"places: \*\.(about|address|email|hours|note|phone|website): deleted",
        r"places: \*\.hours: empty",
        r"places: \*\.urls: an entry misspelt",
        r"places: \*\.website: http",
        r"places: \*\.checked_on: (in the far future|one day later)",
        # Then it is for everybody, or in every result of those who stay there.
        r"places: \*\.(only_there|residence|step): deleted",
        # Then nobody is led to the page.
        r"places: \*\.by_region: (deleted|empty)",
    ),
    # No answer need move a kind of help to the front.
    "supports": (
        r"supports: \*\.wanted_by: (deleted|empty)",
        r"supports: \*\.after_wanted: deleted",
        # Left out: nothing is said beside the figures.
        r"supports: \*\.amounts_note: deleted",
        r"supports: \*(\.variant\.\*)?\.private: deleted",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_broken_key_is_refused_by_file_and_key(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken(monkeypatch, EVERY_FILE)
    assert_all_checked(broken, FILES[name], load_policy, FINE.get(name, ()))


LAWS = (ROOT / "rules/laws.toml", ROOT / "rules/findings.toml")
FINE_FOR_THE_PROOF = (
    *CONDITION,
    r"laws: law\.\*\.id: misspelt",
    # Whoever gives it: a stricter law.
    r"laws: law\.\*\.never\.(giver|organisation): deleted",
    # Any place, any organisation: a weaker law.
    r"laws: law\.\*\.always\.(within|organisation): deleted",
    # One name, or several.
    r"laws: law\.\*\.(always|never)\.\w+: a list",
    r"laws: law\.\*: deleted",
    # The proof fails where a finding is missing, or covers nothing.
    r"findings: finding\.\*\.subject: (in words|misspelt)",
    r"findings: (finding|finding\.\*): deleted",
    r"findings: finding: empty",
)


def test_a_broken_key_of_the_laws_and_findings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = shipped()
    checks = tuple(check.__name__ for check in CHECKS)

    def load() -> None:
        load_laws(policy)
        load_findings(policy, ROOT, checks)

    assert_all_checked(Broken(monkeypatch, LAWS), LAWS, load, FINE_FOR_THE_PROOF)


def test_what_a_loader_does_not_check_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.toml"
    file.write_text("key = 1\n")
    broken = Broken(monkeypatch, [file])
    with pytest.raises(AssertionError, match="file: key: deleted"):
        assert_all_checked(broken, [file], lambda: None, ())
