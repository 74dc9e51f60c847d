"""HTML as a small tree, for tests that look at ids, roles and attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}) | {
    "source",
    "track",
    "wbr",
}


@dataclass(eq=False)
class Element:
    """One element. `pieces` holds its texts and elements in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    pieces: list[str | Element] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        """The attribute; "" where it stands without a value."""
        return self.attributes.get(name, default)

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def children(self) -> list[Element]:
        """The elements directly inside."""
        return [piece for piece in self.pieces if isinstance(piece, Element)]

    @property
    def text(self) -> str:
        """All text inside, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, str):
                yield piece
            else:
                yield from piece._texts()

    def walk(self) -> Iterator[Element]:
        """Every element inside, in the order of the page."""
        for child in self.children:
            yield child
            yield from child.walk()

    def ancestors(self) -> Iterator[Element]:
        """The elements around, the nearest first."""
        if self.parent:
            yield self.parent
            yield from self.parent.ancestors()

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Every element inside with one of the tags (any, without) and these attributes.

        `type_="radio"` asks for the attribute `type`, `aria_label` for `aria-label`.
        """
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if (not tags or element.tag in tags)
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attributes: str) -> Element:
        """The only such element; fails where there is none, or more than one."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tags} {attributes}, wanted one"
        return found[0]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.pieces.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        around = [self._open, *self._open.ancestors()]
        closed = next((element for element in around if element.tag == tag), None)
        if closed is not None and closed.parent is not None:
            self._open = closed.parent

    def handle_data(self, data: str) -> None:
        self._open.pieces.append(data)


def parse(html: str) -> Element:
    """The document; its root has no tag. Optional end tags must be written out, as ours are."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
