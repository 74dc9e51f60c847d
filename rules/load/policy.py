"""Load the policy from its TOML files and refuse what cannot work.

What is checked here is what no start may survive: unknown ids, missing texts or sources,
duplicates, circles. What needs proof over all answers is in `rules/proof`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from questions import DataError, Question, Questionnaire, QuestionType, load_questionnaire
from questions.conditions import Vocabulary
from questions.toml_reader import Table, read
from rules.engine.compiler import compile_rules, role_fact
from rules.load import consistency
from rules.load.checklist import load_checklist, load_checks
from rules.load.comparison import load_comparison
from rules.load.contacts import load_contacts
from rules.load.countries import load_countries
from rules.load.country_facts import load_country_facts
from rules.load.fingerprint import data_files, fingerprint
from rules.load.notes import load_notes
from rules.load.organisations import load_organisations, load_roles
from rules.load.outcomes import load_situations, load_steps
from rules.load.reading import load_reading
from rules.load.rules import FILES, load_rules
from rules.load.sources import load_sources
from rules.load.supports import load_amounts, load_supports
from rules.load.wordings import load_words
from rules.model import FLAGS, LOOKED_UP, NAMED_IN_DECISIONS, Policy

ROOT = Path(__file__).parents[2]
"""The folder that holds `questions/` and `rules/`."""

_READ = {
    "questions": ("countries.toml", "questions.toml"),
    "rules/policy": (
        *("amounts.toml", "comparison.toml", "contacts.toml", "countries.toml", "notes.toml"),
        "organisations.toml",
        *("outcomes.toml", "policy.toml", "sources.toml", "supports.toml"),
        *("asked.toml", "country_phrases.toml", "places.toml"),
    ),
    "rules/policy/rules": FILES,
}
"""The data files that are read, by their folder. In another folder every file is."""


def load_policy(root: Path = ROOT) -> Policy:
    """Load the policy and the questionnaire below `root`.

    Raises `DataError` with file and key for the first mistake.
    """
    folder = root / "rules" / "policy"
    head = read(folder / "policy.toml")
    _refuse_files_that_nobody_reads(root)
    head.only("version", "role", "fact", "lookup", "form", "certainty")
    lookups = _lookups(head.table("lookup"))
    facts = _facts(head.table("fact"))
    questionnaire = load_questionnaire(lookups, root / "questions")
    codes = _asked(questionnaire, Policy.looked_up_by, QuestionType.COUNTRY).country_codes
    wants = _asked(questionnaire, Policy.ordered_by, QuestionType.SEVERAL).option_ids
    sources = load_sources(read(folder / "sources.toml"))
    roles = load_roles(head.table("role"))
    organisations = load_organisations(read(folder / "organisations.toml"), sources, roles)
    forms = load_words(head.table("form"))
    certainties = load_words(head.table("certainty"))
    supports = load_supports(
        read(folder / "supports.toml"), sources, tuple(forms), tuple(certainties), wants
    )
    vocabulary = _vocabulary(questionnaire, facts, tuple(roles), tuple(organisations))
    amounts = load_amounts(
        read(folder / "amounts.toml"), sources, tuple(organisations), tuple(supports), vocabulary
    )
    contacts = load_contacts(folder / "contacts.toml", sources)
    reachable = (*(name for name, each in organisations.items() if each.contact), *contacts)
    outcomes = read(folder / "outcomes.toml")
    # What to bring and to check rests on answers and roles, and on no fact that a rule derived.
    on_decision = _vocabulary(questionnaire, {}, tuple(roles), tuple(organisations))
    reading = load_reading(folder, sources, questionnaire)
    policy = Policy(
        version=head.text("version"),
        sha256=fingerprint(root),
        questionnaire=questionnaire,
        rules=(),
        roles=roles,
        organisations=organisations,
        supports=supports,
        amounts=amounts,
        situations=load_situations(outcomes, sources),
        steps=load_steps(outcomes, sources, reachable, roles),
        checklist=load_checklist(outcomes, sources, on_decision),
        countries=load_countries(read(folder / "countries.toml"), sources, codes, lookups),
        sources=sources,
        facts=facts,
        forms=forms,
        certainties=certainties,
        lookup_words=_lookup_words(head.table("lookup")),
        notes=load_notes(folder / "notes.toml", sources, questionnaire),
        comparison=load_comparison(folder / "comparison.toml", questionnaire),
        country_facts=load_country_facts(
            folder / "country_facts", reading, codes, tuple(organisations)
        ),
        reading=reading,
        contacts=contacts,
        checks=load_checks(outcomes, sources, on_decision, tuple(questionnaire.by_id)),
    )
    return _with_rules(policy, folder / "rules")


def _refuse_files_that_nobody_reads(root: Path) -> None:
    """Whoever put a file of rules beside the others means it to count."""
    for path in data_files(root):
        known = _READ.get(path.parent.relative_to(root).as_posix())
        if known and path.name not in known:
            raise DataError(f"{path.name}: is not read; here are only {', '.join(known)}")


def _lookups(tables: Table) -> Mapping[str, tuple[str, ...]]:
    """The values of each fact that is looked up, with those for what is not on record."""
    tables.only(*LOOKED_UP, *FLAGS)
    needed = {**LOOKED_UP, **{name: FLAGS[name] for name in FLAGS if name in tables.values}}
    for name, without_entry in needed.items():
        table = tables.table(name)
        table.only("values", "words")
        for value in without_entry:
            if value not in table.some_texts("values"):
                table.fail(f"the value `{value}` is missing", "values")
    return {name: table.texts("values") for name, table in tables.tables()}


def _lookup_words(tables: Table) -> Mapping[str, Mapping[str, str]]:
    words = {}
    for name, table in tables.tables():
        words[name] = load_words(table.table("words"))
        table.table("words").only(*table.texts("values"))
        for value in table.texts("values"):
            if value not in words[name]:
                table.fail("the words for this value are missing", f"words.{value}")
    return words


def _facts(tables: Table) -> Mapping[str, tuple[str, ...]]:
    """The values of each fact that rules derive."""
    facts = {}
    for name, table in tables.tables_by_id():
        table.only("values")
        facts[name] = table.some_texts("values")
    for name in NAMED_IN_DECISIONS:
        if name not in facts:
            tables.fail("is missing; every decision names it", name)
    return facts


def _asked(questionnaire: Questionnaire, name: str, kind: QuestionType) -> Question:
    """A question that the policy itself reads."""
    question = questionnaire.by_id.get(name)
    if question is None or question.type is not kind:
        raise DataError(
            f"questions.toml: question.{name}: is missing; the policy needs it, of type `{kind}`"
        )
    return question


def vocabulary_of(policy: Policy) -> Vocabulary:
    """Every fact that a condition of a rule or a law may read, with its values."""
    return _vocabulary(
        policy.questionnaire, policy.facts, tuple(policy.roles), tuple(policy.organisations)
    )


def _vocabulary(
    questionnaire: Questionnaire,
    facts: Mapping[str, tuple[str, ...]],
    roles: tuple[str, ...],
    organisations: tuple[str, ...],
) -> Vocabulary:
    return {
        **questionnaire.vocabulary,
        **facts,
        **{role_fact(each): roles for each in organisations},
    }


def _with_rules(policy: Policy, folder: Path) -> Policy:
    consistency.refuse_shared_names(policy)
    complete = replace(policy, rules=load_rules(folder, policy, vocabulary_of(policy)))
    consistency.refuse_amounts_never_shown(complete)
    consistency.refuse_unknown_amounts(complete)
    consistency.refuse_private_contacts_of_open_steps(complete)
    consistency.refuse_two_words_about_the_lawyer(complete)
    consistency.refuse_places_beside_unknown_steps(complete)
    compile_rules(complete, complete.rules)
    consistency.refuse_what_is_too_large(complete)
    return complete
