"""The parameters of the search, as the API takes and explains them."""

from django.db.models import QuerySet
from django.http import QueryDict

from archive.api.parameters import CURSOR, FIELDS, LIMIT, NO_NUL, SINCE, Parameter
from archive.search.notes import matching_notes
from archive.search.query import CLOSED, FACETS, LONGEST_VALUE, read_query
from responses.models import Note

ABOUT = {
    "kind": "Of this kind.",
    "set": "Of this set of principles, by its id.",
    "principle": "Under this principle, by its id.",
    "mark": "With this mark.",
    "state": "Of whose words this is known.",
    "origin": "From there.",
    "event": "Of this event, as in its address.",
    "series": "Of this series of events, as in its address.",
    "year": "Of an event in this year.",
    "place": "Of an event at this place, as written.",
    "tag": "With this tag, as in its address.",
    "consent": "Whose writer consented to this.",
    "legibility": "With words, without, or not read.",
}
OWN = (LIMIT.name, CURSOR.name, FIELDS.name, SINCE.name)
WORDS = Parameter(
    "q",
    "Words: all have to be there. A phrase stands in quotes, a part of a word ends in *, -word leaves out.",
    {"type": "string", "maxLength": 200, "pattern": NO_NUL},
)


def _facet(name: str) -> Parameter:
    value = (
        {"enum": list(CLOSED[name])} if name in CLOSED else {"maxLength": LONGEST_VALUE, "pattern": NO_NUL}
    )
    return Parameter(name, ABOUT[name], {"type": "string", **value}, is_repeated=True)


FACET_PARAMETERS = [WORDS, *(_facet(name) for name in FACETS if name != "kind")]


def searched_notes(notes: QuerySet[Note], given: QueryDict) -> QuerySet[Note]:
    """Those of `notes` that the search would find; refuses what the search refuses."""
    return matching_notes(notes, read_query(given, also=OWN))
