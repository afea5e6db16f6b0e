"""An archive of a million invented notes, the same each time: words by a seed, rare and common as words are.

2,000 events over twelve years, 600 principles in 60 sets, eight sheets to a board. The words are made
of syllables and mean nothing.
"""

import csv
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, batched, product
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import connection

from coproduce.identifiers import from_digest
from events.models import Event
from people.consent import consent_given
from principles.models import Principle, PrincipleSet
from responses.models import Activity, Board, Pairing, Station

SEED = 20190306
EVENTS, SETS, IN_A_SET, SHEETS = 2_000, 60, 10, 8
VOCABULARY, FEWEST, MOST = 20_000, 3, 14  # words, and words of a note
SYLLABLES = [one + two for one, two in product("bdfghklmnprstvz", "aeiou")]
MARKS = ("tick", "heart", "bubble", "square", "not_recorded")
STATES = ("read",) * 16 + ("partly", "no_text", "no_text", "illegible")
PLACES = tuple(f"Hall {number}" for number in range(200))
COLUMNS = (
    "identifier", "board_id", "station_id", "number", "key", "mark", "text_state", "origin", "text",
    "signed", "consent_id", "consented_at", "added_at", "ending", "moderation", "moderation_why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """How many notes there are, and words by how many of them hold each: rare, middling, commonest."""

    notes: int
    rare: str
    middling: str
    commonest: str


def words() -> list[str]:
    """The vocabulary, commonest first; no two words have the same stem."""
    every = ["".join(pair) + "k" for pair in product(SYLLABLES, SYLLABLES, SYLLABLES[:5])]
    Random(SEED).shuffle(every)
    return every[:VOCABULARY]


def fill(number: int) -> Made:
    """Fills the database with `number` notes; says which words are how common."""
    random, vocabulary = Random(SEED), words()
    # As often as its place says (Zipf), flattened at the top as in short texts.
    shares = list(accumulate(1 / (place + 8) for place in range(VOCABULARY)))
    stations = list(_stations(random))
    consents = [consent_given(public=public, research=research).pk for public, research in _CONSENTS]
    rows = _rows(random, vocabulary, shares, stations, consents, number)
    with connection.cursor() as cursor:
        for batch in batched(rows, 20_000):
            text = io.StringIO()
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows(batch)  # an empty cell is no null
            text.seek(0)
            cursor.copy_expert(f"COPY responses_note ({', '.join(COLUMNS)}) FROM STDIN CSV", text)
        cursor.execute("VACUUM ANALYZE")
    return Made(number, *_by_number(vocabulary, number))


_CONSENTS = ((True, True),) * 8 + ((True, False), (False, True), (False, False))


def _by_number(vocabulary: list[str], notes: int) -> Iterator[str]:
    """A word that a seven-hundredth of the notes holds, one that a twenty-fifth does, and the commonest."""
    for share in (700, 25, 1):
        aim = notes // share
        yield min(vocabulary[:4000:7] if share > 1 else vocabulary[:1], key=lambda w: abs(_hits(w) - aim))


def _hits(word: str) -> int:
    with connection.cursor() as cursor:
        query = "SELECT count(*) FROM responses_note WHERE search @@ plainto_tsquery('coproduce', %s)"
        cursor.execute(query, [word])
        return cursor.fetchone()[0]


def _stations(random: Random) -> Iterator[Station]:
    principles = list(_principles())
    events = Event.objects.bulk_create(
        Event(
            slug=f"event-{number}",
            name=f"Event {number}",
            date=(day := f"20{random.randint(10, 21)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"),
            first_day=day,
            last_day=day,
            place=random.choice(PLACES),
            status=Event.Status.COMPLETE,
        )
        for number in range(EVENTS)
    )
    kind = Activity.Kind.BOARD
    boards = Board.objects.bulk_create(Board(event=e, slug="wall", name="Wall", kind=kind) for e in events)
    made = Station.objects.bulk_create(
        Station(board=board, heading=f"Sheet {number}", code=f"S{number}", position=number)
        for board in boards
        for number in range(SHEETS)
    )
    Pairing.objects.bulk_create(Pairing(station=one, principle=random.choice(principles)) for one in made)
    yield from made


def _principles() -> Iterator[Principle]:
    sets = PrincipleSet.objects.bulk_create(
        PrincipleSet(slug=f"set-{number}", name=f"Set {number}") for number in range(SETS)
    )
    yield from Principle.objects.bulk_create(
        Principle(set=one, position=place, name=f"Principle {one.pk}.{place}", slug=f"p-{place}")
        for one in sets
        for place in range(IN_A_SET)
    )


def _rows(
    random: Random, vocabulary: list[str], shares: list[float], stations: list[Station],
    consents: list[int], number: int,
) -> Iterator[tuple]:  # fmt: skip
    counts = dict.fromkeys((station.pk for station in stations), 0)
    for place in range(number):
        station = stations[min(int(random.expovariate(4) * len(stations)), len(stations) - 1)]
        counts[station.pk] += 1
        state = random.choice(STATES)
        said = random.choices(vocabulary, cum_weights=shares, k=random.randint(FEWEST, MOST))
        text = {"no_text": "", "illegible": "[illegible]"}.get(state, " ".join(said))
        at = f"20{10 + place * 12 // number}-{1 + place % 12:02}-{1 + place % 28:02}T12:{place % 60:02}:00Z"
        yield (
            from_digest(place.to_bytes(16), 10), station.board_id, station.pk, counts[station.pk],
            UUID(int=place + 1),
            random.choices(MARKS, (50, 15, 15, 8, 12))[0], state, "paper", text,
            "", random.choice(consents), at, at, "", "shown", "",
        )  # fmt: skip


def copy_to_sqlite(path: Path) -> None:
    """The public rows again as one table of SQLite, indexed as its own documentation advises."""
    with sqlite3.connect(path) as lite, connection.cursor() as cursor:
        lite.execute(
            "CREATE TABLE note (id INTEGER PRIMARY KEY, event TEXT, principle TEXT, principle_set TEXT,"
            " mark TEXT, state TEXT, year INTEGER, place TEXT, text TEXT)"
        )
        cursor.execute(_PUBLIC)
        while batch := cursor.fetchmany(20_000):
            lite.executemany("INSERT INTO note VALUES (?,?,?,?,?,?,?,?,?)", batch)
        for column in ("event", "principle", "principle_set", "mark", "state", "year", "place"):
            lite.execute(f"CREATE INDEX note_{column} ON note ({column})")
        lite.execute("CREATE VIRTUAL TABLE note_fts USING fts5 (text, content='note', content_rowid='id')")
        lite.execute("INSERT INTO note_fts (note_fts) VALUES ('rebuild')")
        lite.execute("ANALYZE")


_PUBLIC = """
SELECT n.id, e.slug, p.name, s.name, n.mark, n.text_state, extract(year FROM e.first_day)::int,
    e.place, n.text
FROM responses_note n
JOIN people_consent c ON c.id = n.consent_id AND c.public
JOIN responses_station t ON t.id = n.station_id
JOIN responses_activity b ON b.id = t.board_id
JOIN events_event e ON e.id = b.event_id
JOIN responses_pairing r ON r.station_id = t.id
JOIN principles_principle p ON p.id = r.principle_id
JOIN principles_principleset s ON s.id = p.set_id
"""
