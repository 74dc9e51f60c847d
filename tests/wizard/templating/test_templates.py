"""Every template can be read, is used, and uses what it imports."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from wizard.pages.result import PARTS, REASONS

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def tree_of(app: Flask, path: Path) -> nodes.Template:
    return app.jinja_env.parse(path.read_text(encoding="utf-8"), path.name)


def imported_names(tree: nodes.Template) -> list[str]:
    """The names under which macros are imported."""
    names = [
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    ]
    return names + [node.target for node in tree.find_all(nodes.Import)]


def read_names(tree: nodes.Template) -> set[str]:
    """The names that are read."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def macros(tree: nodes.Template) -> list[str]:
    return [node.name for node in tree.find_all(nodes.Macro)]


def sources(tree: nodes.Template, *kinds: type[nodes.Node]) -> set[str]:
    """The templates that this one names in such statements."""
    named = [node.template for node in tree.find_all(kinds)]
    return {const.value for const in named if isinstance(const, nodes.Const)}


def parts(tree: nodes.Template) -> set[str]:
    """The templates of which this one takes what was made before."""
    calls = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "part"]
    arguments = [argument for call in calls for argument in call.args]
    return {argument.value for argument in arguments if isinstance(argument, nodes.Const)}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_compiles(app: Flask, path: Path):
    app.jinja_env.get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_imported_macro_exists_and_is_used(app: Flask, path: Path):
    tree = tree_of(app, path)
    assert set(imported_names(tree)) <= read_names(tree)
    known: set[str] = set()
    for source in sources(tree, nodes.FromImport):
        known |= set(macros(tree_of(app, ROOT / "templates" / source)))
    for node in tree.find_all(nodes.FromImport):
        assert {name if isinstance(name, str) else name[0] for name in node.names} <= known


def test_an_unused_macro_is_seen(app: Flask):
    tree = app.jinja_env.parse('{% from "parts.html" import a, b as c %}{{ a() }}')
    assert set(imported_names(tree)) - read_names(tree) == {"c"}


def test_every_macro_is_used_somewhere(app: Flask):
    trees = [tree_of(app, path) for path in TEMPLATES]
    used = set().union(*(read_names(tree) for tree in trees))
    for path in (ROOT / "wizard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                used.add(node.attr)
    assert [name for tree in trees for name in macros(tree) if name not in used] == []


def test_every_template_is_shown_or_built_upon(app: Flask):
    trees = [tree_of(app, path) for path in TEMPLATES]
    kinds = (nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)
    used = set().union(*(sources(tree, *kinds) | parts(tree) for tree in trees))
    for path in (ROOT / "wizard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                used.add(node.value)
    used |= {f"result/{part}.html" for part in (*PARTS, *REASONS, "answers", "desk")}
    names = [path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES]
    assert [name for name in names if name not in used] == []


def visible_words(tree: nodes.Template) -> list[str]:
    """The words that a template writes by itself, without its tags.

    What is marked as Dutch is to be said in Dutch, whatever the reader's language.
    """
    data = [node.data for node in tree.find_all(nodes.TemplateData)]
    # A block within a tag holds an attribute without the tag around it.
    whole = [re.sub(r"^\s*[a-z-]+=\"[^\"<>]*\"\s*$", "", each) for each in data]
    for_all = re.sub(r'<(\w+) lang="nl"[^>]*>[^<]*</\1>', " ", "".join(whole))
    return re.sub(r"<[^>]*>", " ", for_all).split()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_in_a_template_escapes_translation(app: Flask, path: Path):
    allowed = {"Terugkeerwijzer"}
    words = {word for word in visible_words(tree_of(app, path)) if any(map(str.isalpha, word))}
    assert words - allowed == set()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Hello {{ x }}</p>", ["Hello"]),
        ("<p title='no'>{{ _('yes') }}</p>", []),
        ('<body{% block wide %} class="wide"{% endblock %}><p></p>', []),
        ("{% if x %}<b>two</b> words{% endif %}", ["two", "words"]),
        ('<q lang="nl" dir="ltr">Zeg dit.</q> Say <q>this</q>', ["Say", "this"]),
    ],
)
def test_a_word_that_escapes_translation_is_seen(app: Flask, html: str, words: list[str]):
    assert visible_words(app.jinja_env.parse(html)) == words
