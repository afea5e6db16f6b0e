"""How far the reading of an event, a board or a sheet has come, in numbers, words and blocks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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
        counted = {
            **{said: self.places[place] for place, said in _SAID.items()},
            _SECOND: self.second,
            _UNTRIED: self.untried,
            _OF_THE_RECORD: self.of_the_record,
        }
        parts = [_part(counted[said], said) for said in _ORDER if counted[said]]
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
_SECOND = ("needs a second pair of eyes", "need a second pair of eyes")
_UNTRIED = ("has not been tried", "have not been tried")
_OF_THE_RECORD = ("is known from the record alone", "are known from the record alone")
_SAID = {
    Place.READY: ("waits for an organiser", "wait for an organiser"),
    Place.HARD: ("is hard to read", "are hard to read"),
    Place.BETTER_PHOTO: ("needs a picture, or a better one", "need a picture, or a better one"),
}
_ORDER = (
    _SAID[Place.READY],
    _SECOND,
    _SAID[Place.HARD],
    _UNTRIED,
    _OF_THE_RECORD,
    _SAID[Place.BETTER_PHOTO],
)
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def _part(number: int, said: tuple[str, str]) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {said[number != 1]}"


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
