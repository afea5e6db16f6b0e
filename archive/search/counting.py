"""The numbers beside the facets of notes, exact and in one statement.

Whatever is chosen in a facet, its own numbers are counted as if nothing were. Were each facet counted by
itself, the notes would be gone through once for each. Instead each heap of like notes learns which of the
chosen facets it misses: one that misses none counts everywhere, one that misses a single facet counts in
that facet alone, and the rest count nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from archive.search.notes import CONSENTS, OF_NOTES, saying
from archive.search.query import FACETS, Query
from coproduce.replica import reading_connection
from people.guests import Viewer
from people.models import Consent
from responses.models import Note, TallyRow

BITS = {facet: 1 << place for place, facet in enumerate(FACETS)}
FACTS = ("mark", "text_state", "origin", "consent_id")
# The few combinations of facts are taken apart in Python, and what lies above stations is added up from
# them: two heaps for a note to be counted into, however many facets there are. OFFSET keeps the planner
# from guessing how few notes miss too much before it chooses how to find them.
COUNTS = """
WITH found (mark, text_state, origin, consent_id, station_id, missed, number) AS ({found} OFFSET 0),
counted AS MATERIALIZED (
    SELECT missed, mark, text_state, origin, consent_id, station_id, sum(number)::bigint AS number
    FROM found WHERE missed & (missed - 1) = 0
    GROUP BY GROUPING SETS ((missed, mark, text_state, origin, consent_id), (missed, station_id))
)
SELECT 'facts', missed, concat_ws(' ', mark, text_state, origin, consent_id), number
    FROM counted WHERE mark IS NOT NULL
UNION ALL SELECT 'event', missed, board.event_id::text, sum(number)::bigint FROM counted
    JOIN responses_station AS station ON station.id = station_id
    JOIN responses_activity AS board ON board.id = station.board_id GROUP BY missed, board.event_id
UNION ALL SELECT 'principle', missed, pairing.principle_id::text, sum(number)::bigint FROM counted
    JOIN responses_pairing AS pairing USING (station_id) GROUP BY missed, pairing.principle_id
UNION ALL SELECT 'set', missed, asked.set_id::text, sum(number)::bigint FROM counted
    JOIN (SELECT DISTINCT pairing.station_id, principle.set_id FROM responses_pairing AS pairing
        JOIN principles_principle AS principle ON principle.id = pairing.principle_id) AS asked
    USING (station_id) GROUP BY missed, asked.set_id"""
# A dimension, the bits of missed facets, a value and how many notes have it.
CountRow = tuple[str, int, str, int]


class Counts:
    """How many notes have each value of a dimension, as each facet counts them.

    The dimensions are mark, text_state, origin, consent (by its answer), and event, principle and set by
    their primary keys. A note at a station that asks about several principles counts with each of them.
    """

    def __init__(self, rows: Iterable[CountRow]) -> None:
        self._rows: dict[tuple[str, int], Counter[str]] = {}
        for dimension, missed, value, number in rows:
            self._rows.setdefault((dimension, missed), Counter())[value] += number

    def of(self, dimension: str, facet: str = "") -> Counter[str]:
        """By value: the notes found, and for `facet` those too that only its own choices leave out."""
        found = Counter(self._rows.get((dimension, 0), {}))
        if facet:
            found.update(self._rows.get((dimension, BITS[facet]), {}))
        return found


def counts_of_notes(query: Query, viewer: Viewer) -> Counts:
    """Counts of the notes on the wall that `query` finds, in two queries.

    With words they are those `viewer` may read; without, every note that the tallies count, from the
    kept counts alone.
    """
    found, values = _found(query, viewer).query.sql_with_params()
    with reading_connection().cursor() as cursor:
        cursor.execute(COUNTS.format(found=found), values)
        rows = cursor.fetchall()
    answers = _answers()
    return Counts([one for row in rows for one in _taken_apart(row, answers)])


def _found(query: Query, viewer: Viewer) -> QuerySet:
    """Notes, or heaps of like notes, with the facets they miss and their number."""
    if query.terms:
        rows = saying(Note.objects.visible_to(viewer).on_the_wall(), query)
        number = Value(1, IntegerField())
    else:
        rows = TallyRow.objects.visible_to(viewer).on_the_wall().alias(board=F("station__board"))
        number = F("number")
    missed = _missed(query.chosen)
    return (
        rows.order_by()
        .annotate(missed=missed, notes=number)
        .values_list(*FACTS, "station_id", "missed", "notes")
    )


def _missed(chosen: Mapping[str, tuple[str, ...]]) -> CombinedExpression | Value:
    """The bits of the chosen facets that a note misses, added up."""
    missed = Value(0, IntegerField())
    for facet, values in chosen.items():
        bit = Value(BITS[facet], IntegerField())
        if facet in OF_NOTES:
            missed += Case(When(OF_NOTES[facet](values), then=Value(0)), default=bit)
        elif "note" not in values:
            missed += bit
    return missed


def _taken_apart(row: CountRow, answers: Mapping[str, str]) -> Iterator[CountRow]:
    what, missed, value, number = row
    if what != "facts":
        yield row
        return
    *facts, consent = value.split(" ")
    for name, fact in zip(
        ("mark", "text_state", "origin", "consent"), (*facts, answers[consent]), strict=True
    ):
        yield name, missed, fact, number


def _answers() -> dict[str, str]:
    """What was answered, by the primary key of the consent as the statement above gives it."""
    given = Consent.objects.values_list("pk", "public", "research")
    names = {answer: name for name, answer in CONSENTS.items()}
    return {str(pk): names[public, research] for pk, public, research in given}
