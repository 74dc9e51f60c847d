"""A script is served with everything that it imports, and means what its modules mean."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask

from questions import DataError
from tests.support.journeys import DECIDED
from tests.support.page_client import PageClient
from wizard.i18n import helper_mode
from wizard.web.bundling import bundle, modules_of
from wizard.web.static_files import STATIC, served

SCRIPTS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))

MODULES = {
    "a.js": '// Starts.\nimport "./b.js";\nimport { said, say as tell } from "./in/c.js";\n\n'
    'import {\n  other,\n} from "./b.js";\ntell("a");\nconst own = 1;\n'
    "console.log(JSON.stringify([...said(), other(own), new Thing().x]));\n"
    'import { Thing } from "./in/d.js";\n',
    "b.js": 'import { say } from "./in/c.js";\n\nconst own = 10;\nsay("b");\n'
    "export function other(number) {\n  return number + own;\n}\n",
    "in/c.js": "const own = [];\n\n/** What was said. */\nexport const said = () => own;\n"
    "export const say = (word) => own.push(word);\n",
    "in/d.js": 'import { say } from "./c.js";\nsay("d");\nexport class Thing {\n  x = 7;\n}\n',
}


def node(*arguments: str, script: str = "") -> str:
    found = shutil.which("node")
    assert found, "Node is needed to run what browsers run"
    done = subprocess.run(
        [found, *arguments], input=script, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_bundle_does_what_its_modules_do(tmp_path: Path):
    for name, source in MODULES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    by_modules = node(str(tmp_path / "a.js"))
    by_bundle = node("--input-type=module", script=bundle("a.js", MODULES.__getitem__))
    assert by_bundle == by_modules
    assert json.loads(by_modules) == ["b", "d", "a", 11, 7]


def test_each_module_stands_in_a_bundle_once_behind_what_it_needs():
    assert modules_of("a.js", MODULES.__getitem__) == ["in/c.js", "b.js", "in/d.js"]
    assert bundle("a.js", MODULES.__getitem__).count("const own = [];") == 1


@pytest.mark.parametrize(
    "modules",
    [
        {"a.js": 'import b from "./b.js";\n', "b.js": ""},
        {"a.js": 'import * as b from "./b.js";\n', "b.js": ""},
        {"a.js": 'import { x } from "elsewhere";\n'},
        {"a.js": 'import "./b.js";\n', "b.js": "export let x = 1;\n"},
        {"a.js": 'import "./b.js";\n', "b.js": "export default 1;\n"},
        {"a.js": 'import "./b.js";\n', "b.js": "const x = 1;\nexport { x };\n"},
        {"a.js": 'import "./b.js";\n', "b.js": 'import "./a.js";\n'},
        {"a.js": 'import "./a.js";\n'},
    ],
)
def test_what_is_not_understood_is_refused(modules: Mapping[str, str]):
    with pytest.raises(DataError, match=r"\.js: "):
        bundle("a.js", modules.__getitem__)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_that_is_served_is_one_module_that_needs_no_other_file(name: str):
    script = served(name).decode()
    node("--input-type=module", "--check", script=script)
    assert not re.search(r"^import\b(?!\()", script, re.MULTILINE)


@pytest.mark.parametrize("helps", ["", helper_mode.ON])
def test_no_page_runs_a_module_twice(app: Flask, helps: str):
    client = PageClient(app)
    client.http.set_cookie(helper_mode.COOKIE_NAME, helps)
    client.answer_all(DECIDED)
    places = ("", "check/asylum_decision", "check/country", "form", "result", "offline", "embed")
    for place in (*places, "case", "paper"):
        scripts = client.get(client.url(place)).document.all("script")
        names = [each["src"].removeprefix("/static/").partition("?")[0] for each in scripts]
        assert names
        assert all(each["type"] == "module" for each in scripts), place
        run = [module for name in names for module in (name, *modules_of(name, _source))]
        assert len(run) == len(set(run)), (place, run)


def _source(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
