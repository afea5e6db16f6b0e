"""Notes that read like others, by the letters they share. Offered to whoever groups, never applied.

PostgreSQL compares trigrams: three letters at a time, so that "power" finds "powerful" and a
slip of the pen. Small words that every note has, and what only the markup of a transcript says,
are left out first. How alike two notes are puts them in order; no page shows it as a number.
"""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, FloatField, Func, TextField, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Coalesce

from events.models import Event
from outcomes.citable import citable
from people.guests import Viewer
from responses.models import Note
from responses.strongest import ORDER

# Below these it is chance: notes that share "the" and "and", a word that shares its ending.
ALIKE_NOTES = 0.16
ALIKE_WORDS = 0.45
MOST_SOURCES = 20  # notes that others are compared with: those that say most
LONGEST_QUERY = 300  # characters
SMALL = (
    "a|about|all|also|am|an|and|any|are|as|at|be|been|but|by|can|could|do|does|down|for|from|had|"
    "has|have|he|her|his|how|i|if|in|into|is|it|its|me|more|my|no|not|of|on|or|our|out|over|say|she|"
    "should|so|some|than|that|the|their|them|then|there|they|this|to|too|up|us|was|we|were|what|"
    "when|where|which|who|why|will|with|would|you|your"
)
OF_MARKUP = "illegible|no text|drawing|inserted|note|removed"
LEFT_OUT = rf"\[\d+ (?:word|letter)s?\??\]|\m(?:{SMALL}|{OF_MARKUP})\M"


def saying(words: Expression) -> Func:
    """What `words` say, without what is left out of every comparison."""
    arguments = (words, Value(LEFT_OUT), Value(" "), Value("gi"))
    return Func(*arguments, function="regexp_replace", output_field=TextField())


class LikestOf(Func):
    """How alike some words are to the likest of an array of texts; the words are worked out once."""

    template = "(SELECT max(similarity(said, one)) FROM (SELECT %(expressions)s) AS one)"
    arg_joiner = " AS said OFFSET 0) AS here, unnest("
    arity = 2
    output_field = FloatField()


def notes_like(
    words_or_notes: str | Iterable[Note], event: Event, viewer: Viewer, *, most: int = 12
) -> list[tuple[Note, float]]:
    """At most so many notes of `event` that `viewer` may read, each with how alike (0 to 1), most first.

    Like words: those with a stretch that reads like them. Like notes: those that read like one
    of them, and none of them. Nothing is written.
    """
    notes = citable(event, viewer).exclude(text="").for_showing()
    if isinstance(words_or_notes, str):
        words, least = words_or_notes.replace("\0", "").strip()[:LONGEST_QUERY], ALIKE_WORDS
        found = notes.annotate(alike=TrigramWordSimilarity(words, "text"))
    else:
        given, least = [note.pk for note in words_or_notes], ALIKE_NOTES
        found = notes.exclude(pk__in=given).annotate(alike=_likest(given))
    # Comparing is what takes time: asking for `least` in the query too would do it twice.
    likest = found.order_by("-alike", "pk")[:most]
    return [(note, note.alike) for note in likest if note.alike >= least]


def _likest(given: list[int]) -> Func:
    return Coalesce(LikestOf(saying(F("text")), _what_they_say(given)), 0.0)


def _what_they_say(given: list[int]) -> Value:
    """What the given notes say, of many those that say most; wordless ones have nothing to compare."""
    worded = Note.objects.filter(pk__in=given).exclude(text="").order_by(*ORDER)
    said = worded.annotate(said=saying(F("text"))).values_list("said", flat=True)
    return Value(list(said[:MOST_SOURCES]), output_field=ArrayField(TextField()))
