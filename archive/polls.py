"""A poll as rows: one for each suggestion on the list, with words where consent lets them go.

The numbers are those of its page, and covered as long as they are covered there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.conf import settings

from archive.rights import sees_research
from archive.rows import Row
from people.guests import Viewer
from responses.models import Option, Poll
from responses.poll import PLACES
from responses.poll_results import ORDINALS, PollResults, results_of
from responses.poll_results import Row as ResultRow

NAMES = (
    "suggestion", "number", "permalink", "event", "poll", "wish", "origin", "text", "words_withheld",
    "chosen_on_devices", "people_who_chose", "hands_in_the_room", "total", "place",
    *(f"put_{ordinal}" for ordinal in ORDINALS[:PLACES]), "agenda_item", "answer", "added_at",
)  # fmt: skip


@dataclass(frozen=True)
class PollExport:
    """What `viewer` may take away of `poll`."""

    poll: Poll
    viewer: Viewer

    @cached_property
    def results(self) -> PollResults:
        return results_of(self.poll, Option.objects.visible_to(self.viewer))

    @cached_property
    def sees_all(self) -> bool:
        """Whether words that are kept out of the public record may go to this viewer."""
        return sees_research(self.viewer, self.poll.event)

    def rows(self) -> Iterator[Row]:
        return (self._row(row) for row in self.results.rows)

    def whole(self) -> dict[str, object]:
        """The poll with its rows, as JSON has it."""
        poll, results = self.poll, self.results
        return {
            "poll": poll.identifier,
            "name": poll.name,
            "question": poll.question,
            "permalink": settings.SITE_URL + poll.get_absolute_url(),
            "event": poll.event.slug,
            "chosen_by": "putting in order" if poll.is_ranked else "ticking any number",
            "state": poll.state,
            "results_hidden": results.covered,
            "people_who_chose": results.choosers,
            "withdrawn": results.withdrawn,
            "waiting": results.waiting,
            "hidden": results.hidden,
            "note": "This shows what people in the room chose. It is not a vote.",
            "suggestions": list(self.rows()),
        }

    def _row(self, row: ResultRow) -> Row:
        option, why = row.option, self._withheld(row.option)
        values = (
            option.identifier,
            option.number,
            settings.SITE_URL + option.get_absolute_url(),
            self.poll.event.slug,
            self.poll.slug,
            option.wish,
            option.origin,
            "" if why else option.text,
            why,
            *self._numbers(row),
            str(option.agenda_item or ""),
            option.answer,
            in_utc(option.added_at),
        )
        return dict(zip(NAMES, values, strict=True))

    def _numbers(self, row: ResultRow) -> tuple[int | None, ...]:
        if self.results.covered:
            return (None,) * (5 + PLACES)
        places = row.places if row.is_ranked else (None,) * PLACES
        return (row.devices, row.choosers, row.hands, row.total, row.place or None, *places)

    def _withheld(self, option: Option) -> str:
        """Why its words stay here, in the terms of the files of notes; empty where they may go."""
        if not option.consent.research:
            return "not_for_research"
        return "" if option.consent.public or self.sees_all else "not_public"


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
