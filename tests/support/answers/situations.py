"""People whose result a counsellor has thought through: their answers, by a short name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.support.journeys import Route

_FILE = Path(__file__).with_name("situations.json")

SITUATIONS: Mapping[str, Route] = json.loads(_FILE.read_text(encoding="utf-8"))
