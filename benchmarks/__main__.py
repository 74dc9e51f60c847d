"""`python -m benchmarks`: measure everything once and print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.decisions import decisions_a_second, first_decision
from benchmarks.report import Row, at_least, at_most, table
from benchmarks.serving import BARE, WIZARD, Server, serve
from benchmarks.speed import BASE, QUESTION, RESULT, Speed, speeds
from benchmarks.visit import fetch_every_page
from benchmarks.weight import BUDGET, heaviest_pages

RATIOS = {QUESTION: 0.5, RESULT: 0.25}
"""Of the rate of the bare page; whether compressed or not."""
FIRST_DECISION_MS = 50
MEMORY_RATIO = 1.6


def main() -> None:
    """Print a table for each subject."""
    print(table("First visit: bytes with all that the page loads, compressed", list(_weights())))
    print(table("Decisions", list(_decisions())))
    with serve(BARE) as bare, serve(WIZARD) as wizard:
        measured = speeds(bare, wizard)
        fetch_every_page(wizard.port)
        print(table("Speed, on one gunicorn worker", list(_speeds(measured))))
        print(table("Memory of a worker that has served every page", list(_memory(bare, wizard))))


def _weights() -> Iterator[Row]:
    for name, weight in heaviest_pages().items():
        shown = f"{weight.total:,} (page {weight.page:,})"
        yield at_most(name, weight.total, BUDGET, shown)


def _decisions() -> Iterator[Row]:
    rates, first = decisions_a_second(), first_decision()
    yield Row("new answers, a second", f"{rates.uncached:,.0f}")
    yield Row("answers seen before, a second", f"{rates.cached:,.0f}")
    yield Row("imports of a new process", f"{first.imports:.0f} ms")
    yield at_most(
        "load, compile, first decision (ms)",
        first.deciding,
        FIRST_DECISION_MS,
        f"{first.deciding:.0f}",
    )


def _speeds(measured: Mapping[str, Speed]) -> Iterator[Row]:
    for name, speed in measured.items():
        shown = f"{speed.a_second:,.0f}/s  {speed.cpu:.2f} ms  {speed.ratio:.2f}"
        target = RATIOS.get(name.partition(",")[0])
        yield Row(name, shown) if target is None else at_least(name, speed.ratio, target, shown)
    yield Row(f"(a second, processor time, ratio to the {BASE})", "")


def _memory(bare: Server, wizard: Server) -> Iterator[Row]:
    base, ours = bare.memory(), wizard.memory()
    for name, theirs, mine in (
        ("resident (RSS)", base.rss, ours.rss),
        ("with its share of what is shared (PSS)", base.pss, ours.pss),
        ("its own alone (USS)", base.uss, ours.uss),
    ):
        shown = f"{mine:.1f} / {theirs:.1f} MiB = {mine / theirs:.2f}"
        yield at_most(name, mine / theirs, MEMORY_RATIO, shown)


main()
