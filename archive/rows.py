"""The notes of an event as rows: one for each note that counts, with words where consent lets them go."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from archive.columns import NAMES
from events.models import Event
from people.guests import Viewer
from principles.models import Wording
from responses.models import Note, Reading, Station
from responses.tallies import tally_of

CHUNK = 500  # notes held in memory at a time

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Export:
    """What `viewer` may take away of `event`."""

    event: Event
    viewer: Viewer

    @property
    def sees_all(self) -> bool:
        """Whether words that are kept out of the public record may go to this viewer."""
        return self.viewer.is_researcher or self.event.is_run_by(self.viewer)

    @property
    def withdrawn(self) -> int:
        """How many notes were withdrawn; nothing of them is in any row."""
        return tally_of(Note.objects.filter(board__event=self.event)).withdrawn

    def etag(self) -> str:
        """Changes whenever a row could: each act on a board takes the board's next number."""
        boards = self.event.activities.order_by("pk").values_list("slug", "change_number")
        stations = Station.objects.filter(board__event=self.event).order_by("pk")
        headings = stations.values_list("code", "heading", "pairings__principle").order_by("pk", "pairings")
        facts = (NAMES, settings.SITE_URL, self.event.slug, self.sees_all, list(boards), list(headings))
        return f'W/"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'

    def rows(self) -> Iterator[Row]:
        """One row for each note on the wall, in the order of the board, at constant memory."""
        sees_all, principles = self.sees_all, self._principles()
        for note in self._notes().iterator(chunk_size=CHUNK):
            yield _row(note, self.event, principles[note.station_id], sees_all=sees_all)

    def _notes(self) -> QuerySet[Note]:
        readings = Reading.objects.filter(note=OuterRef("pk")).order_by()
        wordings = Wording.objects.order_by("principle__set", "principle__position")
        return (
            Note.objects.on_the_wall()
            .filter(board__event=self.event)
            .select_related("station", "board", "consent__wording")
            .prefetch_related(Prefetch("wordings", wordings))
            .annotate(
                verbatim=Subquery(readings.filter(number=1).values("verbatim")),
                reading=Subquery(readings.values("note").annotate(last=Max("number")).values("last")),
            )
            .in_order()
        )

    def _principles(self) -> dict[int, list[str]]:
        stations = Station.objects.filter(board__event=self.event).prefetch_related("principles")
        return {station.pk: [p.identifier for p in station.principles.all()] for station in stations}


def withheld(note: Note, *, sees_all: bool) -> str:
    """Why the words of `note` stay here; empty where they may go, and where there are none."""
    if not (note.text or note.verbatim):
        return ""
    if not note.consent.research:
        return "not_for_research"
    return "" if note.consent.public or sees_all else "not_public"


def _row(note: Note, event: Event, principles: list[str], *, sees_all: bool) -> Row:
    why = withheld(note, sees_all=sees_all)
    wordings, consent = note.wordings.all(), note.consent
    values = (
        note.identifier,
        note.label,
        settings.SITE_URL + note.get_absolute_url(),
        event.slug,
        note.board.slug,
        note.station.heading,
        note.station.identifier,
        principles,
        [wording.identifier for wording in wordings],
        [wording.version for wording in wordings],
        note.mark,
        note.text_state,
        note.origin,
        "" if why else note.verbatim or "",
        "" if why else note.plain,
        "" if why else note.text,
        consent.public,
        consent.research,
        consent.wording.version if consent.wording else None,
        consent.basis,
        why,
        note.added_at.astimezone(UTC).isoformat(timespec="seconds"),
        note.reading,
    )
    return dict(zip(NAMES, values, strict=True))
