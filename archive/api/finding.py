"""The search, as the API tells it: what the search page finds for anybody, as ids that lead to the rest."""

from collections import defaultdict
from collections.abc import Sequence

from django.http import QueryDict
from django.urls import reverse

from archive.api.all_kinds import KINDS
from archive.api.facts import ADDRESS, MOMENT, WORDS, moment, one_of, record
from archive.api.lists import Said, enveloped
from archive.api.parameters import LIMIT, NO_NUL, PLACE, Parameter, must_be_known, read_limit
from archive.api.searching import FACET_PARAMETERS
from archive.cite.work import whole
from archive.search.hits import KIND_LABELS, Hit, found
from archive.search.limits import bounded
from archive.search.query import KINDS as FOUND
from archive.search.query import SORTS, read_query
from people.guests import ANYBODY

AFTER = Parameter("after", "Where to go on: what `next` of the answer before leads to.", PLACE)
KIND = Parameter("kind", "Of this kind.", {"type": "string", "enum": list(FOUND)}, is_repeated=True)
SORT = Parameter("sort", "What comes first.", {"type": "string", "enum": list(SORTS), "pattern": NO_NUL})
PARAMETERS = [LIMIT, AFTER, KIND, SORT, *FACET_PARAMETERS]
SCHEMA = record(
    {
        "kind": one_of([(kind, kind) for kind in FOUND]),
        "id": WORDS,
        "title": WORDS,
        "where": WORDS,
        "url": ADDRESS,
        "at": MOMENT,
    }
)
BY_ONE = {kind.one: kind for kind in KINDS.values()}


def tell_found(given: QueryDict) -> Said:
    """One page of what the search finds. Words stand in the lists, where consent lets them go."""
    names = [one.name for one in PARAMETERS]
    must_be_known(given, names, [one.name for one in PARAMETERS if one.is_repeated])
    query = read_query(given, also=(AFTER.name, LIMIT.name))
    with bounded():
        page = found(query, ANYBODY, given.get("after", ""), read_limit(given))
    titles = _titles(page.hits)
    told = [_told(hit, titles.get((hit.kind, hit.thing.pk), "")) for hit in page.hits]
    return enveloped(reverse("api_search"), given, told, page.next, AFTER.name)


def _titles(hits: Sequence[Hit]) -> dict[tuple[str, int], str]:
    """What each is called where it is cited, which is never more than consent lets stand in files."""
    keys = defaultdict(list)
    for hit in hits:
        keys[hit.kind].append(hit.thing.pk)
    titles = {}
    for name, kind in BY_ONE.items():
        if name in keys:
            things = kind.with_parts(kind.rows().filter(pk__in=keys[name]))
            titles |= {(name, thing.pk): kind.work(thing).title for thing in things}
    return titles


def _told(hit: Hit, title: str) -> dict[str, object]:
    of = hit.thing.note if hit.kind == "reading" else hit.thing
    name = hit.thing.name if hit.kind == "person" else KIND_LABELS[hit.kind]
    return {
        "kind": hit.kind,
        "id": of.identifier,
        "title": title or str(name),
        "where": hit.where,
        "url": whole(hit.url),
        "at": moment(hit.at),
    }
