"""Serves a script with everything that it imports, as one module in one file.

The sources are plain ES modules, and what belongs to a script follows from its import statements.
Each imported module becomes a function of its own, so that no two of them share a name. Why they
are not left to the browser: docs/decisions/0012-scripts-as-modules.md.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from questions import DataError

Read = Callable[[str], str]
"""The source of the module with this name."""

_IMPORT = re.compile(
    r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<path>\.{1,2}/[^"]+)";\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function) (?P<name>\w+))", re.MULTILINE)
_OTHER_IMPORT = re.compile(r"^import\b(?! *\().*", re.MULTILINE)
_OTHER_EXPORT = re.compile(r"^export\b.*", re.MULTILINE)
_NOT_SENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)(?s:.))*\*/)?\n|^[ \t]+", re.MULTILINE)
"""Lines that are only comment or empty, and indents."""


def bundle(name: str, read: Read) -> str:
    """The script `name`, with each module that it needs before it, once.

    What the script itself exports it still exports. Raises `DataError` where a module says import
    or export in a way that is not understood here, or imports what imports it.
    """
    modules = modules_of(name, read)
    parts = [_as_function(each, read(each)) for each in modules]
    return "".join([*parts, _with_imports(name, read(name))])


def modules_of(name: str, read: Read) -> list[str]:
    """The names of all modules that a script needs, each behind those that it needs itself."""
    found: dict[str, None] = {}
    _collect(name, read, found, ())
    return [each for each in found if each != name]


def _collect(name: str, read: Read, found: dict[str, None], path: tuple[str, ...]) -> None:
    if name in path:
        raise DataError(f"{name}: imports itself, by way of {', '.join(path[1:]) or 'nothing'}")
    for statement in _IMPORT.finditer(read(name)):
        imported = _resolved(name, statement["path"])
        if imported not in found:
            _collect(imported, read, found, (*path, name))
    found[name] = None


def _as_function(name: str, source: str) -> str:
    """A module that runs on its own and gives back what it exports."""
    exported = ", ".join(each["name"] for each in _EXPORT.finditer(source))
    body = _EXPORT.sub("", source)
    _refuse(_OTHER_EXPORT, name, body)
    made = _with_imports(name, body)
    return f"const {_variable(name)} = (() => {{\n{made}return {{ {exported} }};\n}})();\n"


def _with_imports(name: str, source: str) -> str:
    """The source, stripped, behind what it imports from the functions before it.

    Imports come first wherever they stand: so does JavaScript.
    """
    rest = _IMPORT.sub("", source)
    _refuse(_OTHER_IMPORT, name, rest)
    taken = [_taken(name, each) for each in _IMPORT.finditer(source)]
    return "".join([*taken, _NOT_SENT.sub("", rest)])


def _taken(name: str, statement: re.Match[str]) -> str:
    """What stands for an import statement of the module."""
    if not statement["names"]:
        return ""
    variable = _variable(_resolved(name, statement["path"]))
    names = " ".join(statement["names"].split()).replace(" as ", ": ")
    return f"const {{ {names} }} = {variable};\n"


def _refuse(statement: re.Pattern[str], name: str, source: str) -> None:
    if found := statement.search(source):
        raise DataError(f"{name}: cannot be bundled: {found[0]}")


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _resolved(by: str, path: str) -> str:
    """The name of the module that the module `by` imports as `path`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(by), path))
