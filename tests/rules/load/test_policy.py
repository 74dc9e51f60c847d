"""A mistake in the policy stops the start and is named by file and key."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from questions import DataError
from rules.load.policy import load_policy
from rules.model import CountryView
from tests.support.broken.data import (
    QUESTIONS,
    Mistake,
    assert_refused,
    change,
    copy_data,
    mistake,
    policy_file,
)
from tests.support.broken.leftovers import SAVED, UTF_16, Saved, leave_beside

NOT_THERE = "is not one of"
SIX = ("vwn", "iom", "dtv", "solid_road", "goedwerk", "wereldwijd")
TEXT = "a text is missing"
UNKNOWN_KEY = "unknown key"
DAY = "a date such as 2026-01-31, without quotes, is needed"

ORGANISATIONS = policy_file("organisations")
SUPPORTS = policy_file("supports")
AMOUNTS = policy_file("amounts")
OUTCOMES = policy_file("outcomes")
COUNTRIES = policy_file("countries")
SOURCES = policy_file("sources")
HEAD = policy_file("policy")


def rules_file(name: str) -> str:
    return policy_file(f"rules/{name}")


def blank(path: str, before: str, key: str, place: str) -> Mistake:
    """The first text with this key after `before` becomes empty."""
    return mistake(path, f"{before}{key} = ", f"{before}{key} = '' # ", place, TEXT)


HEAD_MISTAKES = [
    mistake(HEAD, "\nversion = ", "\nversoin = ", "policy.toml: versoin", UNKNOWN_KEY),
    blank(HEAD, "\n", "version", "policy.toml: version"),
    blank(HEAD, "[role.supports]\n", "text", "policy.toml: role.supports.text"),
    mistake(
        HEAD, "gives = true\n", 'gives = "yes"\n', "policy.toml: role.continues.gives", "true or"
    ),
    mistake(
        HEAD, "gives = true\n", "givs = true\n", "policy.toml: role.continues.givs", UNKNOWN_KEY
    ),
    mistake(
        HEAD,
        "\nexcludes = true",
        "\nexcludes = 1",
        "policy.toml: role.not_for_you.excludes",
        "true or",
    ),
    mistake(
        HEAD,
        'values = ["yes", "no"]',
        'values = ["yes", "yes"]',
        "policy.toml: fact.excluded.values",
        "an entry stands twice",
    ),
    mistake(
        HEAD,
        'values = ["yes", "no"]',
        'values = "yes"',
        "policy.toml: fact.excluded.values",
        "a list of texts",
    ),
    mistake(
        HEAD,
        "[fact.stage]\n",
        '[fact.stage]\ntext = "x"\n',
        "policy.toml: fact.stage.text",
        UNKNOWN_KEY,
    ),
    mistake(
        HEAD,
        'values = ["yes", "no"]',
        "values = []",
        "policy.toml: fact.excluded.values",
        "at least one entry",
    ),
    mistake(
        HEAD,
        "[fact.country_view]",
        "[fact.country_views]",
        "policy.toml: fact.country_view",
        "every decision names it",
    ),
    mistake(
        HEAD,
        "[fact.chooses]",
        "[fact.appeal]",
        "policy.toml: fact.appeal",
        "this name has another meaning",
    ),
    mistake(
        HEAD,
        "[lookup.country_group]",
        "[lookup.country_groups]",
        "policy.toml: lookup.country_groups",
        UNKNOWN_KEY,
    ),
    mistake(
        HEAD,
        'values = ["assists", "unsafe", "none"]',
        'values = ["assists", "unsafe"]',
        "policy.toml: lookup.recorded_view.values",
        "the value `none` is missing",
    ),
    mistake(
        HEAD,
        "[lookup.recorded_view.words.unsafe]",
        "[lookup.recorded_view.words.unsave]",
        "policy.toml: lookup.recorded_view.words.unsave",
        UNKNOWN_KEY,
    ),
    mistake(
        HEAD,
        'values = ["assists", "unsafe", "none"]',
        'values = ["assists", "unsafe", "none", "mixed"]',
        "policy.toml: lookup.recorded_view.words.mixed",
        "the words for this value are missing",
    ),
    mistake(
        HEAD,
        "gives = false\nexcludes",
        "gives = true\nexcludes",
        "policy.toml: role.not_for_you.excludes",
        "cannot give",
    ),
    blank(HEAD, "[form.product]\n", "text", "policy.toml: form.product.text"),
    blank(HEAD, "[certainty.possible]\n", "text", "policy.toml: certainty.possible.text"),
    mistake(
        HEAD,
        '[form.product]\ntext = "',
        '[form.product]\nwords = "',
        "policy.toml: form.product.words",
        UNKNOWN_KEY,
    ),
]

SOURCE_MISTAKES = [
    mistake(SOURCES, "original.en", "original.EN", "sources.toml: seed.original.EN", "language"),
    mistake(
        SOURCES,
        "original.en",
        'original.nl = "Terugkeer"\noriginal.en',
        "sources.toml: seed.original",
        "one title in one language",
    ),
    mistake(SOURCES, '= "H"', '= "L"', "sources.toml: seed.confidence", f"`L` {NOT_THERE} H, M"),
    mistake(SOURCES, "2026-11-24", '"2026-11-24"', "sources.toml: seed.checked_on", DAY),
    mistake(SOURCES, "2026-11-24", "2026-11-24T10:00:00", "sources.toml: seed.checked_on", DAY),
    mistake(SOURCES, "checked_on = 2026-11-24", "", "sources.toml: seed.checked_on", DAY),
    mistake(SOURCES, "2026-11-24", "2026-02-30", "sources.toml", "is not TOML"),
    mistake(
        SOURCES, "https://refugeehelp", "refugeehelp", "sources.toml: seed.url", "a web address"
    ),
    mistake(SOURCES, "https:", "javascript:", "sources.toml: seed.url", "a web address"),
    mistake(SOURCES, "\npublished", "\npublishd", "sources.toml: seed.publishd", UNKNOWN_KEY),
    mistake(SOURCES, '"2024-09-25"', "2024", "sources.toml: seed.published", TEXT),
    mistake(SOURCES, '"2024-09-25"', '"25-09-2024"', "sources.toml: seed.published", "a year"),
    mistake(SOURCES, '"2024-09-25"', '"2024-13"', "sources.toml: seed.published", "a year"),
    mistake(
        SOURCES,
        "2026-11-24",
        "2024-09-24",
        "sources.toml: seed.checked_on",
        "is before the day of publication, 2024-09-25",
    ),
    mistake(SOURCES, "//refugeehelp.nl", "//refugeehelp", "sources.toml: seed.url", "a web addr"),
    mistake(SOURCES, "[seed]", '["The seed"]', "sources.toml: The seed", "an id of small"),
    blank(SOURCES, "[seed]\n", "title", "sources.toml: seed.title"),
    mistake(SOURCES, "[seed]", "seed = 1\n[other]", "sources.toml: seed", "a table is needed"),
    mistake(SOURCES, "[dtv_help]", "[seed]", "sources.toml", "is not TOML"),
]

ORGANISATION_MISTAKES = [
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

SUPPORT_MISTAKES = [
    *(
        mistake(
            SUPPORTS, f"\n{key} = ", f"\n{key} = '' # ", f"supports.toml: counselling.{key}", TEXT
        )
        for key in ("label", "text", "certainty", "source")
    ),
    mistake(SUPPORTS, '["service"]', '["servise"]', "supports.toml: counselling.form", NOT_THERE),
    mistake(SUPPORTS, '["service"]', "[]", "supports.toml: counselling.form", "at least one"),
    mistake(SUPPORTS, 'form = ["service"]', "", "supports.toml: counselling.form", "at least one"),
    mistake(SUPPORTS, '["talk"]', '["tlak"]', "supports.toml: counselling.wanted_by", NOT_THERE),
    mistake(SUPPORTS, '["service"]', '"service"', "supports.toml: counselling.form", "a list"),
    mistake(
        SUPPORTS,
        '= "possible"',
        '= "sure"',
        "supports.toml: counselling.certainty",
        "`sure` is not",
    ),
    mistake(SUPPORTS, '"vwn_guidance"', '"vwn"', "supports.toml: counselling.source", NOT_THERE),
    mistake(SUPPORTS, '["talk"]', '"talk"', "supports.toml: counselling.wanted_by", "a list"),
    mistake(SUPPORTS, "\nwanted_by", "\nwanted", "supports.toml: counselling.wanted", UNKNOWN_KEY),
]

HERE = "amounts.toml: forced_in_kind"
WHEN_FORCED = 'when = { forced = "yes" }\n'
AMOUNT_MISTAKES = [
    mistake(AMOUNTS, '"seed"', '"ros_about"', f"{HERE}.source", "needs a source of confidence H"),
    mistake(AMOUNTS, '"seed"', '"sed"', f"{HERE}.source", NOT_THERE),
    mistake(AMOUNTS, "up to {amount}", "up to 1,000 euro", f"{HERE}.text", "needs {amount} once"),
    mistake(AMOUNTS, "goods or", "{amount} or", f"{HERE}.text", "needs {amount} once"),
    mistake(AMOUNTS, "1000", "0", f"{HERE}.up_to_eur", "a whole number of at least 1"),
    mistake(AMOUNTS, "1000", "1000.5", f"{HERE}.up_to_eur", "a whole number of at least 1"),
    mistake(AMOUNTS, "1000", '"1000"', f"{HERE}.up_to_eur", "a whole number of at least 1"),
    mistake(AMOUNTS, '"reintegration_in_kind"', '"in_kind"', f"{HERE}.support", NOT_THERE),
    mistake(AMOUNTS, '"dtv"', '"dt&v"', f"{HERE}.organisation", NOT_THERE),
    mistake(AMOUNTS, WHEN_FORCED, 'rule = "force"\n', f"{HERE}.rule", "there is no rule `force`"),
    mistake(AMOUNTS, WHEN_FORCED, "", HERE, "either `when` or `rule` is needed"),
    mistake(
        AMOUNTS,
        WHEN_FORCED,
        'rule = "travel"\n',
        f"{HERE}.rule",
        "this rule does not offer `reintegration_in_kind`",
    ),
    mistake(
        AMOUNTS,
        WHEN_FORCED,
        'rule = "reintegration"\n',
        f"{HERE}.rule",
        "this rule offers nothing by `dtv`",
    ),
    mistake(AMOUNTS, 'forced = "yes"', 'forcd = "yes"', f"{HERE}.when.forcd", "has this name"),
    mistake(AMOUNTS, "\nscheme = ", "\nschema = ", f"{HERE}.schema", UNKNOWN_KEY),
    blank(AMOUNTS, "\n", "scheme", f"{HERE}.scheme"),
    blank(AMOUNTS, "\n", "text", f"{HERE}.text"),
]

OUTCOME_MISTAKES = [
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

AF_VIEW = '[view.AF]\nview = "unsafe"\nsource = "seed"\nstated_on = 2026-01-01\n'


def in_view(old: str, new: str, place: str, problem: str) -> Mistake:
    """A view of Afghanistan goes on record, with a mistake."""
    broken = AF_VIEW.replace(old, new)
    assert broken != AF_VIEW
    return mistake(COUNTRIES, "\n[view]\n", f"\n{broken}", f"countries.toml: view.{place}", problem)


COUNTRY_MISTAKES = [
    in_view("AF", "XX", "XX", "no country has this code"),
    in_view("AF", "af", "af", "no country has this code"),
    in_view('"unsafe"', '"none"', "AF.view", f"`none` {NOT_THERE} assists, unsafe"),
    in_view('"unsafe"', '"safe"', "AF.view", "`safe` is not"),
    in_view('"seed"', '"sed"', "AF.source", NOT_THERE),
    in_view('source = "seed"\n', "", "AF.source", TEXT),
    in_view("2026-01-01", '"2026-01-01"', "AF.stated_on", DAY),
    in_view("stated_on = 2026-01-01\n", "", "AF.stated_on", DAY),
    in_view("stated_on", "stated", "AF.stated", UNKNOWN_KEY),
    in_view("2026-01-01", "2026-12-01", "AF.stated_on", "is after the day on which we checked"),
    mistake(
        COUNTRIES,
        "[group.eu_eea]",
        '[group.other]\nsource = "seed"\ncountries = ["AT"]\n[group.eu_eea]',
        "countries.toml: group.eu_eea.countries",
        "`AT` already stands in group `other`",
    ),
    mistake(COUNTRIES, '"AT"', '"AUT"', "countries.toml: group.eu_eea.countries", "`AUT` is not"),
    mistake(COUNTRIES, '"AT"', '"BE"', "countries.toml: group.eu_eea.countries", "stands twice"),
    mistake(
        COUNTRIES, "[group.eu_eea]", "[group.eu]", "countries.toml: group.eu", "this group is not"
    ),
    mistake(
        COUNTRIES,
        "[group.eu_eea]",
        "[group.other]",
        "countries.toml: group.eu_eea",
        "no country belongs to this group",
    ),
    mistake(COUNTRIES, "[group.eu_eea]", "[groups.eu_eea]", "countries.toml: groups", UNKNOWN_KEY),
    mistake(
        COUNTRIES,
        "\ncountries = ",
        "\ncountry = ",
        "countries.toml: group.eu_eea.country",
        UNKNOWN_KEY,
    ),
    mistake(
        COUNTRIES,
        '"dtv_basic_support"\nc',
        '"nowhere"\nc',
        "countries.toml: group.eu_eea.source",
        NOT_THERE,
    ),
]


def in_rule(file: str, old: str, new: str, place: str, problem: str) -> Mistake:
    return mistake(rules_file(file), old, new, f"{file}.toml: rule.{place}", problem)


FACT = "stage_in_procedure"
RULE_MISTAKES = [
    in_rule(
        "facts", 'id = "stage_permit"', f'id = "{FACT}"', f"{FACT}.id", "this rule stands twice"
    ),
    # In another file, too.
    in_rule("steps", 'id = "guardian"', 'id = "minor_alone"', "minor_alone.id", "stands twice"),
    in_rule("facts", f'id = "{FACT}"', "", "1.id", TEXT),
    in_rule("facts", "\nstatement = ", "\nstatement = '' # ", f"{FACT}.statement", TEXT),
    in_rule("facts", "\nstatement = ", "\nstatment = ", f"{FACT}.statment", UNKNOWN_KEY),
    in_rule("facts", "\nwhen = ", "\n# ", f"{FACT}.when", "write `when = {}` for always"),
    in_rule(
        "facts", 'when = { asylum_decision = "waiting" }', 'when = "x"', f"{FACT}.when", "a table"
    ),
    in_rule(
        "facts", "{ asylum_decision =", "{ decision =", f"{FACT}.when.decision", "has this name"
    ),
    in_rule("facts", '"waiting"', '"wait"', f"{FACT}.when.asylum_decision", "`wait` is not one of"),
    in_rule(
        "roles", 'stage = "permit"', 'stage = "permt"', "dtv_ask.when.not.stage", "`permt` is not"
    ),
    in_rule(
        "steps",
        'iom_role = ["supports"',
        'iom_role = ["suports"',
        "contact_iom.when.iom_role",
        "not",
    ),
    in_rule("facts", "\nrank = 1", "\nrank = 0", f"{FACT}.rank", "a whole number of at least 1"),
    in_rule("facts", "\nrank = 1", "", f"{FACT}.rank", "a whole number of at least 1"),
    in_rule(
        "roles", "\nrank = 1", "\nrank = 0", "vwn_promised.rank", "a whole number of at least 1"
    ),
    in_rule(
        "roles", "\nrank = 1", '\nrank = "1"', "vwn_promised.rank", "a whole number of at least 1"
    ),
    in_rule(
        "facts", '"refugeehelp_appeal"', '"refugee"', f"{FACT}.source", "`refugee` is not one of"
    ),
    in_rule("facts", '\nsource = "refugeehelp_appeal"', "", f"{FACT}.source", TEXT),
    in_rule("facts", "= 2024-09-25", '= "2024-09-25"', f"{FACT}.valid_from", DAY),
    in_rule("facts", "\nvalid_from = 2024-09-25", "", f"{FACT}.valid_from", DAY),
    in_rule("facts", "\nvalid_from", '\nvalid_until = "x"\nvalid_from', f"{FACT}.valid_until", DAY),
    in_rule(
        "facts",
        "\nvalid_from",
        "\nvalid_until = 2024-09-24\nvalid_from",
        f"{FACT}.valid_until",
        "is before the first day, 2024-09-25",
    ),
    in_rule(
        "facts",
        "\nvalid_from",
        "\nsilent = true\nvalid_from",
        f"{FACT}.silent",
        "only a fact that holds where nothing else does",
    ),
    in_rule(
        "steps",
        "\nsource",
        "\nrank = 1\nsource",
        "guardian.rank",
        "means nothing here",
    ),
    in_rule("offers", "\nsource", "\nrank = 0\nsource", "counselling.rank", "means nothing here"),
    in_rule("facts", f'"{FACT}"', '"Stage, in"', "Stage, in.id", "an id of small letters"),
    in_rule("facts", "\nvalid_from", "\nvalid_form", f"{FACT}.valid_form", UNKNOWN_KEY),
    in_rule(
        "facts", 'fact = "stage"', 'fact = "stge"', f"{FACT}.then.fact", "`stge` is not one of"
    ),
    in_rule("facts", 'value = "in_', 'value = "on_', f"{FACT}.then.value", "`on_procedure` is not"),
    in_rule("facts", ", value =", ", valu =", f"{FACT}.then.valu", UNKNOWN_KEY),
    in_rule(
        "roles", '["vwn"]', '["vvn"]', "vwn_promised.then.organisations", "`vvn` is not one of"
    ),
    in_rule("roles", '["vwn"]', "[]", "vwn_promised.then.organisations", "at least one entry"),
    in_rule("roles", '"informs"', '"inform"', "vwn_forced.then.role", "`inform` is not one of"),
    in_rule(
        "roles", '"informs"', '"arranges"', "vwn_forced.then.role", "no text for role `arranges`"
    ),
    in_rule(
        "roles", "organisations =", "organisation =", "vwn_promised.then.organisation", UNKNOWN_KEY
    ),
    in_rule(
        "offers", 'support = "c', 'support = "k', "counselling.then.support", "`kounselling` is not"
    ),
    in_rule("offers", 'by = ["vwn"]', 'by = ["vvn"]', "counselling.then.by", "`vvn` is not one of"),
    in_rule("offers", 'by = ["vwn"]', "by = []", "counselling.then.by", "at least one entry"),
    in_rule("offers", 'by = ["vwn"]', 'bye = ["vwn"]', "counselling.then.bye", UNKNOWN_KEY),
    in_rule(
        "offers", '"limited"', '"little"', "reintegration_forced.then.certainty", "`little` is not"
    ),
    in_rule(
        "offers", '"forced_in_kind"', '"forced"', "reintegration_forced.then.max_eur", "`forced` is"
    ),
    in_rule(
        "offers",
        '"forced_in_kind"',
        '"iom_adult"',
        "reintegration_forced.then.max_eur",
        "from another organisation",
    ),
    in_rule(
        "situation", 'situation = "your', 'situation = "my', "your_decision.then.situation", "not"
    ),
    in_rule(
        "steps", 'step = "talk_lawyer"', 'step = "talk"', "lawyer_procedure.then.step", "`talk` is"
    ),
    in_rule("steps", 'step = "talk_lawyer"', "", "lawyer_procedure.then.step", TEXT),
    in_rule("steps", 'step = "talk_lawyer"', 'stp = "x"', "lawyer_procedure.then.stp", UNKNOWN_KEY),
    in_rule(
        "steps", 'then = { step = "talk_lawyer" }', "then = 1", "lawyer_procedure.then", "a table"
    ),
    mistake(rules_file("facts"), "[[rule]]", "[[rul]]", "facts.toml: rul", UNKNOWN_KEY),
    mistake(rules_file("roles"), "[[rule]]", "[[rule]", "roles.toml", "is not TOML"),
]

EVERY_MISTAKE = [
    *HEAD_MISTAKES,
    *SOURCE_MISTAKES,
    *ORGANISATION_MISTAKES,
    *SUPPORT_MISTAKES,
    *AMOUNT_MISTAKES,
    *OUTCOME_MISTAKES,
    *COUNTRY_MISTAKES,
    *RULE_MISTAKES,
]

FILES = (
    *("policy", "sources", "organisations", "supports", "amounts", "outcomes", "countries"),
    *("rules/facts", "rules/situation", "rules/roles", "rules/offers", "rules/steps"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_data(tmp_path)


@pytest.mark.parametrize("broken", EVERY_MISTAKE, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)


def test_every_file_has_a_mistake_here() -> None:
    assert {each.path for each in EVERY_MISTAKE} == {policy_file(name) for name in FILES}


def test_a_file_of_rules_without_a_rule_is_named(root: Path) -> None:
    (root / rules_file("steps")).write_text("# Nothing.\n")
    with pytest.raises(DataError, match=r"^steps\.toml: rule: there are no rules"):
        load_policy(root)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    path = root / policy_file(name)
    path.unlink()
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith(f"{path.name}: cannot be read: No such file")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_utf_8_is_named(root: Path, name: str) -> None:
    path = root / policy_file(name)
    path.write_bytes(path.read_bytes() + b"\n# caf\xe9\n")
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith(f"{path.name}: is not UTF-8 in line ")


@pytest.mark.parametrize(
    ("old", "new", "circles"),
    [
        # stage ← may_run ← stage
        (
            'when = { asylum_decision = "waiting" }',
            'when = { may_run = "yes" }',
            {
                "facts.toml: rule.stage_in_procedure.when": "may_run → stage",
                "facts.toml: rule.may_run.when": "stage → may_run",
            },
        ),
        (
            'when = { recorded_view = "assists" }',
            'when = { country_view = "assists" }',
            {"facts.toml: rule.view_on_record.when": "country_view"},
        ),
        # forced ← dtv_role ← forced
        (
            'when = { arranged = "yes" }',
            'when = { dtv_role = "arranges" }',
            {
                "facts.toml: rule.forced.when": "dtv_role → forced",
                "roles.toml: rule.dtv_forced.when": "forced → dtv_role",
            },
        ),
    ],
)
def test_derived_facts_that_go_in_a_circle_are_named_with_a_rule_of_the_circle(
    root: Path, old: str, new: str, circles: dict[str, str]
) -> None:
    change(root, rules_file("facts"), old, new)
    with pytest.raises(DataError) as caught:
        load_policy(root)
    # Which of the facts comes first is nobody's concern.
    assert str(caught.value) in {
        f"{place}: the facts go in a circle: {circle} → {circle.split(' → ')[0]}"
        for place, circle in circles.items()
    }


def test_a_condition_that_is_too_large_for_the_engine_is_named_by_its_rule(root: Path) -> None:
    # "At most one of six" has 15 pairs, each in two ways.
    roles = ", ".join(f'{{ {name}_role = "supports" }}' for name in SIX)
    at_most_one = f"{{ not = {{ at_least = 2, of = [{roles}] }} }}"
    change(
        root, rules_file("steps"), 'when = { household = "minor_alone" }', f"when = {at_most_one}"
    )
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith("steps.toml: rule.guardian.when: ")
    assert "too large" in str(caught.value)


def test_what_is_too_large_only_from_some_day_on_is_refused_now(root: Path) -> None:
    roles = ", ".join(f'{{ {name}_role = "supports" }}' for name in SIX)
    rule = f"""
