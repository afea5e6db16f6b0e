"""The project's own files, as the rules read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("people", "principles", "events", "responses", "outcomes", "journal", "archive")
PACKAGES = ("coproduce", *APPS)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def modules(*packages: str) -> Iterator[Path]:
    """The Python files of `packages`, migrations left out."""
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a Python file."""
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def whole_calls(path: Path) -> Iterator[ast.Call]:
    """Every call that is not a step of a longer chain: of `a.b().c()` the whole of it."""
    every = list(calls(path))
    steps = {id(step) for call in every for step in steps_before(call)}
    return (call for call in every if id(call) not in steps)


def steps_before(node: ast.expr) -> Iterator[ast.expr]:
    """What a chain goes through before its last step."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
        yield node


def chain(node: ast.expr) -> list[str]:
    """The names along a chain, calls included: ["Note", "objects", "filter"] of `Note.objects.filter()`."""
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    if isinstance(node, ast.Call | ast.Subscript):
        return chain(node.func if isinstance(node, ast.Call) else node.value)
    return [node.id] if isinstance(node, ast.Name) else ["?"]


def where(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"
