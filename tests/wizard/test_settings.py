"""Every setting is documented where people look, and a wrong one is refused by its name."""

from __future__ import annotations

import ast
import logging
import re
from pathlib import Path

import pytest

from tests.conftest import COOKIE_KEY
from wizard.settings import read_settings

ROOT = Path(__file__).parents[2]
OF_THE_APP = (ROOT / "wizard" / "settings.py",)
OF_THE_SERVER = (ROOT / "gunicorn.conf.py", *(ROOT / "serving").glob("*.py"))
_NAME = re.compile(r"[A-Z][A-Z_]{3,}")
_DEFAULTS = {
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "SECURE_COOKIES": "false",
    "ANSWERS_MINUTES": "60",
    "IDLE_MINUTES": "15",
    "RATELIMIT": "6000 per minute",
    "TRUSTED_PROXIES": "0",
    "WEB_CONCURRENCY": "2",
    "THREADS": "4",
    "LOG_FORMAT": "text",
    "POLICY_CHECK_SECONDS": "5",
}


def names_read(*files: Path) -> set[str]:
    """Every name of a setting in the code: a text that is such a name and nothing else."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _NAME.fullmatch(node.value)
        and node.value not in logging.getLevelNamesMapping()
    }


def table() -> dict[str, str]:
    """The row of each setting in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("\n## Settings\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return {name: row for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}


def test_the_readme_names_every_setting_and_no_other():
    assert set(table()) == names_read(*OF_THE_APP, *OF_THE_SERVER)


def test_the_code_documents_its_settings_where_it_reads_them():
    documented = set(re.findall(r"^ +([A-Z_]{4,}) ", read_settings.__doc__ or "", re.MULTILINE))
    assert documented == names_read(*OF_THE_APP)
    server = ast.get_docstring(ast.parse(OF_THE_SERVER[0].read_text(encoding="utf-8"))) or ""
    own = names_read(*OF_THE_SERVER) - documented
    assert own <= set(re.findall(r"\b[A-Z_]{4,}\b", server))


@pytest.mark.parametrize(("name", "default"), _DEFAULTS.items(), ids=list(_DEFAULTS))
def test_the_readme_tells_the_default(name: str, default: str):
    assert re.search(rf"[(,; ]{re.escape(default)}[),; ]", table()[name]), table()[name]


def test_the_defaults_are_those_of_the_readme():
    settings = read_settings({"COOKIE_KEYS": COOKIE_KEY})
    assert (settings.answers_minutes, settings.idle_minutes) == (60, 15)
    assert (settings.rate_limits, settings.rate_limit) == (True, "6000 per minute")
    assert settings.rate_limit_storage == "memory://"
    assert settings.trusted_proxies == 0
    assert settings.policy_check_seconds == 5
    assert not settings.secure_cookies
    assert not settings.request_log
    assert settings.metrics_port is settings.policy_last_good is settings.policy_archive is None
    assert settings.embed_origins == ()


def test_an_empty_setting_is_the_same_as_none():
    empty = dict.fromkeys(names_read(*OF_THE_APP), "") | {"COOKIE_KEYS": COOKIE_KEY}
    assert read_settings(empty) == read_settings({"COOKIE_KEYS": COOKIE_KEY})


WRONG = [
    ("ANSWERS_MINUTES", "61"),
    ("ANSWERS_MINUTES", "-1"),
    ("ANSWERS_MINUTES", "an hour"),
    ("IDLE_MINUTES", "nan"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "all"),
    ("RATELIMIT", "100 per hour"),
    ("RATELIMIT", "10 per minute; 100 per day"),
    ("RATELIMIT", "many"),
    ("METRICS_BIND", "127.0.0.1"),
    ("EMBED_ORIGINS", "*"),
    ("POLICY_CHECK_SECONDS", "soon"),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=[" ".join(each) for each in WRONG])
def test_a_wrong_setting_is_refused_by_its_name(name: str, value: str):
    with pytest.raises(ValueError, match=f"^{name}: "):
        read_settings({"COOKIE_KEYS": COOKIE_KEY, name: value})