[[rule]]
id = "later"
statement = "From a later day on, this is a next step."
when = {{ not = {{ at_least = 2, of = [{roles}] }} }}
then = {{ step = "talk_lawyer" }}
source = "seed"
valid_from = 2031-01-01
"""
    with (root / rules_file("steps")).open("a", encoding="utf-8") as file:
        file.write(rule)
    with pytest.raises(DataError, match=r"^steps\.toml: rule\.later\.when: .*too large"):
        load_policy(root)


def test_a_view_on_record_is_loaded_with_its_source_and_day(root: Path) -> None:
    change(root, COUNTRIES, "\n[view]\n", f"\n{AF_VIEW}")
    policy = load_policy(root)
    view = CountryView("unsafe", policy.sources["seed"], date(2026, 1, 1))
    assert policy.countries.views == {"AF": view}
    assert policy.lookup({"country": "AF"})["recorded_view"] == "unsafe"
    assert policy.lookup({"country": "IQ"})["recorded_view"] == "none"


def test_a_rule_may_end(root: Path) -> None:
    change(root, rules_file("facts"), "\nvalid_from", "\nvalid_until = 2027-06-30\nvalid_from")
    rule = load_policy(root).rules[0]
    assert (rule.valid_from, rule.valid_until) == (date(2024, 9, 25), date(2027, 6, 30))


@pytest.mark.parametrize("name", ["questions/questions.toml", *map(policy_file, FILES)])
def test_the_fingerprint_changes_with_every_file(root: Path, name: str) -> None:
    before = load_policy(root).sha256
    with (root / name).open("a", encoding="utf-8") as file:
        file.write("\n# A remark.\n")
    assert load_policy(root).sha256 != before == load_policy().sha256


FOLDERS = ("questions", "rules/policy", "rules/policy/rules")
ONE_OF_EACH = (QUESTIONS, policy_file("sources"), rules_file("offers"))


def test_what_systems_and_editors_leave_beside_the_data_changes_nothing(root: Path) -> None:
    for path in ONE_OF_EACH:
        leave_beside(root / path)
    assert load_policy(root) == load_policy()


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("name", ["questions/questions.toml", *map(policy_file, FILES)])
def test_a_file_is_the_same_however_an_editor_saved_it(root: Path, name: str, saved: Saved) -> None:
    path = root / name
    path.write_bytes(saved(path.read_bytes()))
    policy = load_policy(root)
    assert replace(policy, sha256="") == replace(load_policy(), sha256="")
    if path.read_bytes().endswith((b"\n", b"\r")):
        assert policy.sha256 == load_policy().sha256


@pytest.mark.parametrize("name", ["questions/questions.toml", *map(policy_file, FILES)])
def test_a_file_in_utf_16_is_named(root: Path, name: str) -> None:
    path = root / name
    path.write_bytes(UTF_16["UTF-16, little endian"](path.read_bytes()))
    with pytest.raises(DataError, match=f"^{re.escape(path.name)}: is UTF-16"):
        load_policy(root)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_data_file_that_nobody_reads_is_named(root: Path, folder: str) -> None:
    (root / folder / "more.toml").write_text("# Rules that somebody believes in.\n")
    with pytest.raises(DataError, match=r"^more\.toml: is not read; here are only .*\.toml"):
        load_policy(root)


def test_conditions_within_conditions_without_end_are_named(root: Path) -> None:
    deep = f"when.{'not.' * 400}residence"
    change(root, rules_file("steps"), "when = { residence =", f'{deep} = "vbl"\n# ')
    with pytest.raises(DataError, match=r"^steps\.toml: rule\..*: has too many conditions"):
        load_policy(root)
