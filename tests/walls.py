"""Forty sticky notes whose words are known, drawn as a photographed wall."""

from dataclasses import dataclass

from archive.demo.drawn_wall import BLUE, CANARY, GREEN, PINK, DrawnNote, Wall, draw_wall

HEADINGS = ("Power", "Time")
COLOURS = (CANARY, PINK, BLUE, GREEN)
MARKS = ("tick", "heart", "bubble", "square", "not_recorded")
EACH = 20  # notes at each heading
PICTURE = (3000, 2250)
# Two beginnings and ten ends, all invented here: twenty different sentences at each heading.
BEGINNINGS = (("Let the room", "We never"), ("Start", "Nobody"))
ENDS = (
    "share the keys",
    "asked the night shift",
    "count the cups first",
    "write in large letters",
    "wait for the last bus",
    "say it twice",
    "pay for the childcare",
    "leave a chair free",
    "open the side door",
    "hear the quiet table",
)


@dataclass(frozen=True, slots=True)
class KnownNote:
    """What is written on a drawn note, and how a careful reader types it."""

    heading: str
    mark: str
    markup: str
    drawn: DrawnNote


def known_notes(each: int = EACH) -> list[KnownNote]:
    """`each` notes at each heading. Every tenth has a word that cannot be read, every tenth has no words."""
    return [_known(sheet, number) for sheet in range(len(HEADINGS)) for number in range(each)]


def _known(sheet: int, number: int) -> KnownNote:
    mark = MARKS[number % len(MARKS)]
    first, last = f"{BEGINNINGS[sheet][number // len(ENDS)]} ", ENDS[number % len(ENDS)]
    words, markup = first + last, first + last
    if number % 10 == 3:
        word = last.split()[-1]
        words, markup = words.replace(word, f"{{{word}}}"), markup.replace(word, "[1 word]")
    if number % 10 == 7:
        words, markup = "", "[no text]"
    colour = COLOURS[(number + sheet) % len(COLOURS)]
    return KnownNote(HEADINGS[sheet], mark, markup, DrawnNote(words, mark, colour, sheet))


def a_wall(notes: list[KnownNote] | None = None, *, seed: int = 1, size: tuple[int, int] = PICTURE) -> Wall:
    """The notes on their two sheets, askew, in uneven light and with grain."""
    notes = known_notes() if notes is None else notes
    return draw_wall([note.drawn for note in notes], headings=HEADINGS, seed=seed, size=size)
