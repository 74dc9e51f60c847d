"""The rules of the house: who may know what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from rules import default_decider
from tests.support.keys import COOKIE_KEY

ROOT = Path(__file__).parents[1]
PACKAGES = ("questions", "rules", "serving", "wizard")

MAY_IMPORT = {
    "questions": {"questions"},
    "rules": {"questions", "rules"},
    "serving": {"serving"},
    "wizard": {"questions", "rules", "serving", "wizard"},
}
ONLY_FOR = {
    "flask": "wizard",
    "flask_babel": "wizard",
    "flask_limiter": "wizard",
    "werkzeug": "wizard",
    "wtforms": "wizard",
    "babel": "wizard",
    "durable": "rules",
    "gunicorn": "serving",
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(tree: ast.Module) -> Iterator[str]:
    """The first part of the name of each module that is imported, anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their package"
            yield (node.module or "").split(".")[0]


def wrong_imports(package: str, source: str) -> set[str]:
    """What this source, as a module of the package, imports and may not."""
    found = set(imports(ast.parse(source)))
    ours = found & set(PACKAGES) - MAY_IMPORT[package]
    return ours | {name for name in found if ONLY_FOR.get(name, package) != package}


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str):
    assert modules(package)
    for path in modules(package):
        assert wrong_imports(package, path.read_text(encoding="utf-8")) == set(), path


@pytest.mark.parametrize(
    ("package", "source", "wrong"),
    [
        ("questions", "import rules", "rules"),
        ("questions", "from rules.model import Rule", "rules"),
        ("questions", "def f():\n    import flask", "flask"),
        ("rules", "from wizard import api", "wizard"),
        ("rules", "from flask import g", "flask"),
        ("wizard", "from durable.engine import Ruleset", "durable"),
        ("wizard", "from gunicorn.glogging import Logger", "gunicorn"),
        ("serving", "from wizard import create_app", "wizard"),
        ("serving", "import flask", "flask"),
    ],
)
def test_an_import_the_wrong_way_is_seen(package: str, source: str, wrong: str):
    assert wrong_imports(package, source) == {wrong}


ROOMS = {
    "rules": {
        "": {"decider", "decision", "explain", "load", "model"},
        "model": set(),
        "decision": set(),
        "editions": {"model"},
        "engine": {"decision", "model"},
        "load": {"editions", "engine", "model"},
        "explain": {"engine", "model"},
        "decider": {"decision", "engine", "explain", "model"},
        "checklist": {"decision", "engine", "model"},
        "country_facts": {"decision", "model"},
        "stale": {"country_facts", "model"},
        "cases": {"decider", "decision", "model"},
        "side_by_side": {"decider", "decision", "explain", "model"},
        "history": {"decider", "decision", "editions", "load", "model"},
        "proof": {"country_facts", "engine", "load", "model"},
    },
    "wizard": {
        "": {"api", "i18n", "monitoring", "pages", "policy_in_force", "presenters", "session"}
        | {"settings", "templating", "web"},
        "__main__": {"commands"},
        "events": set(),
        "settings": set(),
        "i18n": set(),
        "policy_in_force": {"settings"},
        "web": {"i18n", "settings"},
        "session": {"events", "policy_in_force"},
        "monitoring": {"events", "policy_in_force", "web"},
        "presenters": {"i18n", "policy_in_force", "session"},
        "flowchart": {"i18n", "policy_in_force", "presenters", "session"},
        "paper": {"i18n", "presenters", "session"},
        "templating": {"i18n", "policy_in_force", "presenters", "session", "web"},
        "api": {"i18n", "presenters", "session", "web"},
        "pages": {"flowchart", "i18n", "monitoring", "paper", "policy_in_force", "presenters"}
        | {"session", "templating", "web"},
        "commands": {"flowchart", "i18n", "paper", "presenters"},
    },
}
"""Which room may import which; "" is the package itself. There is no circle."""

MOST_FILES = 18
"""Of one folder: what does not fit into a glance wants rooms."""

FOLDERS = (*PACKAGES, "benchmarks", "deploy", "docs", "templates", "tests", "translations")
"""What stands beside them at the top of the house are the files that tools look for there."""


def files_by_folder(*tops: Path) -> dict[Path, list[str]]:
    """The files in each folder below these, but for what tools leave there."""
    return {
        folder: [path.name for path in folder.iterdir() if path.is_file()]
        for top in tops
        for folder in (top, *(path for path in top.rglob("*") if path.is_dir()))
        if "__pycache__" not in folder.parts
    }


