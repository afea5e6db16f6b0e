"""Facets: what a search can be narrowed by, each value with the exact number of what it would find.

OR within a facet, AND between them. Numbers are of notes, but for the facet of kinds.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from archive.search.counting import Counts, counts_of_notes
from archive.search.kinds import counts_of_kinds
from archive.search.notes import OF_EVENTS
from archive.search.places import labels_above, names_of_series, places_of, principles_of, rolled_up, sets_of
from archive.search.query import LEGIBLE, Query
from people.guests import Viewer
from responses.models import Mark, Origin, TextState

TOP = 12  # values that a long facet shows before it is opened in full
# The facets whose values are a closed list, and how each value is said.
SAID: dict[str, dict[str, str]] = {
    "kind": {
        "note": gettext_lazy("Notes"),
        "reading": gettext_lazy("Other readings of notes"),
        "event": gettext_lazy("Events"),
        "quotation": gettext_lazy("Quotations"),
        "drawing": gettext_lazy("Drawings"),
        "post": gettext_lazy("Posts"),
        "story": gettext_lazy("Stories"),
        "principle": gettext_lazy("Principles"),
        "theme": gettext_lazy("Themes"),
        "statement": gettext_lazy("What was heard"),
        "decision": gettext_lazy("Decisions"),
        "amendment": gettext_lazy("Amendments"),
        "promise": gettext_lazy("Promises"),
        "call": gettext_lazy("Calls for action"),
        "person": gettext_lazy("People"),
    },
    "mark": dict(Mark.choices),
    "state": dict(TextState.choices),
    "legibility": {
        "words": gettext_lazy("Words that can be read"),
        "no_words": gettext_lazy("A mark without words"),
        "unread": gettext_lazy("Words nobody could read, or has read yet"),
    },
    "origin": dict(Origin.choices),
    "consent": {
        "public_research": gettext_lazy("Public, and free for research"),
        "public": gettext_lazy("Public, and not for research"),
        "research": gettext_lazy("For research, and not public"),
        "board": gettext_lazy("Kept to those who were there"),
    },
}
LEGENDS = {
    "kind": gettext_lazy("Kind"),
    "mark": gettext_lazy("Mark"),
    "set": gettext_lazy("Set of principles"),
    "principle": gettext_lazy("Principle"),
    "event": gettext_lazy("Event"),
    "series": gettext_lazy("Series of events"),
    "year": gettext_lazy("Year"),
    "place": gettext_lazy("Place"),
    "tag": gettext_lazy("Tag"),
    "state": gettext_lazy("How its words stand"),
    "legibility": gettext_lazy("What can be read"),
    "origin": gettext_lazy("Where it came from"),
    "consent": gettext_lazy("What its writer allowed"),
}
FIRST = ("kind", "mark")
LONG = tuple(name for name in LEGENDS if name not in SAID)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, with how much it finds together with everything chosen in other facets."""

    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that are shown, how many are not, and what stands behind `?` to show those."""

    name: str
    values: tuple[Value, ...]
    left_out: int = 0
    more: str = ""

    @property
    def legend(self) -> str:
        return LEGENDS[self.name]

    @property
    def all(self) -> int:
        """How many values there are, shown or not."""
        return len(self.values) + self.left_out

    @property
    def is_chosen(self) -> bool:
        return any(value.is_chosen for value in self.values)

    @property
    def is_open(self) -> bool:
        """Whether it stands open on the page: what most people narrow by, and whatever was touched."""
        return self.name in FIRST or self.is_chosen or (not self.left_out and len(self.values) > TOP)


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets of a search, and the notes it found counted as tallies count them.

    `kinds` are the numbers found of every kind of thing; `kept` are those of the notes whose words are
    kept from the public; `is_opened` says that some facet is shown in full.
    """

    facets: tuple[Facet, ...]
    marks: Counter[str]
    kinds: Counter[str]
    kept: int
    is_opened: bool

    @property
    def notes(self) -> int:
        return self.marks.total()

    @property
    def challenges(self) -> int:
        return self.marks[Mark.SQUARE]

    @property
    def challenges_left_out(self) -> int:
        """How many challenges the same search has that the chosen marks leave out."""
        return (
            sum(one.number for one in self.by_name["mark"].values if one.value == Mark.SQUARE)
            - self.challenges
        )

    @property
    def not_recorded(self) -> int:
        return self.marks[Mark.NOT_RECORDED]

    @property
    def total(self) -> int:
        return self.kinds.total()

    @property
    def by_name(self) -> dict[str, Facet]:
        return {facet.name: facet for facet in self.facets}


