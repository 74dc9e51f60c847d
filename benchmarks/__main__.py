"""`python -m benchmarks`: measure everything once and print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.decisions import decisions_a_second, first_decision
from benchmarks.report import Row, at_least, at_most, table
from benchmarks.serving import BARE, LIBRARIES, WIZARD, serve
from benchmarks.speed import BASE, QUESTION, RESULT, Speed, speeds
from benchmarks.visit import fetch_every_page
from benchmarks.weight import heaviest_pages, weighed
from tests.support.servers import Memory

RATIOS = {QUESTION: 0.3, RESULT: 0.12}
"""Of the processor time of the bare page, compressed or not. Nothing with answers is kept."""
FIRST_DECISION_MS = 50
MEMORY_RATIO = 2.25
_MEASURES = {
    "rss": "resident (RSS)",
    "pss": "with its share of what is shared (PSS)",
    "uss": "its own alone (USS)",
}


def main() -> None:
    """Print a table for each subject."""
    print(table("First visit: bytes with all that the page loads, compressed", list(_weights())))
    print(table("Decisions", list(_decisions())))
    with serve(BARE) as bare, serve(LIBRARIES) as libraries, serve(WIZARD) as wizard:
        measured = speeds(bare, wizard)
        fetch_every_page(wizard.port)
        print(table("Speed, on one gunicorn worker", list(_speeds(measured))))
        memory = list(_memory(bare.memory(), libraries.memory(), wizard.memory()))
        print(table("Memory of a worker that has served every page", memory))


def _weights() -> Iterator[Row]:
    for kind, weight in heaviest_pages().items():
        shown = f"{weight.total:,} (page {weight.page:,})"
        yield at_most(kind, *weighed(kind, weight), shown)


def _decisions() -> Iterator[Row]:
    first = first_decision()
    yield Row("decisions, a second", f"{decisions_a_second():,.0f}")
    yield Row("imports of a new process", f"{first.imports:.0f} ms")
    yield at_most(
        "load, compile, first decision (ms)",
        first.deciding,
        FIRST_DECISION_MS,
        f"{first.deciding:.0f}",
    )


def _speeds(measured: Mapping[str, Speed]) -> Iterator[Row]:
    for name, speed in measured.items():
        shown = f"{speed.a_second:,.0f}/s  {speed.cpu:.2f} ms  {speed.cpu_ratio:.2f}"
        target = RATIOS.get(name.partition(",")[0])
        yield Row(name, shown) if target is None else at_least(name, speed.cpu_ratio, target, shown)
    yield Row(f"(a second, processor time, its ratio to the {BASE})", "")


def _memory(base: Memory, libraries: Memory, ours: Memory) -> Iterator[Row]:
    for measure, name in _MEASURES.items():
        least, asked, all_of_it = (getattr(each, measure) for each in (base, libraries, ours))
        ratio = all_of_it / least
        shown = f"{all_of_it:.1f} / {least:.1f} MiB = {ratio:.2f}"
        yield at_most(name, ratio, MEMORY_RATIO, shown)
        yield Row(
            "  only the libraries that were asked for", f"{asked:.1f} MiB = {asked / least:.2f}"
        )


main()
