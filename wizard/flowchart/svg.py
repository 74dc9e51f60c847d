"""Writes the picture of the questionnaire as SVG.

Without style: attributes only, in the colour of the text around it. So the content security policy
has nothing to allow, and a dark page has a light picture. Lengths follow the size of the page's
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from wizard.flowchart.shapes import Box, Line, Picture
from wizard.flowchart.text_width import FONT

_UNITS_PER_EM = 18
"""At the size of text that the style sheet asks for, a unit is a pixel."""
_RADIUS = 8.0
_ARROW_LENGTH, _ARROW_HALF = 7.0, 4.0
_DOT = 3.0

_PAPER = {"fill": "#fff"}
_INK = {"color": "#222", "font-family": "system-ui, sans-serif"}


def svg(picture: Picture, title: str, *, alone: bool = False) -> str:
    """The picture; `alone` is for a file, which brings its own colours."""
    size = {
        "width": f"{picture.width / _UNITS_PER_EM:.4g}em",
        "height": f"{picture.height / _UNITS_PER_EM:.4g}em",
        "viewBox": f"0 0 {_number(picture.width)} {_number(picture.height)}",
    }
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"} if alone else {})
    root.attrib |= {**size, "role": "img", "direction": "rtl" if picture.mirrored else "ltr"}
    if alone:
        root.attrib |= _INK
        ET.SubElement(root, "title").text = title
        ET.SubElement(root, "rect", {"width": "100%", "height": "100%", **_PAPER})
    else:
        root.set("aria-label", title)
    _boxes(root, picture.boxes)
    _lines(root, picture)
    _labels(root, picture)
    return ET.tostring(root, encoding="unicode")


def _boxes(root: ET.Element, boxes: Sequence[Box]) -> None:
    group = ET.SubElement(root, "g", {"fill": "none", "stroke": "currentColor"})
    for box in boxes:
        corner = box.height / 2 if box.round else _RADIUS
        given = {
            "x": box.x,
            "y": box.y,
            "width": box.width,
            "height": box.height,
            "rx": min(corner, 20.0),
        }
        rect = ET.SubElement(group, "rect", _numbers(given))
        if box.dashed:
            rect.set("stroke-dasharray", "5 4")
        elif not box.round:
            rect.set("stroke-width", "2")


def _lines(root: ET.Element, picture: Picture) -> None:
    group = ET.SubElement(root, "g", {"fill": "none", "stroke": "currentColor"})
    path = "".join(f"M{_path(_shortened(line))}" for line in picture.lines)
    ET.SubElement(group, "path", {"d": path})
    filled = ET.SubElement(root, "g", {"fill": "currentColor"})
    heads = "".join(f"M{_path(_head(line))}z" for line in picture.lines if line.arrow)
    ET.SubElement(filled, "path", {"d": heads})
    for dot in picture.dots:
        ET.SubElement(filled, "circle", _numbers({"cx": dot.x, "cy": dot.y, "r": _DOT}))


def _labels(root: ET.Element, picture: Picture) -> None:
    groups: dict[tuple[float, bool], ET.Element] = {}
    for label in picture.labels:
        size = FONT[label.size]
        group = groups.get((size, label.centred))
        if group is None:
            about = {"fill": "currentColor", "font-size": _number(size)}
            if label.centred:
                about["text-anchor"] = "middle"
            group = groups[size, label.centred] = ET.SubElement(root, "g", about)
        ET.SubElement(group, "text", _numbers({"x": label.x, "y": label.y})).text = label.text


def _shortened(line: Line) -> Iterator[tuple[float, float]]:
    """The points of a line, which ends where its head begins."""
    yield from line.points[:-1]
    yield _before_end(line) if line.arrow else line.points[-1]


def _before_end(line: Line) -> tuple[float, float]:
    (x, y), (right, down) = line.points[-1], _direction(line)
    return x - right * _ARROW_LENGTH, y - down * _ARROW_LENGTH


def _head(line: Line) -> Iterator[tuple[float, float]]:
    (x, y), (right, down) = _before_end(line), _direction(line)
    yield line.points[-1]
    yield x - down * _ARROW_HALF, y - right * _ARROW_HALF
    yield x + down * _ARROW_HALF, y + right * _ARROW_HALF


def _direction(line: Line) -> tuple[int, int]:
    """To which side, and whether down, the last part of a line goes: none is slanted."""
    (x0, y0), (x1, y1) = line.points[-2:]
    return (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)


def _path(points: Iterator[tuple[float, float]]) -> str:
    return "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _numbers(values: Mapping[str, float]) -> dict[str, str]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
