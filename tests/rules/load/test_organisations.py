"""A mistake about an organisation, its roles or its contact is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.broken.data import (
    NOT_THERE,
    TEXT,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    mistake,
    policy_file,
)

ORGANISATIONS = policy_file("organisations")

MISTAKES = [
    *(
        mistake(
            ORGANISATIONS, f"\n{key} = ", f"\n{key} = '' # ", f"organisations.toml: vwn.{key}", TEXT
        )
        for key in ("name", "full_name", "what", "whom", "source")
    ),
    mistake(
        ORGANISATIONS,
        '"vwn_guidance"',
        '"vwn_gidance"',
        "organisations.toml: vwn.source",
        NOT_THERE,
    ),
    mistake(ORGANISATIONS, "\nwhom = ", "\nwho = ", "organisations.toml: vwn.who", UNKNOWN_KEY),
    mistake(
        ORGANISATIONS,
        "\nsupports = ",
        "\nsuports = ",
        "organisations.toml: vwn.role.suports",
        "no role has this name",
    ),
    mistake(
        ORGANISATIONS,
        "\nsupports = ",
        "\nsupports = '' # ",
        "organisations.toml: vwn.role.supports",
        TEXT,
    ),
    mistake(
        ORGANISATIONS,
        '"https://www.vluchtelingenwerk.nl"',
        '"www.vluchtelingenwerk.nl"',
        "organisations.toml: vwn.contact.website",
        "a web address",
    ),
    mistake(
        ORGANISATIONS, "\nphone", "\nfone", "organisations.toml: iom.contact.fone", UNKNOWN_KEY
    ),
    mistake(
        ORGANISATIONS,
        '"088 746 44 66"',
        "887464466",
        "organisations.toml: iom.contact.phone",
        TEXT,
    ),
    mistake(
        ORGANISATIONS,
        '"088 746 44 66"',
        '"O88 746 44 66"',
        "organisations.toml: iom.contact.phone",
        "a number is needed",
    ),
    mistake(
        ORGANISATIONS,
        "iomthehague@iom.int",
        "iomthehague.iom.int",
        "organisations.toml: iom.contact.email",
        "an address is needed",
    ),
    mistake(
        ORGANISATIONS,
        'website = "https://www.vluchtelingenwerk.nl"\n',
        "",
        "organisations.toml: vwn.contact",
        "one of website, phone, email is needed",
    ),
    mistake(
        ORGANISATIONS,
        '"vwn_position"',
        '"vwn_positoin"',
        "organisations.toml: vwn.contact.source",
        NOT_THERE,
    ),
    mistake(
        ORGANISATIONS,
        "[ros.role]\ncontinues = ",
        "[ros.role]\n# ",
        "roles.toml: rule.ros_promised.then.role",
        "organisations.toml has no text for role `continues` of `ros`",
    ),
    Mistake(
        ORGANISATIONS,
        [('private_roles = ["ask.victim"]\n', ""), ('"ask.victim" = ', '"ask.victims" = ')],
        "roles.toml: rule.iom_trafficking.then.variant",
        "organisations.toml has no text for role `ask.victim` of `iom`",
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)
