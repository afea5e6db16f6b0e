"""Marks over time, by the dates of events, as precise as each date is and no more."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.compare.counts import Counted, by_event
from archive.compare.figures import MARKS, Figure, Head, Row, lines_of, parts_of
from events.models import Event, EventQuerySet
from people.guests import Viewer
from principles.models import Principle
from responses.models import Mark, Note, Pairing
from responses.strongest import strongest_by_mark

# How notes are put together, by what `by` in an address says.
BY = {"year": gettext_lazy("By year"), "month": gettext_lazy("By month"), "event": gettext_lazy("By event")}
WHAT = {"year": gettext_lazy("Year"), "month": gettext_lazy("Month"), "event": gettext_lazy("Event")}


def over_time(
    events: EventQuerySet, viewer: Viewer, principles: list[Principle] | None, by: str, within: str
) -> Figure:
    """The marks of all notes, or of those that answered `principles`, from the first event to the last.

    `within` says in words what was chosen. Three queries.
    """
    pks = None if principles is None else [principle.pk for principle in principles]
    counted = by_event(events, viewer, pks)
    shown = [event for event in events.order_by("first_day", "pk") if (event.pk,) in counted]
    rows = [_row(head, parts) for head, parts in _together(shown, counted, by)]
    lines, sums, is_kept_back = lines_of(rows, summed=True)
    counting = _(
        "Counted are all notes on show that stand on a board, by their mark and by the date of the event."
    )
    if principles is not None:
        counting = _(
            "Counted are all notes on show that answered a principle chosen here, by their mark and by the "
            "date of the event."
        )
    return Figure(
        name=f"marks-{by.replace('event', 'event-by-event')}",
        title=_("Marks over time: %(within)s") % {"within": within},
        counted=f"{counting} {ROUGHLY[by]}".strip(),
        what=WHAT[by],
        columns=MARKS,
        lines=lines,
        sums=sums,
        is_kept_back=is_kept_back,
    )


ROUGHLY = {
    "year": gettext_lazy("An event over two years counts in the year when it began."),
    "month": gettext_lazy(
        "Where only the year of an event is on record, it stands in a line before its months."
    ),
    "event": "",
}


def _together(events: Iterable[Event], counted: dict[tuple, Counted], by: str) -> list[tuple[Head, Counted]]:
    sums: dict[str, Counted] = defaultdict(Counted)
    heads: dict[str, Head] = {}
    held: dict[str, int] = defaultdict(int)
    for event in events:
        head = _head(event, by)
        heads.setdefault(head.name, head)
        held[head.name] += 1
        sums[head.name].add(counted[event.pk,])
    names = sorted(heads) if by != "event" else list(heads)
    return [(_with_number(heads[name], held[name], by), sums[name]) for name in names]


def _head(event: Event, by: str) -> Head:
    start = event.span.start
    if by == "event":
        return Head(event.slug, event.name, event.span.words(), event.get_absolute_url())
    if by == "year":
        return Head(f"{start.year}", f"{start.year}")
    if start.month is None:
        return Head(f"{start.year}", _("%(year)s, month not recorded") % {"year": start.year})
    return Head(f"{start.year}-{start.month:02}", date_format(start.first, "F Y"))


def _with_number(head: Head, events: int, by: str) -> Head:
    counted = ngettext("%(number)s event", "%(number)s events", events) % {"number": events}
    beneath = head.beneath if by == "event" else counted
    return Head(head.name, head.label, beneath, head.path)


def _row(head: Head, counted: Counted) -> Row:
    return Row(head, parts_of(counted.tally.marks, counted.young.marks, MARKS), counted.tally.withdrawn)


def strongest_over_time(
    events: EventQuerySet, viewer: Viewer, principles: list[Principle] | None
) -> dict[str, Note]:
    """The strongest challenge and agreement among notes that answered `principles`, by mark; one query.

    Nothing where none were chosen: among all notes of an archive no one speaks for a mark.
    """
    if principles is None:
        return {}
    asking = Q(station__in=Pairing.objects.filter(principle__in=principles).values("station"))
    pinned = Note.wordings.through.objects.filter(wording__principle__in=principles).values("note")
    notes = Note.objects.visible_to(viewer).on_the_wall().filter(asking | Q(pk__in=pinned))
    voices = notes.filter(mark__in=(Mark.TICK, Mark.SQUARE), board__event__in=events)
    return strongest_by_mark(voices.for_showing())
