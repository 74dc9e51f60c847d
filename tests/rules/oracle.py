"""A second evaluator of the policy data, to compare durable_rules with.

Reads the TOML files itself and imports nothing from the program: no parser, no compiler, no
layers. A fact is worked out when something asks for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.vocabulary import Answer, Answers, Records

ROOT = Path(__file__).parents[2]
_RULE_FILES = ("facts", "situation", "roles", "offers", "steps")

Row = Mapping[str, Any]
ValueOf = Callable[[str], Answer]


def holds(when: Row, value_of: ValueOf) -> bool:
    """Whether a condition as written in TOML holds; all its entries must."""
    return all(_entry_holds(key, when, value_of) for key in when if key != "of")


def _entry_holds(key: str, when: Row, value_of: ValueOf) -> bool:
    if key == "any":
        return any(holds(part, value_of) for part in when["any"])
    if key == "not":
        return not holds(when["not"], value_of)
    if key == "at_least":
        true: int = [holds(part, value_of) for part in when["of"]].count(True)
        needed: int = when["at_least"]
        return true >= needed
    return not _as_set(value_of(key)).isdisjoint(_as_set(when[key]))


def _as_set(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


class Oracle:
    """Decides by the TOML files below `root`, with the rules that hold on a day."""

    def __init__(self, on: date, root: Path = ROOT, records: Records | None = None) -> None:
        policy = root / "rules" / "policy"
        self._questions: list[Row] = _read(root / "questions" / "questions.toml")["question"]
        self._codes = frozenset(_read(root / "questions" / "countries.toml")["codes"])
        self._head = _read(policy / "policy.toml")
        self._supports = _read(policy / "supports.toml")
        self._organisations = list(_read(policy / "organisations.toml"))
        self._outcomes = _read(policy / "outcomes.toml")
        self._amounts = _read(policy / "amounts.toml")
        countries = _read(policy / "countries.toml")
        recorded = {code: row["view"] for code, row in countries["view"].items()}
        self._records: Records = {**recorded, **(records or {})}
        self._groups = {
            code: group for group, row in countries["group"].items() for code in row["countries"]
        }
        self._rules: list[Row] = [
            rule
            for name in _RULE_FILES
            for rule in _read(policy / "rules" / f"{name}.toml")["rule"]
            if rule["valid_from"] <= on <= rule.get("valid_until", date.max)
        ]
        self._about: dict[str, list[Row]] = {}
        for rule in self._rules:
            for fact in _facts_of(rule):
                self._about.setdefault(fact, []).append(rule)

    def decide(self, answers: Answers) -> dict[str, Any]:
        """The decision for complete answers, in the fields of `rules.Decision`."""
        asked = self._asked(answers)
        return {
            "complete": True,
            "next_question": None,
            "ignored": tuple(
                row["id"] for row in self._questions if row["id"] in answers.keys() - asked.keys()
            ),
            **_Case(self, asked).conclusions(),
            "policy_version": self._head["version"],
        }

    def _asked(self, answers: Answers) -> dict[str, Answer]:
        asked: dict[str, Answer] = {}
        for row in self._questions:
            known = {**asked, **self.lookups(asked)}
            if holds(row.get("asked_when", {}), _reader(known)):
                asked[row["id"]] = answers[row["id"]]
        return asked

    def lookups(self, answers: Answers) -> dict[str, str]:
        """What is on record about the country, once it is known."""
        if "country" not in answers:
            return {}
        country = str(answers["country"])
        group = self._groups.get(country, "other") if country in self._codes else "unknown"
        return {"recorded_view": self._records.get(country, "none"), "country_group": group}


def _reader(facts: Answers) -> ValueOf:
    return lambda name: facts.get(name, ())


class _Case:
    """One set of answers under the policy of an oracle."""

    def __init__(self, oracle: Oracle, answers: Answers) -> None:
        self._oracle = oracle
        self._answers = answers
        self._known: dict[str, Answer] = {**answers, **oracle.lookups(answers)}
        self._winners: dict[str, list[Row]] = {}
        self._true: dict[str, bool] = {}

    def conclusions(self) -> dict[str, Any]:
        outcomes = self._oracle._outcomes
        return {
            "stage": self._derived("stage"),
            "country_view": self._derived("country_view"),
            "nationality_group": self._derived("nationality_group"),
            "situation": self._findings("situation", outcomes["situation"]),
            "organisations": self._organisations(),
            "supports": self._supports(),
            "next_steps": self._findings("step", outcomes["step"]),
            "fired": tuple(rule["id"] for rule in self._oracle._rules if self._fires(rule)),
        }

    def _derived(self, fact: str) -> str | None:
        value = self._value(fact)
        return value if isinstance(value, str) else None

    def _value(self, name: str) -> Answer:
        if name not in self._known:
            # A question that was not asked is about nothing, so it has no rules and no value.
            strongest = self._strongest(name)
            self._known[name] = _concluded(strongest[0], name) if strongest else ()
        return self._known[name]

    def _strongest(self, fact: str) -> list[Row]:
        """The rules for a fact or a role that hold, of the lowest rank that has any."""
        if fact not in self._winners:
            true = [rule for rule in self._oracle._about.get(fact, ()) if self._holds(rule)]
            lowest = min((rule["rank"] for rule in true), default=None)
            self._winners[fact] = [rule for rule in true if rule["rank"] == lowest]
        return self._winners[fact]

    def _holds(self, rule: Row) -> bool:
        if rule["id"] not in self._true:
            self._true[rule["id"]] = holds(rule["when"], self._value)
        return self._true[rule["id"]]

    def _fires(self, rule: Row) -> bool:
        if "support" in rule["then"]:
            return bool(self._givers(rule))
        if facts := _facts_of(rule):
            return any(rule in self._strongest(fact) for fact in facts)
        return self._holds(rule)

    def _findings(self, kind: str, order: Iterable[str]) -> tuple[dict[str, Any], ...]:
        found: dict[str, list[str]] = {}
        for rule in self._oracle._rules:
            if kind in rule["then"] and self._holds(rule):
                found.setdefault(rule["then"][kind], []).append(rule["id"])
        return tuple({"id": id_, "because": tuple(found[id_])} for id_ in order if id_ in found)

    def _organisations(self) -> tuple[dict[str, Any], ...]:
        assigned = [
            {
                "id": name,
                "role": self._value(f"{name}_role"),
                "because": tuple(rule["id"] for rule in strongest),
            }
            for name in self._oracle._organisations
            if (strongest := self._strongest(f"{name}_role"))
        ]
        best_first = list(self._oracle._head["role"])
        return tuple(sorted(assigned, key=lambda each: best_first.index(each["role"])))

    def _supports(self) -> tuple[dict[str, Any], ...]:
        offers = [
            self._offer(support, rules)
            for support in self._oracle._supports
            if (rules := self._offering(support))
        ]
        wanted = set(self._answers.get("help_wanted", ()))
        first = [each for each in offers if self._wanted_by(each["id"]) & wanted]
        return (*first, *(each for each in offers if each not in first))

    def _wanted_by(self, support: str) -> set[str]:
        return set(self._oracle._supports[support]["wanted_by"])

    def _offering(self, support: str) -> list[Row]:
        """The rules that offer this help and have somebody left to give it."""
        return [
            rule
            for rule in self._oracle._rules
            if rule["then"].get("support") == support and self._givers(rule)
        ]

    def _givers(self, rule: Row) -> set[str]:
        if not self._holds(rule):
            return set()
        return {name for name in rule["then"]["by"] if self._gives(name)}

    def _gives(self, organisation: str) -> bool:
        role = self._value(f"{organisation}_role")
        return isinstance(role, str) and bool(self._oracle._head["role"][role].get("gives"))

    def _offer(self, support: str, rules: list[Row]) -> dict[str, Any]:
        row = self._oracle._supports[support]
        givers = set().union(*(self._givers(rule) for rule in rules))
        then = rules[0]["then"]
        amount = self._oracle._amounts[then["max_eur"]] if "max_eur" in then else None
        return {
            "id": support,
            "form": tuple(row["form"]),
            "certainty": then.get("certainty", row["certainty"]),
            "by": tuple(name for name in self._oracle._organisations if name in givers),
            "max_eur": amount["up_to_eur"] if amount else None,
            "because": tuple(rule["id"] for rule in rules),
        }


def _facts_of(rule: Row) -> list[str]:
    """The facts, roles among them, that a rule is about."""
    then = rule["then"]
    if "role" in then:
        return [f"{name}_role" for name in then["organisations"]]
    return [then["fact"]] if "fact" in then else []


def _concluded(rule: Row, fact: str) -> str:
    then = rule["then"]
    return str(then["role"] if fact.endswith("_role") else then["value"])


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
