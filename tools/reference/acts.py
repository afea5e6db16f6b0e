"""Every act: the functions that say who acts, which are the only writers."""

import ast
from collections.abc import Iterator

from tools.reference.sources import first_sentence, modules, page, table


def acts_in(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The public functions of a module with a keyword-only actor."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and names_its_actor(node):
            yield node


def names_its_actor(function: ast.FunctionDef) -> bool:
    return "by" in {argument.arg for argument in function.args.kwonlyargs}


def rows() -> Iterator[tuple[str, ...]]:
    for path, tree in modules():
        for act in acts_in(tree):
            yield f"`{act.name}`", path, first_sentence(ast.get_docstring(act))


def acts() -> str:
    about = "Functions that say who acts (`by=`). What is written to the database is written by these."
    return page("Acts", about, table(("act", "where", "what it does"), rows()))
