"""A mistake in what a result says is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.broken.data import (
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    blank,
    mistake,
    policy_file,
)

OUTCOMES = policy_file("outcomes")

MISTAKES = [
    # The number of Nidos tells of a child alone: it stands only at steps that do so too.
    Mistake(
        OUTCOMES,
        [('sources = ["dtv_minors", "dtv_families"]\nprivate = true\n\n[step.l', "\n\n[step.l")],
        "outcomes.toml: step.guardian.private",
        "the contact `nidos` is private",
    ),
    mistake(
        OUTCOMES,
        "\nprivate = true",
        '\nprivate = "yes"',
        "outcomes.toml: situation.minor_alone.private",
        "true or false",
    ),
    blank(
        OUTCOMES,
        "[situation.your_decision]\n",
        "text",
        "outcomes.toml: situation.your_decision.text",
    ),
    blank(OUTCOMES, "[step.talk_lawyer]\n", "do", "outcomes.toml: step.talk_lawyer.do"),
    blank(OUTCOMES, "[bring.identity]\n", "text", "outcomes.toml: bring.identity.text"),
    mistake(
        OUTCOMES,
        'when = { asylum_decision = "rejected" }\n',
        "",
        "outcomes.toml: bring.decision_letter.when",
        "a condition is missing",
    ),
    mistake(
        OUTCOMES, "iom_role", "iom_rol", "outcomes.toml: bring.handed_in.when.iom_rol", "no que"
    ),
    mistake(
        OUTCOMES,
        'source = "iom_faq"',
        'source = "iom_fag"',
        "outcomes.toml: bring.identity.source",
        "not one of",
    ),
    mistake(
        OUTCOMES, '["vwn"]', '["vvn"]', "outcomes.toml: step.talk_vwn.contacts", "`vvn` is not"
    ),
    mistake(
        OUTCOMES, "\ncontacts", "\ncontcts", "outcomes.toml: step.guardian.contcts", UNKNOWN_KEY
    ),
    mistake(
        OUTCOMES, '["vwn"]', '["ros"]', "outcomes.toml: step.talk_vwn.contacts", "`ros` is not"
    ),
    mistake(
        OUTCOMES,
        '"continues"',
        '"continue"',
        "outcomes.toml: step.continue_with.contacts_in_role",
        "`continue` is not",
    ),
    mistake(
        OUTCOMES,
        "[situation.dtv_contacts]\n",
        '[situation.dtv_contacts]\ncontact = "dtv"\n',
        "outcomes.toml: situation.dtv_contacts.contact",
        UNKNOWN_KEY,
    ),
    mistake(
        OUTCOMES, "[step.talk_lawyer]", "[steps.talk_lawyer]", "outcomes.toml: steps", UNKNOWN_KEY
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)
