"""Counts of hands as a wall shows them: one card for each, with every hand in every tally."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, ngettext_lazy

from responses.models import Board, HandCount, Mark, Note, Origin
from responses.tallies import Tally

DRAWN = 60  # strokes; more cannot be counted by eye
FIVE = 5  # strokes of a gate
GATES = {1: "one", 2: "two", 3: "three", 4: "four", FIVE: "gate"}  # drawings of the sprite
# One and several of what is counted.
NOUNS = {
    Mark.TICK: ngettext_lazy("%(number)s tick", "%(number)s ticks", "number"),
    Mark.HEART: ngettext_lazy("%(number)s heart", "%(number)s hearts", "number"),
    Mark.BUBBLE: ngettext_lazy("%(number)s speech bubble", "%(number)s speech bubbles", "number"),
    Mark.SQUARE: ngettext_lazy("%(number)s square", "%(number)s squares", "number"),
    Mark.NOT_RECORDED: ngettext_lazy(
        "%(number)s mark not recorded", "%(number)s marks not recorded", "number"
    ),
}
FROM = {
    Origin.OWN_DEVICE: gettext_lazy("on their own device"),
    Origin.COUNTED_IN_ROOM: gettext_lazy("counted in the room"),
    Origin.PAPER: gettext_lazy("from paper"),
}


def as_cards(notes: Iterable[Note]) -> list[Note | HandCount]:
    """The notes as a wall shows them: for the hands of one count their count, where the first stands.

    The count then knows its `first` note, whose address is that of the card. Fetch the notes
    with their `hand_count`.
    """
    cards: dict[object, Note | HandCount] = {}
    for note in notes:
        card = note.hand_count or note
        if card not in cards and card is not note:
            card.first, card.station = note, note.station
        cards.setdefault(card, card)
    return list(cards)


def counts_on(board: Board) -> QuerySet[HandCount]:
    """Every count of hands on `board`, the last first, with those taken back."""
    counts = HandCount.objects.filter(station__board=board).select_related("station__board__event")
    return counts.order_by("-at", "-pk")


def gates_of(count: HandCount) -> list[str]:
    """The drawings of its five-bar gates; none where there are too many to count by eye."""
    if count.number > DRAWN:
        return []
    return [GATES[min(FIVE, count.number - start)] for start in range(0, count.number, FIVE)]


def in_marks(count: HandCount) -> str:
    """What was counted, in words: "9 ticks"."""
    return so_many(count.mark, count.number)


def so_many(mark: str, number: int) -> str:
    return NOUNS[Mark(mark)] % {"number": number}


def summed_openly(tally: Tally) -> Iterator[str]:
    """For each mark counted in the room beside others: "16 ticks: 7 on their own device, 9 …"."""
    for mark in Mark:
        counts = [(tally.by_origin[mark, origin], words) for origin, words in FROM.items()]
        found = [f"{count} {words}" for count, words in counts if count]
        if tally.by_origin[mark, Origin.COUNTED_IN_ROOM] and len(found) > 1:
            total = tally.marks[mark]
            yield f"{so_many(mark, total)}: {', '.join(found)}."
