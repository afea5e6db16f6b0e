"""What changed between two wordings, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import gettext as _

type Op = Literal["equal", "delete", "insert"]

# Words, runs of white space and single signs: together they are the whole text.
PIECES = re.compile(r"\s+|\w+|[^\w\s]")
# Where less than this part of the shorter text is kept, the two are read better one after the other.
ALIKE = 0.4
# Comparing takes time by the product of the lengths; beyond this, texts are no wordings of a principle.
MOST_COMPARED = 1_000_000  # pairs of pieces
STOPS = (".”", "!”", "?”", "…”")


def word_diff(old: str, new: str) -> list[tuple[Op, str]]:
    """The steps from `old` to `new`, none of them empty.

    Joining what is equal or deleted gives `old`, joining what is equal or inserted gives `new`.
    """
    steps: list[tuple[Op, str]] = []
    pieces = PIECES.findall(old), PIECES.findall(new)
    is_short = len(pieces[0]) * len(pieces[1]) <= MOST_COMPARED
    runs = _runs(*pieces) if is_short else [(old, new, old == new)]
    shared = sum(len(removed) for removed, _, same in runs if same)
    if shared < ALIKE * min(len(old), len(new)):
        runs = [(old, new, False)]
    for removed, added, same in runs:
        if same:
            steps.append(("equal", removed))
        else:
            steps += [(op, text) for op, text in (("delete", removed), ("insert", added)) if text]
    return steps


def _runs(old: list[str], new: list[str]) -> list[tuple[str, str, bool]]:
    """Stretches of both texts side by side; two changes with only a space between are one."""
    runs: list[tuple[str, str, bool]] = []
    for op, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        run = ("".join(old[i:j]), "".join(new[k:m]), op == "equal")
        if not run[2] and len(runs) > 1 and runs[-1][2] and runs[-1][0].isspace():
            space, before = runs.pop(), runs.pop()
            run = (before[0] + space[0] + run[0], before[1] + space[1] + run[1], False)
        runs.append(run)
    return runs


def in_words(steps: list[tuple[Op, str]]) -> str:
    """The same steps as a sentence, for whoever does not see what is crossed out."""
    if all(op == "equal" for op, _ in steps):
        return _("No words changed.")
    if not any(text.strip() for op, text in steps if op != "equal"):
        return _("Only spaces or line breaks changed.")
    said: list[str] = []
    before: tuple[Op, str] = ("equal", "")
    for op, text in steps:
        if op == "insert" and before[0] == "delete":
            said[-1] = _("%(before)s became %(now)s") % {"before": _quoted(before[1]), "now": _quoted(text)}
        elif op != "equal":
            said.append(
                (_("%(words)s was removed") if op == "delete" else _("%(words)s was added"))
                % {"words": _quoted(text)}
            )
        before = (op, text)
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}" + ("" if sentence.endswith(STOPS) else ".")


def _quoted(text: str) -> str:
    return f"“{text.strip()}”" if text.strip() else _("a space")
