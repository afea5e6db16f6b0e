"""A search as somebody asked it: words, facets and an order. Its address is made from it alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.search.parse import Term, parse, tidy
from people.refusals import Refused
from responses.models import Mark, Origin, TextState

KINDS = (
    "note",
    "reading",
    "event",
    "quotation",
    "drawing",
    "post",
    "story",
    "principle",
    "theme",
    "statement",
    "decision",
    "amendment",
    "promise",
    "call",
    "person",
)
SORTS = ("newest", "event", "best")
# The names of the facets in addresses, as they stand on the page.
FACETS = (
    "kind",
    "set",
    "principle",
    "mark",
    "state",
    "origin",
    "event",
    "series",
    "year",
    "place",
    "tag",
    "consent",
    "legibility",
)
# What can be chosen where that is a closed list.
CLOSED: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "mark": tuple(Mark.values),
    "state": tuple(TextState.values),
    "origin": tuple(Origin.values),
    "consent": ("public_research", "public", "research", "board"),
    "legibility": ("words", "no_words", "unread"),
}
# Text states that one choice of legibility stands for.
LEGIBLE: dict[str, tuple[str, ...]] = {
    "words": (TextState.READ, TextState.PARTLY, TextState.DRAWING),
    "no_words": (TextState.NO_TEXT,),
    "unread": (TextState.ILLEGIBLE, TextState.WAITING),
}
MOST_VALUES = 60  # chosen at once, over all facets
LONGEST_VALUE = 200  # characters; names of places are the longest
UNKNOWN = gettext_lazy(
    "This address asks for “{}”, which the search does not know. Begin again from the search page."
)
UNKNOWN_VALUE = gettext_lazy("“{}” cannot be chosen for {}. Begin again from the search page.")
TOO_MANY = format_lazy(gettext_lazy("Choose at most {most} things to narrow by at once."), most=MOST_VALUES)
NO_YEAR = gettext_lazy("Write a year in four digits, for example 2019.")
# Beside a query in an address: where a page of its results begins.
PAGING = ("after",)


class Chosen(Mapping[str, tuple[str, ...]]):
    """The chosen values of each facet: those that were chosen, sorted, each once. It never changes."""

    def __init__(self, values: Mapping[str, Collection[str]] | None = None) -> None:
        kept = {name: tuple(sorted(set(some))) for name, some in (values or {}).items() if some}
        self._values = {name: kept[name] for name in sorted(kept)}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __repr__(self) -> str:
        return f"Chosen({self._values})"

    def of(self, name: str) -> tuple[str, ...]:
        """The values chosen in one facet; none where nothing was."""
        return self._values.get(name, ())


@dataclass(frozen=True)
class Query:
    """What is searched. Between facets all have to hold, inside one any."""

    words: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    sort: str = "newest"

    def __post_init__(self) -> None:
        object.__setattr__(self, "chosen", Chosen(self.chosen))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return parse(self.words)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things that are asked for; all where none was chosen."""
        return self.chosen.of("kind") or KINDS

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet, so that everything would be found."""
        return not self.words and not self.chosen

    @property
    def querystring(self) -> str:
        """What stands behind the question mark: the same for every way to ask the same."""
        pairs = [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [("q", self.words)] if self.words else []
        pairs += [("sort", self.sort)] if self.sort != SORTS[0] else []
        return urlencode(sorted(pairs))

    def plus(self, facet: str, value: str) -> "Query":
        """The same with `value` chosen too."""
        return self._with(facet, {*self.chosen.of(facet), value})

    def minus(self, facet: str, value: str) -> "Query":
        """The same without `value`."""
        return self._with(facet, set(self.chosen.of(facet)) - {value})

    def sorted_by(self, sort: str) -> "Query":
        return replace(self, sort=sort)

    def asking(self, words: str) -> "Query":
        """The same with other words."""
        return replace(self, words=tidy(words))

    def _with(self, facet: str, values: Collection[str]) -> "Query":
        return replace(self, chosen=Chosen({**self.chosen, facet: values}))


def read_query(given: QueryDict, also: Collection[str] = PAGING) -> Query:
    """The query an address asks; `also` are names in it that are no part of the query.

    Refuses, with a sentence for whoever asked, what is too long, too much or not known.
    """
    for name in given:
        if name not in (*FACETS, "q", "sort", *also):
            raise Refused(UNKNOWN.format(_short(name)))
    chosen = {facet: _values(facet, given.getlist(facet)) for facet in FACETS}
    if sum(len(values) for values in chosen.values()) > MOST_VALUES:
        raise Refused(TOO_MANY)
    query = Query(tidy(given.get("q", "")), Chosen(chosen), _sort(given.get("sort", "")))
    query.terms  # noqa: B018  refuses here what cannot be looked for
    return query


def _sort(asked: str) -> str:
    if asked and asked not in SORTS:
        raise Refused(UNKNOWN_VALUE.format(_short(asked), _("the order")))
    return asked or SORTS[0]


def _values(facet: str, asked: list[str]) -> set[str]:
    values = {value.strip() for value in asked} - {""}
    for value in values:
        if "\0" in value or len(value) > LONGEST_VALUE or value not in CLOSED.get(facet, values):
            raise Refused(UNKNOWN_VALUE.format(_short(value), facet))
        if facet == "year" and not (value.isascii() and value.isdigit() and len(value) == 4):
            raise Refused(NO_YEAR)
    return values


def _short(text: str) -> str:
    """Somebody else's words in a sentence of ours: no longer than needed to know them again."""
    return text.replace("\0", "")[:40]
