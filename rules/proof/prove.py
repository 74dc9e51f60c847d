"""The proof: what must hold for all answers, each with a named counter-example where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from questions import Answers, as_options
from rules.load.policy import ROOT
from rules.model import Policy
from rules.proof.answer_classes import partitions_of
from rules.proof.checks import CHECKS, Context, Suspect
from rules.proof.diagrams import Truth
from rules.proof.laws import KnownFinding, load_findings, load_laws
from rules.proof.space import Space


@dataclass(frozen=True)
class Problem:
    """Something that does not hold. `warning`: worth a look, but it fails nothing."""

    check: str
    subject: str
    message: str
    example: Answers | None = None
    known: str | None = None
    """The note of the known finding that covers it."""
    warning: bool = False

    def __str__(self) -> str:
        example = f" Example: {_written(self.example)}" if self.example is not None else ""
        return f"{self.check}: {self.subject}: {self.message}{example}"


@dataclass(frozen=True)
class Report:
    """The outcome of the proof."""

    answer_sets: int
    points: int
    problems: tuple[Problem, ...]

    @property
    def failures(self) -> tuple[Problem, ...]:
        """What is neither known nor only a warning."""
        return tuple(each for each in self.problems if not (each.known or each.warning))


def prove(policy: Policy, on: date, root: Path = ROOT) -> Report:
    """Check everything for the rules that hold `on` that day.

    Raises `DataError` where the laws or findings cannot be read.
    """
    rules = policy.rules_on(on)
    laws = load_laws(policy, root)
    findings = load_findings(policy, root, tuple(check.__name__ for check in CHECKS))
    more = [law.when for law in laws.laws] + [finding.when for finding in findings]
    space = Space(policy, rules, partitions_of([policy], more))
    context = Context(space, rules, laws, on)
    problems = [
        problem
        for check in CHECKS
        for suspect in check(context)
        for problem in _problems(space, check.__name__, suspect, findings)
    ]
    return Report(
        answer_sets=space.count(space.everything),
        points=space.points(space.everything),
        problems=(*problems, *_unused_findings(problems, findings), *_dates_of_sources(context)),
    )


def _problems(
    space: Space, check: str, suspect: Suspect, findings: Sequence[KnownFinding]
) -> Iterator[Problem]:
    """One problem for what is new, and one for each known finding that covers a part."""
    new = suspect.where
    for finding in findings:
        if (finding.check, finding.subject) == (check, suspect.subject):
            covered = suspect.where & space.truth(finding.when)
            if covered.any():
                yield _problem(space, check, suspect, covered, known=finding.note)
            new = new & ~space.truth(finding.when)
    if new.any():
        yield _problem(space, check, suspect, new)


def _problem(
    space: Space, check: str, suspect: Suspect, where: Truth, known: str | None = None
) -> Problem:
    example = None if where.is_everywhere else space.example(where, suspect.before)
    return Problem(check, suspect.subject, suspect.message, example, known)


def _unused_findings(
    problems: Sequence[Problem], findings: Sequence[KnownFinding]
) -> Iterator[Problem]:
    used = {(problem.check, problem.subject, problem.known) for problem in problems}
    for finding in findings:
        if (finding.check, finding.subject, finding.note) not in used:
            message = f"nothing of {finding.check} is found any more; take it out of findings.toml"
            yield Problem("unused_finding", finding.subject, message)


_DAYS_IN_A_MONTH = 30.44


def _dates_of_sources(context: Context) -> Iterator[Problem]:
    """Sources that were checked long ago, or not yet: loading knows no day, so it cannot say so."""
    for source in context.space.policy.sources.values():
        if source.checked_on > context.on:
            message = f"sources.toml: checked_on is {source.checked_on}, which is still to come"
            yield Problem("source_checked_later", source.id, message)
        months = (context.on - source.checked_on).days / _DAYS_IN_A_MONTH
        if months > context.laws.stale_after_months:
            message = f"was last checked on {source.checked_on}, {months:.0f} months ago"
            yield Problem("stale_source", source.id, message, warning=True)


def _written(answers: Answers) -> str:
    return (
        ", ".join(f"{name}={'+'.join(as_options(each))}" for name, each in answers.items())
        or "any answers"
    )