def too_full(*tops: Path) -> dict[Path, int]:
    """How many files the folders hold that hold more than a glance takes in."""
    held = {folder: len(names) for folder, names in files_by_folder(*tops).items()}
    return {folder: many for folder, many in held.items() if many > MOST_FILES}


def rooms_without_a_sentence(*tops: Path) -> list[Path]:
    """The folders of code whose first words do not say what they are."""
    with_code = {
        folder
        for folder, names in files_by_folder(*tops).items()
        if any(name.endswith(".py") for name in names)
    }
    return sorted(folder for folder in with_code if not says_what_it_is(folder / "__init__.py"))


def says_what_it_is(module: Path) -> bool:
    """Does the module begin with a sentence?"""
    if not module.is_file():
        return False
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return bool(re.match(r"[A-Z].*[.:]", said, re.DOTALL))


def room_of(path: Path, package: str) -> str:
    first, *rest = path.relative_to(ROOT / package).with_suffix("").parts
    return first if rest or first != "__init__" else ""


def wrong_rooms(package: str, room: str, source: str) -> set[str]:
    """The rooms of its package that this source, in this room, imports and may not."""
    may = {room, *ROOMS[package].get(room, ())}
    return {name for name in _rooms_imported(package, ast.parse(source)) if name not in may}


def _rooms_imported(package: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for first, *rest in (name.split(".") for name in names):
            if first == package:
                yield rest[0] if rest and rest[0] in ROOMS[package] else ""


@pytest.mark.parametrize("package", ROOMS)
def test_a_room_imports_only_the_rooms_it_may(package: str):
    paths = modules(package)
    assert {room_of(path, package) for path in paths} == set(ROOMS[package])
    for path in paths:
        source = path.read_text(encoding="utf-8")
        assert wrong_rooms(package, room_of(path, package), source) == set(), path


@pytest.mark.parametrize("package", ROOMS)
def test_the_table_of_rooms_has_no_circle(package: str):
    tuple(TopologicalSorter(ROOMS[package]).static_order())


@pytest.mark.parametrize(
    ("package", "room", "source", "wrong"),
    [
        ("wizard", "i18n", "from wizard.web.static_files import STATIC", "web"),
        ("wizard", "templating", "def f():\n    import wizard.pages.form", "pages"),
        ("wizard", "session", "from wizard import api", "api"),
        ("wizard", "web", "from wizard import create_app", ""),
        ("rules", "load", "from rules.checklist import to_bring", "checklist"),
        ("rules", "engine", "from rules.load import policy", "load"),
    ],
)
def test_an_import_of_a_wrong_room_is_seen(package: str, room: str, source: str, wrong: str):
    assert wrong_rooms(package, room, source) == {wrong}


def test_no_folder_holds_more_files_than_a_glance_takes_in():
    assert too_full(*(ROOT / name for name in FOLDERS)) == {}


def test_every_room_of_code_says_in_a_sentence_what_it_is():
    rooms = [ROOT / name for name in (*PACKAGES, "benchmarks", "tests")]
    assert rooms_without_a_sentence(*rooms) == []


def test_a_folder_that_is_too_full_and_a_room_without_a_sentence_are_seen(tmp_path: Path):
    room = tmp_path / "room"
    room.mkdir()
    for number in range(MOST_FILES):
        (room / f"file_{number}.py").write_text("", encoding="utf-8")
    assert too_full(tmp_path) == {}
    assert rooms_without_a_sentence(tmp_path) == [room]
    (room / "__init__.py").write_text('"""A room."""', encoding="utf-8")
    assert too_full(tmp_path) == {room: MOST_FILES + 1}
    assert rooms_without_a_sentence(tmp_path) == []


LONGEST_LINE = 120
"""Of a template, in characters."""


def long_lines(folder: Path) -> list[str]:
    """Where a template has a line that nobody reads without scrolling."""
    return [
        f"{path.relative_to(folder)}:{number}"
        for path in sorted(folder.rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > LONGEST_LINE
    ]


def test_no_line_of_a_template_is_longer_than_a_window_is_wide():
    assert long_lines(ROOT / "templates") == []


def test_a_long_line_of_a_template_is_seen(tmp_path: Path):
    (tmp_path / "page.html").write_text(f"<p>\n{'x' * (LONGEST_LINE + 1)}\n", encoding="utf-8")
    assert long_lines(tmp_path) == ["page.html:2"]


_WITHOUT_GUNICORN = """
import sys
sys.modules["gunicorn"] = None
from wizard import create_app
from wizard.settings import read_settings
settings = read_settings({"COOKIE_KEYS": sys.argv[1], "ACCESS_LOG": "-", "METRICS_BIND": ":9"})
assert create_app(settings).test_client().get("/en/").status_code == 200
"""


def test_another_server_can_serve_the_app_where_gunicorn_is_not_installed():
    run = [sys.executable, "-c", _WITHOUT_GUNICORN, COOKIE_KEY]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_only_one_module_knows_the_rule_engine():
    knowing = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in modules(package)
        if "durable" in set(imports(ast.parse(path.read_text(encoding="utf-8"))))
    ]
    assert knowing == ["rules/engine/durable.py"]


SPEAKING = ("presenters", "flowchart", "paper")
"""The rooms that put something into words."""

OF_THE_REQUEST = {"g", "request", "session"}
CURRENT = {"current", "second"}


def asks_for_the_language(source: str) -> set[str]:
    """What this source takes from the request, where it should be told its language."""
    return {
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        for name in [alias.name]
        if (getattr(node, "module", "") == "flask" and name in OF_THE_REQUEST)
        or (getattr(node, "module", "") == "wizard.i18n.languages" and name in CURRENT)
    }


@pytest.mark.parametrize("room", SPEAKING)
def test_what_puts_something_into_words_is_told_in_which_language(room: str):
    paths = sorted((ROOT / "wizard" / room).rglob("*.py"))
    assert len(paths) > 1
    for path in paths:
        assert asks_for_the_language(path.read_text(encoding="utf-8")) == set(), path


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("from flask import g", "g"),
        ("def f():\n    from flask import current_app, request", "request"),
        ("from wizard.i18n.languages import Language, current", "current"),
        ("from wizard.i18n.languages import second as other", "second"),
    ],
)
def test_who_asks_for_the_language_of_the_page_is_seen(source: str, asks: str):
    assert asks_for_the_language(source) == {asks}