def facets_of(query: Query, viewer: Viewer, more: Collection[str] = ()) -> Facets:
    """The facets of `query` for `viewer`; those named in `more` in full. Other names there do nothing."""
    counts = counts_of_notes(query, viewer)
    kinds = counts_of_kinds(query, viewer, counts)
    numbers, labels = _numbers(counts, query, viewer)
    numbers["kind"] = kinds.each
    opened = [name for name in LONG if name in more]
    facets = tuple(_facet(name, numbers[name], labels.get(name, {}), query, opened) for name in LEGENDS)
    consents = counts.of("consent")
    kept = consents["research"] + consents["board"]
    marks = counts.of("mark")
    return Facets(facets, marks, kinds.found, kept, bool(opened))


def _numbers(
    counts: Counts, query: Query, viewer: Viewer
) -> tuple[dict[str, Counter[str]], dict[str, dict[str, str]]]:
    """By facet: the numbers of its values, and the labels of those that no closed list names."""
    numbers = {
        "mark": counts.of("mark", "mark"),
        "state": counts.of("text_state", "state"),
        "legibility": _legibility(counts.of("text_state", "legibility")),
        "origin": counts.of("origin", "origin"),
        "consent": counts.of("consent", "consent"),
    }
    above, labels = _of_events(counts, query, viewer)
    for facet, named in (("principle", principles_of), ("set", sets_of)):
        found = counts.of(facet, facet)
        names = named(found, query.chosen, viewer)
        numbers[facet] = Counter({names[key][0]: number for key, number in found.items() if key in names})
        labels[facet] = dict(names.values())
    return numbers | above, labels


def _of_events(
    counts: Counts, query: Query, viewer: Viewer
) -> tuple[dict[str, Counter[str]], dict[str, dict[str, str]]]:
    found = {facet: counts.of("event", facet) for facet in OF_EVENTS}
    places = places_of({event for of in found.values() for event in of}, query.chosen, viewer)
    numbers = {facet: rolled_up(of, places, facet) for facet, of in found.items()}
    labels = {facet: labels_above(places, facet) for facet in found}
    unnamed = set(query.chosen.get("series", ())) - set(labels["series"])
    labels["series"] |= names_of_series(unnamed, viewer)
    return numbers, labels


def _legibility(states: Counter[str]) -> Counter[str]:
    return Counter({name: sum(states[state] for state in of) for name, of in LEGIBLE.items()})


def _facet(
    name: str, numbers: Counter[str], labels: Mapping[str, str], query: Query, opened: Iterable[str]
) -> Facet:
    """A closed list stands in its own order, others with the largest number first and years with the last."""
    chosen = tuple(query.chosen.get(name, ()))
    if name in SAID:
        values = [Value(value, label, numbers[value], value in chosen) for value, label in SAID[name].items()]
        return Facet(name, tuple(values))
    known = {value for value, number in numbers.items() if number} | set(chosen)
    values = [Value(value, labels.get(value, value), numbers[value], value in chosen) for value in known]
    values.sort(key=_newest_year if name == "year" else _largest)
    shown = values if name in opened else [v for i, v in enumerate(values) if i < TOP or v.is_chosen]
    pairs = [("more", facet) for facet in LONG if facet in opened or facet == name]
    more = "&".join(filter(None, (query.querystring, urlencode(pairs)))) + f"#facet-{name}"
    return Facet(name, tuple(shown), len(values) - len(shown), more)


def _largest(value: Value) -> tuple[int, str, str]:
    return -value.number, value.label.casefold(), value.value


def _newest_year(value: Value) -> tuple[int, str]:
    return -int(value.value) if value.value.isdecimal() else 0, value.value
