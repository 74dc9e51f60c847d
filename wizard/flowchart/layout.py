"""The layout of the picture of the questionnaire: boxes from top to bottom, and what leads to them.

Pure geometry: it knows no language, no question and no SVG. The boxes stand where reading begins,
so that a narrow window shows them first. Every question that a condition reads has a wire of its
own at the other side, the first question the outermost. From the wires, branches lead back to the
boxes, each with its words above it; where a condition combines several, the branches meet in gates.
Everything is laid out for reading from left to right; `mirrored` turns it round.
"""

from __future__ import annotations

from collections.abc import Sequence

from wizard.flowchart.shapes import (
    Box,
    Branch,
    Dot,
    Label,
    Line,
    Picture,
    Step,
    gates,
    leaves,
)
from wizard.flowchart.text_width import FONT, LINE, Size, guessed_width, wrapped

WIDTH = 720.0
_BOX_LEFT = 1.0
_BOX_WIDTH = 250.0
_BOX_RIGHT = _BOX_LEFT + _BOX_WIDTH
_TEXT_LEFT = 12.0
_PADDING = 10.0
_BETWEEN_BOXES = 26.0
_WIRE_STEP = 16.0
_WIRES_RIGHT = WIDTH - 4
_BESIDE_WORDS = 10.0
_GATE_HEIGHT = 22.0
_GATE_STEP = 16.0
"""On both sides of a gate: the way to the bar where branches meet, and the way out."""
_LEAVING = 18.0
"""What a box that others read has below its text: its wire leaves there."""


def draw(steps: Sequence[Step], end: str) -> Picture:
    """Lay out the steps, with `end` in the last box."""
    return _Drawing(steps).picture(end)


class _Drawing:
    """One picture in the making, from top to bottom."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        read = {leaf.source for step in steps for leaf in leaves(step.when)}
        names = [step.name for step in steps if step.name in read]
        self._wires = {name: _WIRES_RIGHT - _WIRE_STEP * at for at, name in enumerate(names)}
        self._words_right = _WIRES_RIGHT - _WIRE_STEP * len(names)
        widths = [guessed_width(gate.text) for step in steps for gate in gates(step.when)]
        self._gate_width = max(widths, default=0.0) * FONT["small"] + 2 * _BESIDE_WORDS
        self._leaves_at: dict[str, float] = {}
        self._reaches: dict[str, float] = {}
        self._boxes: list[Box] = []
        self._lines: list[Line] = []
        self._dots: list[Dot] = []
        self._labels: list[Label] = []

    def picture(self, end: str) -> Picture:
        """The whole picture."""
        y = 1.0
        for step in self._steps:
            y = self._step(step, y) + _BETWEEN_BOXES
        bottom = self._end(end, y)
        for name, wire in self._wires.items():
            start = self._leaves_at[name]
            points = ((_BOX_RIGHT, start), (wire, start), (wire, self._reaches[name]))
            self._lines.append(Line(points))
        return Picture(
            WIDTH,
            bottom + 1,
            tuple(self._boxes),
            tuple(self._lines),
            tuple(self._dots),
            tuple(self._labels),
        )

    def _step(self, step: Step, y: float) -> float:
        """Draw one box and what leads to it; where it ends."""
        lines = wrapped(step.text, _BOX_WIDTH - 2 * _TEXT_LEFT, "large")
        own = len(lines) * LINE["large"] + 2 * _PADDING
        leaving = _LEAVING if step.name in self._wires else 0.0
        branches = self._height(step.when, _BOX_RIGHT) if step.when else 0.0
        height = max(own, branches + _PADDING) + leaving
        self._boxes.append(
            Box(step.name, _BOX_LEFT, y, _BOX_WIDTH, height, dashed=step.when is not None)
        )
        middle = y + (height - leaving) / 2
        self._text(lines, _BOX_LEFT + _TEXT_LEFT, middle - len(lines) * LINE["large"] / 2, "large")
        if step.when:
            top = middle - branches / 2
            self._branch(step.when, step.name, _BOX_RIGHT, top, arrow=True)
        if leaving:
            self._leaves_at[step.name] = y + height - leaving / 2
        self._down(y + height)
        return y + height

    def _end(self, text: str, y: float) -> float:
        lines = wrapped(text, _BOX_WIDTH - 2 * _TEXT_LEFT, "large")
        height = len(lines) * LINE["large"] + 2 * _PADDING
        self._boxes.append(Box("", _BOX_LEFT, y, _BOX_WIDTH, height, round=True))
        middle = _BOX_LEFT + _BOX_WIDTH / 2
        self._text(lines, middle, y + _PADDING, "large", centred=True)
        return y + height

    def _down(self, y: float) -> None:
        middle = _BOX_LEFT + _BOX_WIDTH / 2
        self._lines.append(Line(((middle, y), (middle, y + _BETWEEN_BOXES)), arrow=True))

    def _height(self, branch: Branch, end: float) -> float:
        """What a branch that ends at `end` needs; its lines lie below their words."""
        if branch.parts:
            return sum(self._height(part, self._bar(end)) for part in branch.parts)
        return (len(self._words(branch, end)) + 1) * LINE["small"]

    def _words(self, branch: Branch, end: float) -> list[str]:
        return wrapped(branch.text, self._words_right - end - _BESIDE_WORDS, "small")

    def _branch(
        self, branch: Branch, target: str, end: float, top: float, *, arrow: bool = False
    ) -> float:
        """Draw a branch that ends at `end`; how far down it ends."""
        if branch.parts:
            return self._gate(branch, target, end, top, arrow=arrow)
        words = self._words(branch, end)
        self._text(words, end + _BESIDE_WORDS, top, "small")
        y = top + (len(words) + 0.25) * LINE["small"]
        wire = self._wires[branch.source]
        self._lines.append(Line(((wire, y), (end, y)), arrow, (branch.source, target)))
        self._dots.append(Dot(wire, y))
        self._reaches[branch.source] = y
        return y

    def _gate(self, gate: Branch, target: str, end: float, top: float, *, arrow: bool) -> float:
        left, bar = end + _GATE_STEP, self._bar(end)
        ends: list[float] = []
        for part in gate.parts:
            ends.append(self._branch(part, target, bar, top))
            top += self._height(part, bar)
        y = (ends[0] + ends[-1]) / 2
        self._boxes.append(
            Box("", left, y - _GATE_HEIGHT / 2, self._gate_width, _GATE_HEIGHT, round=True)
        )
        self._lines.append(Line(((bar, ends[0]), (bar, ends[-1]))))
        self._lines.append(Line(((bar, y), (left + self._gate_width, y))))
        self._lines.append(Line(((left, y), (end, y)), arrow))
        middle = left + self._gate_width / 2
        self._text([gate.text], middle, y - LINE["small"] / 2, "small", centred=True)
        return y

    def _bar(self, end: float) -> float:
        """Where branches meet, of a gate whose way out ends at `end`."""
        return end + 2 * _GATE_STEP + self._gate_width

    def _text(
        self, lines: Sequence[str], x: float, top: float, size: Size, *, centred: bool = False
    ) -> None:
        for number, line in enumerate(lines):
            baseline = top + LINE[size] * number + FONT[size]
            self._labels.append(Label(x, baseline, line, size, centred))
