"""What the lengths of pages tell of answers to whoever watches the line.

For many random people: how often somebody guesses right who knows the lengths of everybody else's
pages and picks what most of those with the nearest lengths answered. Beside it stands the guess of
whoever has seen nothing.

    python -m benchmarks.lengths [PEOPLE]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.decisions import random_answers
from benchmarks.weight import Visit, app_to_weigh, visitor
from questions import Answers
from rules import default_decider
from wizard.web.padding import STEP

PEOPLE = 400
_NEIGHBOURS = 5
GUESSED = ("return_choice", "circumstances")
_HEADERS = {"Accept-Encoding": "br", "Sec-Fetch-Site": "same-origin"}


def right(people: Sequence[Answers], seen: Sequence[tuple[int, ...]], question: str) -> float:
    """How many of a hundred are guessed right by what was seen of them, each by all others."""
    given = [person.get(question) for person in people]
    hits = 0
    for number, what in enumerate(seen):
        away = [sum(abs(a - b) for a, b in zip(what, each, strict=True)) for each in seen]
        others = [other for other in range(len(people)) if other != number]
        furthest = sorted(away[other] for other in others)[_NEIGHBOURS - 1]
        alike = Counter(given[other] for other in others if away[other] <= furthest)
        hits += alike.most_common(1)[0][0] == given[number]
    return 100 * hits / len(people)


def lengths(app: Flask, person: Answers) -> tuple[int, ...]:
    """The lengths of the result, of its reasons, and of the sealed cookie."""
    client = visitor(app, Visit("", "", person))
    pages = (client.get(f"/en/{place}", headers=_HEADERS) for place in ("result", "result/why"))
    return (*(len(page.get_data()) for page in pages), _cookie(client))


def _cookie(client: FlaskClient) -> int:
    cookie = client.get_cookie("answers")
    return len(cookie.value) if cookie else 0


def main() -> None:
    """Print what lengths tell, with and without padding."""
    app = app_to_weigh()
    people = random_answers(default_decider(), int(sys.argv[1]) if sys.argv[1:] else PEOPLE)
    in_steps = [lengths(app, person) for person in people]
    with patch("wizard.web.padding.STEP", 1):
        as_it_is = [lengths(app, person) for person in people]
    asked = [(len(person),) for person in people]
    for question in GUESSED:
        print(f"{question}, right of 100 guesses:")
        print(f"  nothing seen                 {right(people, [(0,)] * len(people), question):.0f}")
        print(f"  lengths without padding      {right(people, as_it_is, question):.0f}")
        print(f"  lengths in steps             {right(people, in_steps, question):.0f}")
        print(f"  how many questions came      {right(people, asked, question):.0f}")
        both = [(*a, STEP * b[0]) for a, b in zip(in_steps, asked, strict=True)]
        print(f"  steps, and how many came     {right(people, both, question):.0f}")


if __name__ == "__main__":
    main()
