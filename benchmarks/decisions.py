"""Decisions a second without the pages, and the time to the first one after a start."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from statistics import median

from questions import Answer, Answers, QuestionType
from rules import Decider, default_decider

_SETS = 300
_SEED = 7


@dataclass(frozen=True)
class FirstDecision:
    """What a new process spends until it has decided once, in milliseconds."""

    imports: float
    deciding: float
    """Loading the policy, compiling it, and deciding."""


def decisions_a_second(seconds: float = 1.0) -> float:
    """Decide for many different answers. Nothing is kept by answers."""
    decider = default_decider()
    answers = random_answers(decider, _SETS)
    today = date.today()
    for each in answers:
        decider.decide(each, today)
    done, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        for each in answers:
            decider.decide(each, today)
        done += len(answers)
    return done / spent


def random_answers(decider: Decider, number: int) -> list[Answers]:
    """Answers that complete the questionnaire, the same ones in every run."""
    chooser = random.Random(_SEED)
    return [_complete(decider, chooser) for _ in range(number)]


def _complete(decider: Decider, chooser: random.Random) -> Answers:
    answers: dict[str, Answer] = {}
    while asked := decider.path(answers).next_question:
        option = chooser.choice(asked.option_ids)
        answers[asked.id] = (option,) if asked.type is QuestionType.SEVERAL else option
    return answers


_FIRST = """
import json, sys, time
started = time.perf_counter()
from rules import decide
imported = time.perf_counter()
complete = decide(json.loads(sys.argv[1])).complete
decided = time.perf_counter()
print(json.dumps([complete, 1000 * (imported - started), 1000 * (decided - imported)]))
"""


def first_decision(starts: int = 7) -> FirstDecision:
    """The median over several new processes."""
    answers = random_answers(default_decider(), 1)[0]
    measured = [_start_and_decide(answers) for _ in range(starts)]
    return FirstDecision(
        imports=median(each.imports for each in measured),
        deciding=median(each.deciding for each in measured),
    )


def _start_and_decide(answers: Answers) -> FirstDecision:
    command = [sys.executable, "-c", _FIRST, json.dumps(answers)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    complete, imports, deciding = json.loads(done.stdout)
    if not complete:
        raise RuntimeError("these answers do not complete the questionnaire")
    return FirstDecision(imports, deciding)
