"""Whether this machine has the fonts that the paper needs."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess

from wizard.i18n.languages import languages
from wizard.paper.printing import environment

_log = logging.getLogger(__name__)
_LONGEST = 60
_LANGUAGE = re.compile(r"[a-z]{2,3}\b")


def font_problem() -> str | None:
    """What the paper lacks here, in one line; None where every language can be drawn."""
    program = shutil.which("fc-list")
    if program is None:
        return "paper: fonts cannot be looked up: fc-list is not there"
    try:
        done = subprocess.run(
            [program, ":", "lang"],
            capture_output=True,
            env=environment(),
            timeout=_LONGEST,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"paper: fonts cannot be looked up with fc-list: {type(error).__name__}"
    known = set(_LANGUAGE.findall(done.stdout.decode(errors="replace")))
    missing = [tag for tag, each in languages().items() if each.locale.language not in known]
    if not missing:
        return None
    return f"paper: no font here has the letters of: {', '.join(missing)}"


def tell_of_missing_fonts() -> None:
    """Write to the log what the paper lacks here: it will be refused, and everything else works."""
    if problem := font_problem():
        _log.error("%s", problem)
