"""Terms as conditions on rows: words by their stems in an index, signs and parts of words as they stand."""

from collections.abc import Iterable
from functools import reduce
from operator import and_

from django.contrib.postgres.search import Lexeme, SearchQuery, SearchQueryCombinable
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import Combinable

from archive.search.parse import Kind, Term

CONFIG = "coproduce"
# What `note_words_vector` takes for spaces, so that "and/or" is two words there and here.
SPACES = str.maketrans("/[]~*?<>", "        ")
WILD = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class Holds(Func):
    """Whether a text has a pattern somewhere, in any case. A trigram index on the text answers it."""

    template = "%(expressions)s"
    arg_joiner = " ILIKE "
    output_field = BooleanField()


def holds(text: Combinable, part: str) -> Holds:
    """Whether `text` has `part`, taken literally."""
    return Holds(text, Value(f"%{part.translate(WILD)}%"))


def is_part(term: Term) -> bool:
    return term.kind == Kind.PART


def of_words(term: Term) -> SearchQueryCombinable:
    """A term that is no part, as a question to an index of words."""
    if term.kind == Kind.PREFIX:
        return SearchQuery(Lexeme(term.text, prefix=True), config=CONFIG)
    search_type = "phrase" if term.kind == Kind.PHRASE else "plain"
    asked = SearchQuery(term.text, config=CONFIG, search_type=search_type)
    split = term.text.translate(SPACES)
    if split == term.text:
        return asked
    return asked | SearchQuery(split, config=CONFIG, search_type=search_type)


def all_of(terms: Iterable[Term]) -> SearchQueryCombinable | None:
    """All terms that are no parts in one question; None where every term is a part."""
    asked = [~of_words(term) if term.is_left_out else of_words(term) for term in terms if not is_part(term)]
    return reduce(and_, asked) if asked else None


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
