"""What the archive holds, event by event: the numbers beside the files. From the kept counts alone."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Sum

from events.models import Event, EventQuerySet
from people.guests import Viewer
from responses.models import TallyRow
from responses.tallies import Tally, kept_tallies

A_PAGE = 50  # events


@dataclass(slots=True)
class Holding:
    """An event with the tally of its notes."""

    event: Event
    tally: Tally = field(default_factory=Tally)


def holdings(viewer: Viewer, number: str | int = 1) -> Page:
    """A page of the events `viewer` may see that have notes, newest first; three queries however many.

    The page is the nearest there is to the one asked for.
    """
    page = Paginator(_with_notes(viewer), A_PAGE).get_page(number)
    events = list(page.object_list)
    rows = TallyRow.objects.visible_to(viewer).filter(station__board__event__in=events)
    tallies = kept_tallies(rows, "station__board__event") if events else {}
    page.object_list = [Holding(event, tallies.get(event.pk, Tally())) for event in events]
    return page


def withdrawn_notes(viewer: Viewer) -> int:
    """How many notes were withdrawn, of all that `viewer` could know of; one query."""
    rows = TallyRow.objects.visible_to(viewer).filter(place=TallyRow.Place.WITHDRAWN)
    return rows.aggregate(number=Sum("number"))["number"] or 0


def _with_notes(viewer: Viewer) -> EventQuerySet:
    rows = TallyRow.objects.filter(station__board__event=OuterRef("pk"))
    withdrawn = rows.filter(place=TallyRow.Place.WITHDRAWN, number__gt=0)
    held = Event.objects.visible_to(viewer).filter(Exists(rows.on_the_wall()) | Exists(withdrawn))
    return held.newest_first()
