"""A transcript file as a document: preamble, stations and notes, captions, loose lines, closing text.

Reading never fails and drops nothing: every line that is not blank stands in exactly one place.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from . import headings
from .judgement import Survey, first_station, survey
from .lines import Look, Row, rows
from .markup import read_markup
from .pieces import to_markup
from .rendering import TEXT_STATES, text_state_of, to_plain
from .wall import Draft, Heading, Wall, captions_of, place


@dataclass(frozen=True, slots=True)
class Line:
    """A source line as found, without its line end. Numbers start at 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class LooseLine:
    """A line that could not be placed; `station` is the index of the station it stands under."""

    number: int
    text: str
    station: int


@dataclass(frozen=True, slots=True)
class TranscriptNote:
    """One note.

    `verbatim`: its source lines with bullet, joined by `\\n`. `markup`: the canonical text to keep as its
    reading. `part` of `parts`: its place among the notes of one `[no text] x n` line.
    """

    number: int
    verbatim: str
    markup: str
    plain: str
    text_state: str
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class TranscriptStation:
    """A heading as written, without its count; `stated` is that count, never corrected.

    `lines`: the heading's line, and any that took it up again later. `captions`: those that name it,
    or stand beside it and name none.
    """

    heading: str
    stated: int | None
    lines: tuple[Line, ...]
    notes: tuple[TranscriptNote, ...]
    captions: tuple[str, ...]
    is_missing: bool

    @property
    def number(self) -> int:
        """The line its heading stands on."""
        return self.lines[0].number

    @property
    def counted(self) -> int:
        """How many notes there are, whatever the heading states."""
        return len(self.notes)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole file. `unexpanded`: lines whose `x n` was too large to carry out, kept as one note each."""

    preamble: tuple[Line, ...] = ()
    stations: tuple[TranscriptStation, ...] = ()
    captions: tuple[Line, ...] = ()
    unplaced: tuple[LooseLine, ...] = ()
    closing: tuple[Line, ...] = ()
    unexpanded: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def counted(self) -> int:
        """How many notes the whole file holds."""
        return sum(station.counted for station in self.stations)


def parse(text: str, *, known_headings: Collection[str] = ()) -> Transcript:
    """Read a transcript; `known_headings` are names the event uses, which settle what is a heading."""
    whole = survey(rows(text), known_headings)
    start = first_station(whole)
    if start is None:
        return Transcript(preamble=_written(whole.rows), lines=_written(whole.rows))
    opening = _captions_above(whole, start)
    wall = place(whole, start)
    wall.captions[:0] = [(row, 0) for row in whole.rows[opening:start] if row.look is Look.CAPITALS]
    return _transcript(wall, _written(whole.rows[:opening]))


def render(transcript: Transcript) -> str:
    """The source again, line by line at its place; `parse` reads it the same."""
    text, number = [], 1
    for line in transcript.lines:
        text.append("\n" * (line.number - number) + line.text)
        number = line.number
    return "".join(text)


def summary(transcript: Transcript) -> dict[str, list[dict[str, object]] | list[str]]:
    """What an import would bring, ready for JSON."""
    return {
        "stations": [_summed(station) for station in transcript.stations],
        "captions": [line.text.strip() for line in transcript.captions],
        "unplaced": [line.text.strip() for line in transcript.unplaced],
    }


def _summed(station: TranscriptStation) -> dict[str, object]:
    states = dict.fromkeys(TEXT_STATES, 0)
    for note in station.notes:
        states[note.text_state] += 1
    return {
        "heading": station.heading,
        "stated": station.stated,
        "counted": station.counted,
        "states": states,
    }


def _transcript(wall: Wall, preamble: tuple[Line, ...]) -> Transcript:
    beside = captions_of(wall)
    return Transcript(
        preamble=preamble,
        stations=tuple(_station(heading, beside[at]) for at, heading in enumerate(wall.stations)),
        captions=_written([row for row, _ in wall.captions]),
        unplaced=tuple(LooseLine(row.number, row.text, at) for row, at in wall.loose),
        closing=_written(wall.closing),
        unexpanded=_written(wall.unexpanded),
        lines=_written(wall.whole.rows),
    )


def _station(heading: Heading, captions: list[str]) -> TranscriptStation:
    return TranscriptStation(
        heading=heading.name,
        stated=heading.stated,
        lines=_written(heading.rows),
        notes=tuple(note for draft in heading.drafts for note in _notes(draft)),
        captions=tuple(captions),
        is_missing=headings.says_what_is_missing(heading.name),
    )


def _notes(draft: Draft) -> list[TranscriptNote]:
    pieces = read_markup("\n".join(draft.body).strip() or "[no text]", imported=True)
    verbatim = "\n".join(row.text for row in draft.rows)
    number, markup, plain = draft.rows[0].number, to_markup(pieces), to_plain(pieces)
    state = text_state_of(pieces)
    return [
        TranscriptNote(number, verbatim, markup, plain, state, part, draft.parts)
        for part in range(1, draft.parts + 1)
    ]


def _captions_above(whole: Survey, start: int) -> int:
    """Captions right above the first heading belong to the wall: where they begin."""
    opening = at = start
    while at > 0 and whole.rows[at - 1].look in (Look.BLANK, Look.CAPITALS):
        at -= 1
        opening = at if whole.rows[at].look is Look.CAPITALS else opening
    return opening


def _written(source: list[Row] | tuple[Row, ...]) -> tuple[Line, ...]:
    return tuple(Line(row.number, row.text) for row in source if row.look is not Look.BLANK)
