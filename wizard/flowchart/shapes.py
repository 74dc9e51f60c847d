"""What the picture of the questionnaire is made of. Knows no language, no question and no SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.flowchart.text_width import Size


@dataclass(frozen=True)
class Branch:
    """One line to a box: the words on it, and the box that it comes from.

    With `parts` it is a gate where these meet, and comes from nowhere itself.
    """

    text: str
    source: str = ""
    parts: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Step:
    """One box; `when` is what leads to it, None where nothing has to."""

    name: str
    text: str
    when: Branch | None = None


@dataclass(frozen=True)
class Box:
    """A rectangle; `dashed` where a condition leads to it, `round` for gates and the end."""

    name: str
    x: float
    y: float
    width: float
    height: float
    dashed: bool = False
    round: bool = False


@dataclass(frozen=True)
class Line:
    """A line through points; `branch` says from which box to which one it leads."""

    points: tuple[tuple[float, float], ...]
    arrow: bool = False
    branch: tuple[str, str] | None = None


@dataclass(frozen=True)
class Dot:
    """Where a branch leaves a wire."""

    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """One line of text, from `x` in the direction of reading, or around `x`."""

    x: float
    y: float
    text: str
    size: Size
    centred: bool = False


@dataclass(frozen=True)
class Picture:
    """Everything to draw. `mirrored` is for languages that are read from right to left."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    mirrored: bool = False


def mirrored(picture: Picture) -> Picture:
    """The picture for the other direction of reading."""
    width = picture.width
    return replace(
        picture,
        boxes=tuple(replace(each, x=width - each.x - each.width) for each in picture.boxes),
        lines=tuple(
            replace(each, points=tuple((width - x, y) for x, y in each.points))
            for each in picture.lines
        ),
        dots=tuple(replace(each, x=width - each.x) for each in picture.dots),
        labels=tuple(replace(each, x=width - each.x) for each in picture.labels),
        mirrored=not picture.mirrored,
    )


def leaves(branch: Branch | None) -> Iterator[Branch]:
    """Every branch that comes from a box."""
    if branch is None:
        return
    if branch.source:
        yield branch
    for part in branch.parts:
        yield from leaves(part)


def gates(branch: Branch | None) -> Iterator[Branch]:
    """Every branch in which others meet."""
    if branch and branch.parts:
        yield branch
        for part in branch.parts:
            yield from gates(part)
