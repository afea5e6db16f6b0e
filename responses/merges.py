"""The same words twice at one station: a guard proposes that they are one note, a person decides.

A merged note stays as it is and counts once, through the note it was merged into. Both
decisions, to merge and to keep apart, are taken back by the other one.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import must_run
from responses.changes import append_change, locked
from responses.models import Board, Change, KeptApart, Mark, Moderation, Note, TextState


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two notes in the same words: `kept` would stay on the wall, `double` would be merged into it."""

    kept: Note
    double: Note


def proposals_on(board: Board) -> list[Proposal]:
    """What is proposed now, in the order of the wall; two queries however many notes there are."""
    apart = _kept_apart(board)
    return [
        Proposal(group[0], double)
        for group in _in_the_same_words(board)
        for double in group[1:]
        if _may_be_one(group[0], double) and not _are_two(group[0], double, apart)
    ]


def _in_the_same_words(board: Board) -> Iterator[list[Note]]:
    """Notes that say the same with the same mark, first the one to keep: it shows to most people."""
    found: defaultdict[tuple[int, str], list[Note]] = defaultdict(list)
    notes = board.notes.standing().filter(text_state=TextState.READ, merged_into=None)
    shown = notes.exclude(moderation=Moderation.HIDDEN).select_related("station", "consent")
    for note in shown.order_by("station__position", "number"):
        note.board = board
        if words := folded(note.plain):
            found[note.station_id, words].append(note)
    for alike in found.values():
        for group in _by_mark(alike):
            yield sorted(group, key=_shows_less)


def _by_mark(alike: list[Note]) -> Iterable[list[Note]]:
    """Different marks are different answers; one not recorded may be any of them."""
    groups: defaultdict[str, list[Note]] = defaultdict(list)
    for note in alike:
        groups[note.mark].append(note)
    unknown = groups.pop(Mark.NOT_RECORDED, [])
    if not groups:
        return [unknown]
    next(iter(groups.values())).extend(unknown)
    return groups.values()


def _shows_less(note: Note) -> tuple:
    waits = note.moderation != Moderation.SHOWN
    consent = note.consent
    return (note.mark == Mark.NOT_RECORDED, waits, not consent.public, not consent.research, note.number)


def _may_be_one(first: Note, second: Note) -> bool:
    """Whether they came by different ways, or from different people."""
    return first.origin != second.origin or first.participant_id != second.participant_id


def _kept_apart(board: Board) -> dict[int, set[int]]:
    """From each note to those it was kept apart from."""
    apart: defaultdict[int, set[int]] = defaultdict(set)
    pairs = KeptApart.objects.filter(first__board=board).values_list("first", "second")
    for first, second in pairs:
        apart[first].add(second)
        apart[second].add(first)
    return apart


def _are_two(first: Note, second: Note, apart: dict[int, set[int]]) -> bool:
    """Kept apart from each other, or each from the same third: nobody has to say it for every pair."""
    of_first, of_second = apart.get(first.pk, set()), apart.get(second.pk, set())
    return second.pk in of_first or bool(of_first & of_second)


def folded(words: str) -> str:
    """The words without case, spaces, punctuation and the many ways to write one letter."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def merged_on(board: Board) -> list[Note]:
    """The notes that were merged into others and could stand for themselves again."""
    merged = board.notes.standing().exclude(merged_into=None)
    return list(
        merged.select_related("station", "merged_into__station").order_by("station__position", "number")
    )


def merge_notes(kept: Note, double: Note, *, by: Viewer) -> None:
    """Say that two notes are one: `double` leaves the wall and counts through `kept`.

    Refuses notes of different stations or with different marks, and notes that say different
    things. Merging what is merged already changes nothing.
    """
    with locked(kept.board) as board:
        must_run(board, by)
        kept, double = _fetched(board, kept, double)
        if double.merged_into_id == kept.pk:
            return
        _must_be_alike(kept, double)
        double.merged_into = kept
        double.save(update_fields=["merged_into"])
        _decisions_on(kept, double).delete()
        append_change(board, Change.Kind.NOTES_MERGED, by=by, note=double)
        leave_trace(Change.Kind.NOTES_MERGED, double, by=by, why=f"Says the same as {kept.identifier}.")


def _fetched(board: Board, kept: Note, double: Note) -> tuple[Note, Note]:
    notes = board.notes.standing().select_related("station").in_bulk([kept.pk, double.pk])
    if len(notes) < 2:
        raise Refused(_("One of these notes was withdrawn. Nothing is left to decide."))
    return notes[kept.pk], notes[double.pk]


def _must_be_alike(kept: Note, double: Note) -> None:
    if kept.station_id != double.station_id or folded(kept.plain) != folded(double.plain):
        raise Refused(_("These notes no longer say the same at one heading, so they stay two."))
    if double.mark not in (kept.mark, Mark.NOT_RECORDED):
        raise Refused(_("These notes carry different marks. Two marks are two answers."))
    if kept.merged_into_id or double.merged_into_id:
        raise Refused(_("One of these notes was merged before. Look at the list again."))


def keep_apart(first: Note, second: Note, *, by: Viewer) -> None:
    """Say that two notes in the same words are two; where they were merged, they part again."""
    with locked(first.board) as board:
        must_run(board, by)
        first, second = _fetched(board, first, second)
        if first.merged_into_id == second.pk:
            first, second = second, first  # the change is of the note that comes back to the wall
        if second.merged_into_id == first.pk:
            second.merged_into = None
            second.save(update_fields=["merged_into"])
        if _decisions_on(first, second).exists():
            return
        KeptApart.objects.create(first=first, second=second, by=by.person)
        append_change(board, Change.Kind.NOTES_PARTED, by=by, note=second)
        leave_trace(Change.Kind.NOTES_PARTED, second, by=by)


def _decisions_on(first: Note, second: Note) -> QuerySet[KeptApart]:
    either = Q(first=first, second=second) | Q(first=second, second=first)
    return KeptApart.objects.filter(either)
