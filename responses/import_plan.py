"""A transcript as one event would take it: its stations paired, its notes keyed, its loose lines placed.

Reads the database and never writes; the preview and the import both start from here.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from events.models import Event
from people.refusals import Refused
from principles.models import Principle
from responses.models import Board, Station, TextState
from responses.transcription import (
    LooseLine,
    Transcript,
    TranscriptError,
    TranscriptNote,
    heading_key,
    heading_names,
    read_markup,
    read_transcript,
    text_state_of,
    to_markup,
    to_plain,
)

# Any fixed value would do: it keeps these keys apart from those that devices make.
NOTES = UUID("6f2c3f0e-7d0b-4d0e-9a51-5a7e1f6b1c11")
LONGEST_CODE = 6
MOST_PLACED = 300  # loose lines that one form asks about; Django takes a thousand fields
UNKIND = ("ASS", "CUM", "TIT")  # what nobody wants to read on their note


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that an import would add, with the key it will be known by and the key of its station."""

    key: UUID
    station: str
    note: TranscriptNote


@dataclass(frozen=True, slots=True)
class PlannedStation:
    """A station of the file with the principles of the event that its heading names."""

    key: str
    heading: str
    stated: int | None
    is_missing: bool
    captions: list[str]
    principles: list[Principle]
    notes: list[TranscriptNote]

    @property
    def counted(self) -> int:
        return len(self.notes)

    @property
    def differs(self) -> bool:
        return self.stated is not None and self.stated != self.counted

    @property
    def states(self) -> Counter[str]:
        return Counter(note.text_state for note in self.notes)

    @property
    def state_rows(self) -> list[tuple[str, int]]:
        return [(state.label, self.states[state]) for state in TextState if self.states[state]]

    def code_beside(self, taken: Collection[str]) -> str:
        return code_beside(self.heading, taken)


def code_beside(heading: str, taken: Collection[str]) -> str:
    """What begins the labels of a station's notes: initials or first letters, unlike any in `taken`."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Z0-9]+", plain.upper()) or ["S"]
    letters = "".join(words)
    initials = ["".join(word[0] for word in words)[:LONGEST_CODE]] if len(words) > 1 else []
    firsts = [letters[:length] for length in range(3, LONGEST_CODE + 1)]
    numbered = (f"{letters[:2]}{number}" for number in range(2, 10_000))
    barred = {*taken, *UNKIND}
    return next(code for code in chain(initials, firsts, numbered) if code not in barred)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole transcript, as `event` would take it."""

    transcript: Transcript
    stations: list[PlannedStation]
    unplaced: list[LooseLine]

    def drafts_for(self, board: Board) -> list[Draft]:
        """Its notes with their keys on `board`, in the order of the file."""
        seen: Counter[tuple[str, str]] = Counter()
        return list(self._drafts(board.salt, seen))

    def _drafts(self, salt: str, seen: Counter[tuple[str, str]]) -> Iterator[Draft]:
        for station in self.stations:
            for note in station.notes:
                words = (station.key, note.markup)
                seen[words] += 1
                yield Draft(_key(salt, *words, seen[words]), station.key, note)

    def settled_on(self, board: Board, known: Collection[UUID]) -> dict[int, int]:
        """Where earlier imports placed its loose lines on `board`: line number to the station's place."""
        seen: Counter[tuple[str, str]] = Counter()
        list(self._drafts(board.salt, seen))
        settled: dict[int, int] = {}
        for line in islice(self.unplaced, MOST_PLACED):
            markup = _as_note(line).markup
            for at, station in enumerate(self.stations):
                words = (station.key, markup)
                if _key(board.salt, *words, seen[words] + 1) in known:
                    seen[words] += 1
                    settled[line.number] = at
                    break
        return settled

    def there_on(self, board: Board, known: Collection[UUID]) -> Counter[str]:
        """How many of its notes are among those `known` on `board`, by the keys of their stations."""
        return Counter(draft.station for draft in self.drafts_for(board) if draft.key in known)

    def stations_on(self, board: Board) -> dict[str, Station]:
        """The stations that `board` has already, by the keys their headings give."""
        stations = list(board.stations.all())
        keys = keys_apart(station.heading for station in stations)
        return dict(zip(keys, stations, strict=True))


def keys_apart(headings: Iterable[str]) -> list[str]:
    """A key for each heading in turn; the second station called “Power” is another one than the first."""
    seen: Counter[str] = Counter()
    keys = []
    for heading in headings:
        key = key_of(heading)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
    return keys


def _key(salt: str, station: str, markup: str, number: int) -> UUID:
    """The key of the note that has these words for the `number`th time at its station.

    With the board's own salt, so that a key does not give away what was withdrawn.
    """
    return uuid5(NOTES, "\n".join((salt, station, markup, str(number))))


def plan_import(event: Event, data: bytes, placed: Mapping[int, int] | None = None) -> Plan:
    """The transcript in `data` as `event` would take it, its loose lines `placed` at stations.

    Refuses, with a sentence, what holds no transcript and a place that is none.
    """
    principles = list(Principle.objects.filter(set__events=event).select_related("set"))
    try:
        transcript = read_transcript(data, known_headings=[principle.name for principle in principles])
    except TranscriptError as error:
        raise Refused(_(error.sentence) % error.values) from None
    placed = placed or {}
    _check_places(transcript, placed)
    return Plan(
        transcript,
        list(_planned(transcript, principles, placed)),
        [line for line in transcript.unplaced if line.number not in placed],
    )


def key_of(heading: str) -> str:
    """Under which a station is found again, whatever the case and the punctuation of its heading."""
    return heading_key(heading) or heading


def _check_places(transcript: Transcript, placed: Mapping[int, int]) -> None:
    loose = {line.number for line in transcript.unplaced}
    if not set(placed) <= loose or not set(placed.values()) <= set(range(len(transcript.stations))):
        raise Refused(_("The text has changed since its lines were placed. Look at the preview again."))


def _planned(
    transcript: Transcript, principles: list[Principle], placed: Mapping[int, int]
) -> Iterator[PlannedStation]:
    loose_at: defaultdict[int, list[TranscriptNote]] = defaultdict(list)
    for line in transcript.unplaced:
        if line.number in placed:
            loose_at[placed[line.number]].append(_as_note(line))
    keys = keys_apart(station.heading for station in transcript.stations)
    for at, (key, station) in enumerate(zip(keys, transcript.stations, strict=True)):
        yield PlannedStation(
            key=key,
            heading=station.heading,
            stated=station.stated,
            is_missing=station.is_missing,
            captions=list(station.captions),
            principles=_named(station.heading, principles),
            notes=[*station.notes, *loose_at[at]],
        )


def _named(heading: str, principles: list[Principle]) -> list[Principle]:
    keys = {key_of(name) for name in (heading, *heading_names(heading))}
    return [principle for principle in principles if key_of(principle.name) in keys]


def _as_note(line: LooseLine) -> TranscriptNote:
    pieces = read_markup(line.text.strip(), imported=True)
    return TranscriptNote(line.number, line.text, to_markup(pieces), to_plain(pieces), text_state_of(pieces))
