""" "Did you mean": words of the public record that are written almost alike.

The words are gathered anew each night. One of something withdrawn since is never shown: only what finds
something now is suggested.
"""

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from archive.models import Word
from archive.search.hits import found
from archive.search.parse import MOST_CHARACTERS, Kind, Term
from archive.search.query import Query
from events.models import Event
from journal.models import Post
from people.guests import ANYBODY, Viewer
from principles.models import Principle, Wording
from responses.models import Note

SHORTEST, LONGEST = 3, 60  # characters of a word that is kept
ALIKE, TRIED = 0.3, 3  # likeness from 0 to 1, and how many of the likest are tried
# In how many texts each word stands, as it is written but for its case.
GATHER = """
INSERT INTO archive_word (word, number)
SELECT word, ndoc FROM ts_stat(%s)
WHERE char_length(word) BETWEEN %s AND %s AND word ~ '^[[:alpha:]]+$'
"""


def suggestion(query: Query, viewer: Viewer) -> Query | None:
    """`query` with one word written otherwise that finds something for `viewer`; None without one."""
    for term in query.terms:
        if term.kind == Kind.WORDS and not term.is_left_out:
            for word in _alike(term):
                instead = _asking(query, query.words.replace(term.text, word, 1))
                if instead and found(instead, viewer, number=1).hits:
                    return instead
    return None


def parts_instead(query: Query, viewer: Viewer) -> Query | None:
    """A single word as a part of any word, where that finds something for `viewer`."""
    if len(query.terms) != 1 or query.terms[0].kind != Kind.WORDS or query.terms[0].is_left_out:
        return None
    instead = _asking(query, f"*{query.terms[0].text.strip('*')}*")
    return instead if instead and found(instead, viewer, number=1).hits else None


def _asking(query: Query, words: str) -> Query | None:
    """`query` with other words; None where those are longer than a search may be."""
    return query.asking(words) if len(words) <= MOST_CHARACTERS else None


def _alike(term: Term) -> list[str]:
    typed = term.text.lower()
    near = Word.objects.filter(word__trigram_similar=typed).exclude(word=typed)
    likeness = TrigramSimilarity("word", typed)
    likest = near.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness", "-number")
    return list(likest.values_list("word", flat=True)[:TRIED])


@transaction.atomic
def make_words() -> int:
    """Gathers the words of what anybody may see, in place of those there were; says how many."""
    texts = [
        (Note.objects.visible_to(ANYBODY).on_the_wall(), "note_words({0}.text, {0}.origin)"),
        (Wording.objects.visible_to(ANYBODY), "{0}.text"),
        (Principle.objects.visible_to(ANYBODY), "{0}.name"),
        (Event.objects.visible_to(ANYBODY), "concat_ws(' ', {0}.name, {0}.place, {0}.summary)"),
        (Post.objects.visible_to(ANYBODY), "concat_ws(' ', {0}.title, {0}.summary)"),
    ]
    with connection.cursor() as cursor:
        every = " UNION ALL ".join(_vectors(cursor, things, words) for things, words in texts)
        cursor.execute("DELETE FROM archive_word")
        cursor.execute(GATHER, [every, SHORTEST, LONGEST])
        return cursor.rowcount


def _vectors(cursor: CursorWrapper, things: QuerySet, words: str) -> str:
    """A statement, with its values in it, that gives the words of `things` one by one, unstemmed."""
    table = things.model._meta.db_table
    ids, params = things.order_by().values("pk").query.sql_with_params()
    seen = cursor.mogrify(ids, params).decode()
    return f"SELECT to_tsvector('simple', {words.format(table)}) FROM {table} WHERE {table}.id IN ({seen})"  # noqa: S608
