"""Small drawings beside the names of organisations and kinds of help.

Each stands in a file of its own, under the id of what it draws, in the folder of its kind; who adds
an organisation adds a file, and no code. A drawing says nothing that the words beside it do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parents[2] / "templates" / "icons"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_INSIDE = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_SYMBOL = Markup('<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>')
_USE = Markup(
    '<svg class="icon" width="24" height="24" aria-hidden="true"><use href="#icon-{}"/></svg>'
)
_SPRITE = Markup('<svg class="hidden" width="0" height="0" aria-hidden="true">{}</svg>')


@cache
def drawing(name: str, folder: Path = FOLDER) -> Markup | None:
    """What stands in the drawing with this name; None where there is none.

    Raises `ValueError` where the file is no SVG.
    """
    path = next(folder.glob(f"*/{name}.svg"), None) if _NAME.fullmatch(name) else None
    if path is None:
        return None
    inside = _INSIDE.search(path.read_text(encoding="utf-8"))
    if not inside:
        raise ValueError(f"{path.name}: no svg element")
    return Markup(inside[1].strip())


@cache
def icon(name: str) -> Markup:
    """The drawing in place; nothing where there is none. The page must hold it: see `sprite`."""
    return _USE.format(name) if drawing(name) else Markup()


def sprite(names: Iterable[str]) -> Markup:
    """The drawings with these names, each once, for use anywhere on the page."""
    # Not by `Markup.join`, which looks at every part once more.
    return _SPRITE.format(Markup("".join(map(_symbol, dict.fromkeys(names)))))


@cache
def _symbol(name: str) -> Markup:
    drawn = drawing(name)
    return _SYMBOL.format(name, drawn) if drawn else Markup()
