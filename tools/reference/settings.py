"""Every variable the site reads from its environment, and where; docs/running.md says what each is."""

import ast
import re
from collections.abc import Iterator

from tools.reference.sources import ROOT, modules, page, table

# How a variable is read: functions of coproduce/environment.py, and the methods of its `env`.
READERS = {"required", "whole_number", "yes_or_no", "address_in"}
METHODS = {"str", "list", "bool", "int", "cache", "db", "db_url", "email", "url", "float"}
EXPLAINED = ROOT / "docs" / "running.md"


def variables() -> dict[str, str]:
    """Each variable with the modules that read it."""
    found: dict[str, set[str]] = {}
    for path, tree in modules():
        for name in read_in(tree):
            found.setdefault(name, set()).add(path)
    return {name: ", ".join(sorted(paths)) for name, paths in sorted(found.items())}


def read_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and reads(node.func):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.isupper():
                yield first.value


def reads(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in READERS
    owner = getattr(function, "value", None)
    return isinstance(owner, ast.Name) and owner.id == "env" and function.attr in METHODS


def explained() -> set[str]:
    """The variables that the table of docs/running.md speaks of."""
    rows = [line.split("|")[1] for line in EXPLAINED.read_text().splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}


def settings_page() -> str:
    about = "What each means, and its default, stands in [docs/running.md](../running.md#settings)."
    rows = ((f"`{name}`", paths) for name, paths in variables().items())
    return page("Settings", about, table(("variable", "read by"), rows))
