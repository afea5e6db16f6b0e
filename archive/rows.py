"""The notes of an event as rows: one for each note that counts, with words where consent lets them go."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Count, F, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from archive.cite.rights import rights_of
from archive.columns import NAMES
from archive.rights import sees_research
from events.models import Event
from people.guests import Viewer
from people.models import Consent
from principles.models import Wording
from responses.models import Note, Reading, Ruling, Station
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
        return sees_research(self.viewer, self.event)

    @property
    def withdrawn(self) -> int:
        """How many notes were withdrawn; nothing of them is in any row."""
        return tally_of(Note.objects.filter(board__event=self.event)).withdrawn

    @property
    def number(self) -> int:
        """How many rows there are."""
        return Note.objects.on_the_wall().filter(board__event=self.event).count()

    def etag(self) -> str:
        """Changes whenever a row could: each act on a board takes the board's next number.

        A reading that waits changes nothing but how many there are.
        """
        boards = self.event.activities.order_by("pk").values_list("slug", "change_number")
        stations = Station.objects.filter(board__event=self.event).order_by("pk")
        headings = stations.values_list("code", "heading", "pairings__principle").order_by("pk", "pairings")
        readings = Reading.objects.filter(note__board__event=self.event).count()
        site = settings.SITE_URL
        facts = (NAMES, site, self.event.slug, self.sees_all, list(boards), list(headings), readings)
        return f'W/"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'

    def rows(self) -> Iterator[Row]:
        """One row for each note on the wall, in the order of the board, at constant memory."""
        sees_all, principles = self.sees_all, self._principles()
        for note in self._notes().iterator(chunk_size=CHUNK):
            yield _row(note, self.event, principles[note.station_id], sees_all=sees_all)

    def _notes(self) -> QuerySet[Note]:
        readings = Reading.objects.filter(note=OuterRef("pk")).order_by()
        of_note, accepted = readings.values("note"), Ruling.objects.filter(reading=OuterRef("accepted"))
        accepted = accepted.filter(action=Ruling.Action.ACCEPT).order_by("-number")
        newest = Subquery(of_note.annotate(last=Max("number")).values("last"))
        wordings = Wording.objects.order_by("principle__set", "principle__position")
        return (
            Note.objects.on_the_wall()
            .filter(board__event=self.event)
            .select_related("station", "board", "consent__wording")
            .prefetch_related(Prefetch("wordings", wordings))
            .annotate(
                # A line that was rejected, or that names what was taken out, stays out of sight here too.
                verbatim=Subquery(readings.filter(number=1, is_held=False).values("verbatim")),
                reading=Coalesce(F("accepted__number"), newest),
                reading_count=Subquery(of_note.annotate(number=Count("pk")).values("number")),
                accepted_at=Subquery(accepted.values("at")[:1]),
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
    if words_may_go(note.consent, sees_all=sees_all):
        return ""
    return "not_public" if note.consent.research else "not_for_research"


def words_may_go(consent: Consent, *, sees_all: bool) -> bool:
    """Whether words given with `consent` may stand in a file at all."""
    return consent.research and (consent.public or sees_all)


def _utc(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def _row(note: Note, event: Event, principles: list[str], *, sees_all: bool) -> Row:
    why = withheld(note, sees_all=sees_all)
    wordings, consent = note.wordings.all(), note.consent
    rights = rights_of(consent)
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
        _utc(note.added_at),
        note.reading,
        note.reading_count or 0,
        _utc(note.accepted_at),
        rights.uri,
        rights.statement,
    )
    return dict(zip(NAMES, values, strict=True))
