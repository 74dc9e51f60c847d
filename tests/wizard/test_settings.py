"""Every setting is documented where people look, and a wrong one is refused by its name."""

from __future__ import annotations

import ast
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from serving.environment import Environment, SettingError
from tests.support.keys import COOKIE_KEY
from wizard.settings import read_settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "settings.md"
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
    """The row of each setting in the page of the settings."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {name: row for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}


def test_the_readme_leads_to_the_page_of_the_settings():
    assert "](docs/settings.md)" in (ROOT / "README.md").read_text("utf-8")


def test_the_page_names_every_setting_and_no_other():
    assert set(table()) == names_read(*OF_THE_APP, *OF_THE_SERVER)


def test_the_code_documents_its_settings_where_it_reads_them():
    documented = set(re.findall(r"^ +([A-Z_]{4,}) ", read_settings.__doc__ or "", re.MULTILINE))
    assert documented == names_read(*OF_THE_APP)
    server = ast.get_docstring(ast.parse(OF_THE_SERVER[0].read_text(encoding="utf-8"))) or ""
    own = names_read(*OF_THE_SERVER) - documented
    assert own <= set(re.findall(r"\b[A-Z_]{4,}\b", server))


@pytest.mark.parametrize(("name", "default"), _DEFAULTS.items(), ids=list(_DEFAULTS))
def test_the_page_tells_the_default(name: str, default: str):
    assert re.search(rf"[(,; ]{re.escape(default)}[),; ]", table()[name]), table()[name]


def test_the_defaults_are_those_of_the_page():
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
    assert settings.operator.name == ""


def test_an_empty_setting_is_the_same_as_none():
    empty = dict.fromkeys(names_read(*OF_THE_APP), "") | {"COOKIE_KEYS": COOKIE_KEY}
    assert read_settings(empty) == read_settings({"COOKIE_KEYS": COOKIE_KEY})


WRONG = [
    ("ANSWERS_MINUTES", "0"),
    ("ANSWERS_MINUTES", "１５"),
    ("COOKIE_KEYS", "abc"),
    ("COOKIE_KEYS", ", ,"),
    ("IDLE_MINUTES", "inf"),
    ("IDLE_MINUTES", "1e3"),
    ("IDLE_MINUTES", "99999"),
    ("LEAVE_URL", "www.example.nl"),
    ("LEAVE_URL", "javascript:alert(1)"),
    ("LEAVE_URL", "https:///nobody"),
    ("LEAVE_URL", "https://[nobody/"),
    ("METRICS_BIND", "127.0.0.1:99999"),
    ("METRICS_BIND", "127.0.0.1:0"),
    ("METRICS_BIND", "nobody.invalid:9100"),
    ("OPERATOR_LOGO", "/nowhere/logo.svg"),
    ("OPERATOR_LOGO", __file__),
    ("OPERATOR_PHONE", "call us"),
    ("OPERATOR_WEBSITE", "example.nl"),
    ("POLICY_FOLDER", "/nowhere"),
    ("RATELIMIT", "0x10 per minute"),
    ("RATELIMIT_ENABLED", "perhaps"),
    ("RATELIMIT_STORAGE_URI", "memory"),
    ("RATELIMIT_STORAGE_URI", "mysql://redis"),
    ("SECURE_COOKIES", "2"),
    ("TRUSTED_PROXIES", "1_0"),
    ("TRUSTED_PROXIES", "1.0"),
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
    with pytest.raises(SettingError, match=f"^{name}: ") as refused:
        read_settings({"COOKIE_KEYS": COOKIE_KEY, name: value})
    [line] = str(refused.value).splitlines()
    is_secret = name in {"COOKIE_KEYS", "RATELIMIT_STORAGE_URI"}
    assert (repr(value) in line) != is_secret
    assert re.search(r" is not \S| there is no key in it", line)


def test_a_logo_that_weighs_on_a_first_visit_is_refused(tmp_path: Path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"x" * 20_001)
    with pytest.raises(SettingError, match=r"^OPERATOR_LOGO: .* is not a file of at most"):
        read_settings({"COOKIE_KEYS": COOKIE_KEY, "OPERATOR_LOGO": str(logo)})


@pytest.mark.parametrize("text", ["", " \n", "# none\n", COOKIE_KEY[:-2], f"{COOKIE_KEY} abc"])
def test_a_file_without_a_right_key_is_refused_and_not_repeated(tmp_path: Path, text: str):
    file = tmp_path / "keys"
    file.write_text(text)
    with pytest.raises(SettingError, match=r"^COOKIE_KEYS_FILE: ") as refused:
        read_settings({"COOKIE_KEYS_FILE": str(file)})
    assert COOKIE_KEY[:8] not in str(refused.value)


def test_a_file_of_keys_that_is_not_there_or_no_text_is_refused(tmp_path: Path):
    binary = tmp_path / "keys"
    binary.write_bytes(COOKIE_KEY.encode("utf-16"))
    for file in (binary, tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SettingError, match=f"^COOKIE_KEYS_FILE: '{re.escape(str(file))}'"):
            read_settings({"COOKIE_KEYS_FILE": str(file)})


def test_a_file_of_keys_as_other_systems_write_it_is_taken(tmp_path: Path):
    file = tmp_path / "keys"
    file.write_bytes(
        b"\xef\xbb\xbf" + COOKIE_KEY.encode() + b"\r\n" + COOKIE_KEY.encode() + b"\r\n"
    )
    assert read_settings({"COOKIE_KEYS_FILE": str(file)}).cookie_keys == (COOKIE_KEY,) * 2


def test_spaces_around_a_setting_and_capitals_of_a_flag_do_not_count():
    spaced = {"COOKIE_KEYS": COOKIE_KEY, "TRUSTED_PROXIES": " 1 ", "SECURE_COOKIES": " TRUE\n"}
    settings = read_settings(spaced)
    assert (settings.trusted_proxies, settings.secure_cookies) == (1, True)


AT_START = [
    ("ACCESS_LOG", "/nowhere/log"),
    ("ACCESS_LOG", "/"),
    ("COOKIE_KEYS", "abc"),
    ("COOKIE_KEYS_FILE", "/nowhere"),
    ("HOST", "nobody.invalid"),
    ("HOST", "192.0.2.1"),
    ("LOG_FORMAT", "JSON"),
    ("METRICS_BIND", "9100"),
    ("PORT", "99999"),
    ("PORT", "http"),
    ("STATE_FOLDER", "/dev/null/below"),
    ("THREADS", "0"),
    ("TRUSTED_PROXIES", "all"),
    ("WEB_CONCURRENCY", "abc"),
    ("WEB_CONCURRENCY", "0"),
]


@pytest.mark.parametrize(("name", "value"), AT_START, ids=[" ".join(each) for each in AT_START])
def test_the_start_ends_with_one_line_that_names_the_setting(name: str, value: str):
    done = subprocess.run(
        [sys.executable, "-m", "serving"],
        cwd=ROOT,
        env={**os.environ, "PORT": "0", name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    [line] = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 2
    assert line.startswith(f"{name}: ")
    assert " is not " in line
    assert (repr(value) in line) != (name == "COOKIE_KEYS")


def test_ipv6_needs_no_brackets():
    assert Environment({"HOST": "::1"}).host("HOST", "") == "[::1]"
    assert Environment({"HOST": "[::1]"}).host("HOST", "") == "[::1]"
    assert Environment({"AT": "[::1]:9100"}).bind("AT") == ("[::1]", 9100)
