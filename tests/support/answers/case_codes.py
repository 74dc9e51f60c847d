"""Case codes as tests read and write them, without the program."""

from __future__ import annotations

import re
from itertools import pairwise

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = rf"[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}}){{7}}"


def written(number: int) -> str:
    """160 bits as 32 symbols."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(32)))


def code_shown(html: str) -> str:
    """The code on a page."""
    [code] = re.findall(CODE, re.sub("<[^>]*>", "", html))
    return str(code)


def pieces(code: str) -> list[str]:
    """Parts of a code that stand nowhere by chance: two groups, with and without the hyphen."""
    groups = code.split("-")
    pairs = list(pairwise(groups))
    return ["-".join(pair) for pair in pairs] + ["".join(pair) for pair in pairs]
