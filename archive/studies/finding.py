"""Notes that a search finds, a page at a time, to be coded."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from archive.search.notes import notes_found
from archive.search.query import Query
from people.guests import Viewer
from responses.models import Note

A_PAGE = 50  # notes


@dataclass(frozen=True, slots=True)
class Found:
    """One page of notes, the newest first; `after` begins the next page, empty on the last."""

    notes: list[Note]
    after: str = ""


def for_coding(query: Query) -> Query:
    """The same question about notes alone: nothing else is coded."""
    return replace(query, chosen={**query.chosen, "kind": ()}, sort="newest")


def page_of_notes(query: Query, viewer: Viewer, after: str) -> Found:
    """The notes behind the one whose identifier is `after`; the first page where there is no such note."""
    notes = _behind(notes_found(query, viewer), after).order_by("-added_at", "-pk").for_showing()
    page = list(notes[: A_PAGE + 1])
    return Found(page[:A_PAGE], page[A_PAGE - 1].identifier if len(page) > A_PAGE else "")


def _behind(notes: QuerySet[Note], identifier: str) -> QuerySet[Note]:
    # It may have been withdrawn since; its place in the order stays.
    last = None if "\0" in identifier else _place(identifier)
    if last is None:
        return notes
    return notes.filter(Q(added_at__lt=last[0]) | Q(added_at=last[0], pk__lt=last[1]))


def _place(identifier: str) -> tuple | None:
    return Note.objects.filter(identifier=identifier).values_list("added_at", "pk").first()
