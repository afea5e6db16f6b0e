"""How far the reading of an event, a board or a sheet has come, in numbers, words and blocks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from responses.models import Note
from responses.readings.places import READ_WHOLE, Place, Standing


@dataclass(frozen=True, slots=True)
class Progress:
    """How many notes from paper stand where; `second` and `of_the_record` are part of those to be read."""

    places: Counter[Place]
    second: int  # read by one person, who is not enough
    of_the_record: int  # known from the record, and nobody has compared the picture yet

    @property
    def total(self) -> int:
        return self.places.total()

    @property
    def done(self) -> int:
        return self.places[Place.SETTLED]

    @property
    def in_doubt(self) -> int:
        """How many somebody read that are not settled."""
        return self.second + self.places[Place.HARD] + self.places[Place.READY]

    @property
    def untried(self) -> int:
        """How many can be read that nobody has tried."""
        return self.places[Place.NEEDS_READER] - self.second - self.of_the_record

    @property
    def said(self) -> str:
        """What is not settled, as a sentence: “One needs a second pair of eyes, two have not been tried.”"""
        counted = (
            (self.places[Place.READY], _SAID[Place.READY]),
            (self.second, _SECOND),
            (self.places[Place.HARD], _SAID[Place.HARD]),
            (self.untried, _UNTRIED),
            (self.of_the_record, _OF_THE_RECORD),
            (self.places[Place.BETTER_PHOTO], _SAID[Place.BETTER_PHOTO]),
        )
        parts = [_part(number, said) for number, said in counted if number]
        return f"{', '.join(parts)}.".capitalize() if parts else ""

    @property
    def blocks(self) -> list[str]:
        """The drawn bar, block by block: "done", "doubt" or "open"; one a note, or a share of many."""
        number = min(self.total, MOST_BLOCKS)
        ends = [self.done, self.done + self.in_doubt, self.total]
        drawn = [round(end * number / self.total) for end in ends] if self.total else [0, 0, 0]
        lengths = [drawn[0], drawn[1] - drawn[0], drawn[2] - drawn[1]]
        kinds = zip(("done", "doubt", "open"), lengths, strict=True)
        return [kind for kind, length in kinds for _ in range(length)]


MOST_BLOCKS = 40
_SECOND = ngettext_lazy(
    "%(number)s needs a second pair of eyes", "%(number)s need a second pair of eyes", "count"
)
_UNTRIED = ngettext_lazy("%(number)s has not been tried", "%(number)s have not been tried", "count")
_OF_THE_RECORD = ngettext_lazy(
    "%(number)s is known from the record alone", "%(number)s are known from the record alone", "count"
)
_SAID = {
    Place.READY: ngettext_lazy(
        "%(number)s waits for an organiser", "%(number)s wait for an organiser", "count"
    ),
    Place.HARD: ngettext_lazy("%(number)s is hard to read", "%(number)s are hard to read", "count"),
    Place.BETTER_PHOTO: ngettext_lazy(
        "%(number)s needs a picture, or a better one", "%(number)s need a picture, or a better one", "count"
    ),
}
_NUMBERS = (
    *(_("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six")),
    *(_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")),
)


def _part(number: int, said: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return said % {"count": number, "number": word}


def progress_among(standings: Iterable[tuple[Note, Standing]]) -> Progress:
    """The progress of these notes."""
    standings = list(standings)
    waiting = [(note, one) for note, one in standings if one.place == Place.NEEDS_READER]
    untried = [note for note, one in waiting if not one.agreement.readers]
    return Progress(
        Counter(one.place for _, one in standings),
        second=len(waiting) - len(untried),
        of_the_record=sum(note.text_state in READ_WHOLE for note in untried),
    )
