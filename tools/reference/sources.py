"""What the pages of the reference are read from: modules of our own apps, and their docstrings."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"
APPS = ("people", "principles", "events", "responses", "outcomes", "journal", "archive", "coproduce")
APART = {"migrations", "demo"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the apps by its path from the project's folder, in the order of the sentence."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not APART.intersection(path.parts):
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def first_sentence(docstring: str | None) -> str:
    """The first paragraph of a docstring in one line; empty where there is none."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def cell(text: str) -> str:
    """Text as it stands in a cell of a Markdown table."""
    return text.replace("|", "\\|")


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in lines) + "\n"


def page(title: str, about: str, *parts: str) -> str:
    """A page of the reference, which says where it comes from."""
    source = "Written from the source by `./dev reference`; change it there."
    return "\n".join([f"# {title}", "", about, "", source, "", *parts])