SAYING = {"_", "N_", "gettext", "ngettext"}


def policy_ids() -> frozenset[str]:
    """Every id of a question or an organisation."""
    policy = default_decider().policy
    return frozenset(policy.questionnaire.by_id) | frozenset(policy.organisations)


def string_literals(source: str) -> Iterator[str]:
    """The strings in code: no docstrings, and no sentences that a person reads."""
    tree = ast.parse(source)
    skipped = set(_docstrings(tree)) | set(_sentences(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.value


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, also those that stand below a field: statements that only say something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value


def _sentences(tree: ast.Module) -> Iterator[ast.AST]:
    """What is handed to gettext, or marked for it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
            yield from node.args


def named(texts: Iterator[str], ids: frozenset[str]) -> set[str]:
    """The ids that stand in the texts as whole words."""
    return {word for text in texts for word in re.findall(r"\w+", text)} & ids


@pytest.mark.parametrize("path", modules("wizard"), ids=lambda path: path.name)
def test_no_module_of_the_pages_names_a_question_or_an_organisation(path: Path):
    found = named(string_literals(path.read_text(encoding="utf-8")), policy_ids())
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        'if question.id == "appeal": pass',
        'x = {"vwn": 1}',
        'x = f"/check/{a}/residence"',
        'x = "answers.new_facts"',
        'def f():\n    """Doc."""\n    return ["iom"]',
    ],
)
def test_a_named_question_or_organisation_is_seen(source: str):
    assert named(string_literals(source), policy_ids())


@pytest.mark.parametrize(
    "source", ['"""About the appeal."""', 'x = gettext("No appeal")', "vwn = 1", 'x = "appeals"']
)
def test_words_for_people_are_left_alone(source: str):
    assert not named(string_literals(source), policy_ids())


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_no_template_asks_for_a_question_or_an_organisation_by_its_id(path: Path):
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text(encoding="utf-8"))
    compared = (
        const.value
        for node in tree.find_all((nodes.Compare, nodes.Getitem))
        for const in node.find_all(nodes.Const)
        if isinstance(const.value, str)
    )
    assert named(compared, policy_ids()) <= {"country"}, "a type of question"


def test_only_the_tests_of_benchmarks_import_benchmarks():
    """What both need stands in tests/support/: a measurement is no tool of a test."""
    importing = {
        path.relative_to(ROOT / "tests").parts[0]
        for path in modules("tests")
        if "benchmarks" in set(imports(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert importing == {"benchmarks"}
