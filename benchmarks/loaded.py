"""What a browser loads for a page beside the page itself."""

from __future__ import annotations

from html.parser import HTMLParser

_BY_TAG = {"script": "src", "img": "src", "iframe": "src", "source": "src"}
_LINKS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"})
"""Links that lead to something loaded; others only lead somewhere."""


class _Loaded(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        address = attributes.get(_BY_TAG.get(tag, ""))
        if tag == "link" and _LINKS & set((attributes.get("rel") or "").split()):
            address = attributes.get("href")
        if address and not address.startswith("data:"):
            self.addresses.add(address)


def loaded_by(html: str) -> frozenset[str]:
    """The addresses that the page loads by itself."""
    parser = _Loaded()
    parser.feed(html)
    return frozenset(parser.addresses)
