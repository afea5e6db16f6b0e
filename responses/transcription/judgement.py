"""Which lines of a transcript open a station.

`Name (7)` always does. A line without a count is a heading where something besides its shape says so: the
event uses the name, a caption or a counted heading has it too, it lists names (`Diversity | Strengths`), or
it asks what is missing. Shape alone is weak, since a note that lost its bullet can look the same; it is
believed only where the line stands alone between two notes, or under a caption and over a note, is set off
like the file's other headings, and the station before it is complete as far as its stated count tells.
Without a caption above, in a file that names its stations elsewhere (captions, or counted headings the
caller knows), it must also be written as a title.

A wrong "no" leaves the line on the organiser's list of lines to place; a wrong "yes" splits a station.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from . import headings
from .lines import Look, Row

_NOTES = (Look.BULLET, Look.EMPTIES)
_PASSED_OVER = (Look.BLANK, Look.CAPITALS)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the whole file says about its headings, gathered before the first line is placed.

    `known`, `counted`, `named`: keys of the caller's names, of counted headings, of those and the captions.
    `has_names`: stations are named elsewhere too, by captions or by counted headings the caller knows.
    `following[i]`: the next line that is neither blank nor a caption (`len(rows)` if none); `preceding[i]`:
    the look of the last line before that is not blank; `note_ahead[i]`: a note comes before the next count.
    `room`: the fewest blank lines under a counted heading; `last_counted`: where the last one is, or -1.
    """

    rows: Sequence[Row]
    known: frozenset[str]
    counted: frozenset[str]
    named: frozenset[str]
    has_names: bool
    following: Sequence[int]
    preceding: Sequence[Look]
    note_ahead: Sequence[bool]
    room: int
    last_counted: int


def survey(rows: Sequence[Row], known_headings: Collection[str]) -> Survey:
    """Read the file once in each direction, so that every later question is a look-up."""
    following, note_ahead = _below(rows)
    known = headings.heading_keys(known_headings)
    captions = headings.heading_keys(_captions(rows))
    at_counts = [at for at, row in enumerate(rows) if row.look is Look.COUNTED]
    counted = headings.heading_keys(rows[at].bare for at in at_counts)
    return Survey(
        rows=rows,
        known=known,
        counted=counted,
        named=known | captions | counted,
        has_names=bool(captions or known & counted),
        following=following,
        preceding=_above(rows),
        note_ahead=note_ahead,
        room=min((blanks_under(rows, at) for at in at_counts), default=0),
        last_counted=at_counts[-1] if at_counts else -1,
    )


def _captions(rows: Sequence[Row]) -> Iterator[str]:
    """Every caption, and each two written on lines of their own as one: `RESPECT FOR` over `EXPERTISE`."""
    before = ""
    for row in rows:
        if row.look is Look.CAPITALS:
            yield row.bare
            yield f"{before} {row.bare}".strip()
        before = row.bare if row.look is Look.CAPITALS else ""


def _below(rows: Sequence[Row]) -> tuple[list[int], list[bool]]:
    following, note_ahead = [len(rows)] * len(rows), [False] * len(rows)
    after, has_note = len(rows), False
    for at in range(len(rows) - 1, -1, -1):
        following[at], note_ahead[at] = after, has_note
        look = rows[at].look
        after = after if look in _PASSED_OVER else at
        has_note = look in _NOTES or (has_note and look is not Look.COUNTED)
    return following, note_ahead


def _above(rows: Sequence[Row]) -> list[Look]:
    preceding, before, is_joined = [], Look.BLANK, False
    for row in rows:
        preceding.append(before)
        # A line that continues a note counts as that note.
        is_continued = is_joined and row.look is Look.OTHER and before in _NOTES
        before = before if row.look is Look.BLANK or is_continued else row.look
        is_joined = row.look is not Look.BLANK
    return preceding


def first_station(whole: Survey) -> int | None:
    """Where the preamble ends: the first counted heading, or failing that the first heading over a note."""
    if whole.last_counted >= 0:
        return next(at for at, row in enumerate(whole.rows) if row.look is Look.COUNTED)
    return next((at for at in range(len(whole.rows)) if _could_be_first(whole, at)), None)


def _could_be_first(whole: Survey, at: int) -> bool:
    row = whole.rows[at]
    if row.look is not Look.OTHER or not _is_over_a_note(whole, at):
        return False
    return headings.looks_like_a_heading(row.bare) or is_named(whole, at)


def opens_a_station(whole: Survey, at: int, *, is_apart: bool, is_complete: bool, is_empty: bool) -> bool:
    """Whether an uncounted line is a heading.

    `is_apart`: no note or loose line directly above; `is_complete`: the open station has its stated number
    of notes, or states none; `is_empty`: it has no note yet.
    """
    if not is_apart:
        return is_complete and is_named(whole, at) and _is_over_a_note(whole, at)
    if is_known(whole, at) or headings.says_what_is_missing(whole.rows[at].bare):
        return True
    if is_named(whole, at):
        return whole.note_ahead[at]
    return is_complete and not is_empty and _is_shaped_and_placed(whole, at)


def is_known(whole: Survey, at: int) -> bool:
    """Whether the line is a name (or names) given by the caller."""
    return _all_in(whole.rows[at].bare, whole.known)


def is_named(whole: Survey, at: int) -> bool:
    """Whether anything but the line's shape says that it names a station."""
    text = whole.rows[at].bare
    return _all_in(text, whole.named) or headings.lists_names(text) or headings.says_what_is_missing(text)


def blanks_under(rows: Sequence[Row], at: int) -> int:
    """How many blank lines follow directly."""
    below = at + 1
    while below < len(rows) and rows[below].look is Look.BLANK:
        below += 1
    return below - at - 1


def _all_in(text: str, keys: frozenset[str]) -> bool:
    if len(text) > headings.LONGEST_HEADING:
        return False
    if headings.same_place(text) in keys:
        return True
    return all(headings.heading_key(name) in keys for name in headings.heading_names(text))


def _is_over_a_note(whole: Survey, at: int) -> bool:
    below = whole.following[at]
    return below < len(whole.rows) and whole.rows[below].look in _NOTES


def _is_shaped_and_placed(whole: Survey, at: int) -> bool:
    text = whole.rows[at].bare
    is_under_a_caption = whole.preceding[at] is Look.CAPITALS
    is_plain = is_under_a_caption or not whole.has_names or headings.is_titled(text)
    is_between = is_under_a_caption or whole.preceding[at] in _NOTES
    is_set_off = is_between and _is_over_a_note(whole, at) and blanks_under(whole.rows, at) >= whole.room
    return is_set_off and is_plain and headings.looks_like_a_heading(text)
