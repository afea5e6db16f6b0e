"""The hub's two lists: the principles most challenged beside those most agreed with."""

from archive.compare.sets import Beside, Compared, besides, compared, side_by_side
from people.guests import Viewer

MOST = 5  # principles in each


def at_both_ends(viewer: Viewer) -> tuple[list[Beside], list[Beside]]:
    """The most contested and the most agreed, each with its strongest challenge; ten queries at most."""
    found = compared(None, viewer)
    return _first(found, viewer, "contested"), _first(found, viewer, "agreed")


def _first(found: list[Compared], viewer: Viewer, order: str) -> list[Beside]:
    shown = side_by_side(found, order=order)
    return besides(shown, shown.figure.lines[:MOST], viewer)
