"""Terms as conditions on rows: words by their stems in an index, signs and parts of words as they stand."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import Lexeme, SearchQuery, SearchQueryCombinable
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.expressions import Combinable

from archive.search.parse import Kind, Term

CONFIG = "coproduce"
# What `note_words_vector` takes for spaces, so that "and/or" is two words there and here.
SPACES = str.maketrans("/[]~*?<>", "        ")
TRIGRAM = re.compile(r"[^\W_]{3}")
WILD = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class Holds(Func):
    """Whether a text has a pattern somewhere, in any case. A trigram index on the text answers it."""

    template = "%(expressions)s"
    arg_joiner = " ILIKE "
    output_field = BooleanField()


class HoldsExactly(Holds):
    """The same for signs, which have no case: going through all texts is faster without it."""

    arg_joiner = " LIKE "


class Unindexed(Func):
    """A text as it stands, in a way that no index is asked for it."""

    template = "(%(expressions)s || '')"
    output_field = TextField()


def may_hold(column: str, part: str) -> Holds:
    """The same as `holds` of a column with a trigram index, which is asked only where it helps.

    Without three letters in a row it would be gone through whole, and then all texts all the same.
    """
    text = F(column)
    return holds(text if TRIGRAM.search(part) else Unindexed(text), part)


def holds(text: Combinable, part: str) -> Holds:
    """Whether `text` has `part`, taken literally."""
    how = HoldsExactly if part.lower() == part.upper() else Holds
    return how(text, Value(f"%{part.translate(WILD)}%"))


def is_part(term: Term) -> bool:
    return term.kind == Kind.PART


def of_words(term: Term) -> SearchQueryCombinable:
    """A term that is no part, as a question to an index of words."""
    return reduce(or_, _ways(term))


def all_of(terms: Iterable[Term]) -> SearchQueryCombinable | None:
    """All terms that are no parts in one question; None where every term is a part."""
    asked = []
    for term in terms:
        if not is_part(term):
            # Each way of a term is denied by itself: what is combined cannot be.
            asked += [~way for way in _ways(term)] if term.is_left_out else [of_words(term)]
    return reduce(and_, asked) if asked else None


def _ways(term: Term) -> list[SearchQuery]:
    """The questions any of which has to be answered for a term to be there."""
    if term.kind == Kind.PREFIX:
        return [SearchQuery(Lexeme(term.text, prefix=True), config=CONFIG)]
    search_type = "phrase" if term.kind == Kind.PHRASE else "plain"
    texts = dict.fromkeys((term.text, term.text.translate(SPACES)))
    return [SearchQuery(text, config=CONFIG, search_type=search_type) for text in texts]


def each_of(terms: Iterable[Term], *, search: Iterable[str], texts: Iterable[str]) -> Q:
    """Every term somewhere in what belongs together: any of the vectors, or for a part any of the texts.

    For small tables: a word of the title and a word of the text are found together, and no index helps.
    """
    condition = Q()
    for term in terms:
        where = any_of(term, search=search, texts=texts)
        condition &= ~where if term.is_left_out else where
    return condition


def any_of(term: Term, *, search: Iterable[str], texts: Iterable[str]) -> Q:
    if is_part(term):
        return reduce(lambda found, text: found | Q(holds(F(text), term.text)), texts, Q())
    return reduce(lambda found, vector: found | Q(**{vector: of_words(term)}), search, Q())
