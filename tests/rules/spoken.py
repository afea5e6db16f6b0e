"""What the code says to people, and whether a catalogue can change it."""

import ast
import re
from collections.abc import Iterator

MARKED = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
}  # fmt: skip
# Words in these places of a call are read by people.
FIRST_OF = {"Refused", "ValidationError", "PermissionDenied", "NotAPicture", "TranscriptError", "NotADate"}
SECOND_OF = {"success", "error", "warning", "info", "add_error"}
NAMED = {"label", "help_text", "empty_label"}
LETTERS = re.compile(r"[^\W\d_]{2}")
# Three words or more that begin and end like a sentence.
SENTENCE = re.compile(r"[“A-Z]\w*[’,]?(?: [^\s]+){2,}[.?!…:”]", re.DOTALL)


def text_of(node: ast.expr) -> str:
    """The words of a literal, with a sign for what is put into it; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return ""


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def literals(node: ast.AST) -> Iterator[ast.expr]:
    """The literals within an expression that no catalogue can change."""
    if isinstance(node, ast.Call) and name_of(node) in MARKED:
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        if LETTERS.search(text_of(node)):
            yield node
        return
    for part in _parts(node):
        yield from literals(part)


def _parts(node: ast.AST) -> list[ast.AST]:
    """What an expression may come to, or is made from."""
    match node:
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return [node.left]
        case ast.BoolOp():
            return list(node.values)
        case ast.Call(func=ast.Attribute(attr="format")):
            return [node.func.value]
    return []


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Every expression that is said to people, whatever it holds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.keyword) and node.arg == "error_messages":
            yield from _values(node.value)
        elif isinstance(node, ast.keyword) and node.arg == "choices":
            yield from _labels(node.value)
        elif isinstance(node, ast.ClassDef) and any(
            "TextChoices" in ast.unparse(base) for base in node.bases
        ):
            tuples = (one.value for one in node.body if isinstance(one, ast.Assign))
            yield from (one.elts[1] for one in tuples if isinstance(one, ast.Tuple))


def _of_call(call: ast.Call) -> Iterator[ast.AST]:
    if name_of(call) in FIRST_OF:
        yield from call.args[:1]
    if name_of(call) in SECOND_OF:
        yield from call.args[1:2]
    yield from (word.value for word in call.keywords if word.arg in NAMED)


def _values(node: ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.Dict):
        yield from node.values
    elif isinstance(node, ast.BinOp):
        yield from (*_values(node.left), *_values(node.right))
    elif isinstance(node, ast.Call) and name_of(node) == "fromkeys":
        yield from node.args[1:2]


def _labels(node: ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.List | ast.Tuple):
        pairs = (one.elts for one in node.elts if isinstance(one, ast.Tuple) and len(one.elts) == 2)
        yield from (label for _, label in pairs)


def untranslated(source: str) -> Iterator[ast.expr]:
    """The literals of a module that stand where words for people stand."""
    for place in places(ast.parse(source)):
        yield from literals(place)


def sentences(source: str) -> Iterator[ast.expr]:
    """The literals of a module that read like sentences, wherever they stand, and are not translated."""
    tree = ast.parse(source)
    passed = {id(node) for node in _unsaid(tree)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed
        if is_text and SENTENCE.fullmatch(text_of(node)):
            yield node


def _unsaid(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, what is marked for translation, logs, 404s nobody is shown, and pieces of f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from (part for part in ast.walk(node) if part is not node)
        elif isinstance(node, ast.Call) and _is_unsaid(node):
            yield from ast.walk(node)


def _is_unsaid(call: ast.Call) -> bool:
    whole = ast.unparse(call.func)
    return name_of(call) in MARKED | {"Http404", "field", "own", "of_thing", "Column"} or whole.startswith(
        ("log.", "logger.")
    )


# A literal of a script, without what is put into it; comments are left out.
LITERAL = re.compile(r"""(?P<sign>["'`])(?P<text>(?:\\.|(?!(?P=sign)).)*)(?P=sign)""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|(?<=[;{},(])\s+//.*?$", re.DOTALL | re.MULTILINE)
PUT_IN = re.compile(r"\$\{[^}]*\}")
# Names of keys, words for the browser, and what asks for elements and screens.
NO_WORDS = re.compile(
    r"use strict|Enter|Escape|Delete|Backspace|Page(?:Up|Down)|Arrow\w+|[A-Z]\w+[A-Z-]\w*"
    r"|.*[\[\]#=><:()].*|.*--.*|btn .*|.* \.\w+.*"
)
WORDS = re.compile(r"[A-Z“][a-z’]+[.…]?|.*[a-z’]{2,}[,.]? [a-z“]{2,}.*|[A-Z“][a-z’]+ .*", re.DOTALL)


def texts_of_script(source: str) -> Iterator[str]:
    """The literals of a script that read like words for people: they belong in templates/words."""
    for found in LITERAL.finditer(COMMENT.sub("", source)):
        text = PUT_IN.sub("", found["text"]).strip()
        if WORDS.fullmatch(text) and not NO_WORDS.fullmatch(text):
            yield text
