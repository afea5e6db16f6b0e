"""One page of a list: of a kind in a lasting order, or of what went by when it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from archive.api.facts import moment
from archive.api.kinds import Kind
from archive.api.parameters import (
    CURSOR,
    FIELDS,
    LIMIT,
    NO_NUL,
    SINCE,
    Parameter,
    filters_of,
    must_be_known,
    read_cursor,
    read_fields,
    read_limit,
    read_since,
    write_cursor,
)
from archive.api.problems import Gone
from archive.api.searching import FACET_PARAMETERS, searched_notes
from archive.harvest.changes import Place, Source
from archive.harvest.gone import GONE, is_gone
from archive.harvest.settled import settled_until
from archive.search.limits import bounded
from archive.versions import data_version
from coproduce.identifiers import is_plausible
from people.refusals import Refused

WITHDRAWN = (
    "It was public once. It was withdrawn, hidden or taken off the record since: please remove it from what "
    "you keep. Its page says more where more may be said."
)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its body, and the address of what follows (empty at the end)."""

    body: dict[str, object]
    next: str = ""


def parameters_of(kind: Kind) -> list[Parameter]:
    """All that the list of `kind` takes."""
    narrowed = [Parameter(name, one.about, _VALUE) for name, one in kind.filters.items()]
    dated = [SINCE] if kind.is_dated else []
    searched = FACET_PARAMETERS if kind.is_searched else []
    return [LIMIT, CURSOR, FIELDS, *dated, *narrowed, *searched]


_VALUE = {"type": "string", "maxLength": 100, "pattern": NO_NUL}


def tell_list(kind: Kind, given: QueryDict) -> Said:
    """One page of `kind`, in the order in which things came on record: nothing changes its place in it."""
    taken = parameters_of(kind)
    must_be_known(given, [one.name for one in taken], [one.name for one in taken if one.is_repeated])
    names = read_fields(given, [fact.name for fact in kind.facts])
    limit, place = read_limit(given), read_cursor(given, kind.name, [int])
    rows = _narrowed(kind, given)
    with bounded():
        things = list(_page(kind, rows, place[0] if place else 0, limit + 1))
    told = [kind.told(thing, names) for thing in things[:limit]]
    cursor = write_cursor(kind.name, things[limit - 1].pk) if len(things) > limit else ""
    return enveloped(reverse("api_list", args=[kind.name]), given, told, cursor)


def _narrowed(kind: Kind, given: QueryDict) -> QuerySet[Model]:
    columns = filters_of(given, {name: one.column for name, one in kind.filters.items()})
    rows = kind.rows().filter(**columns)
    if since := read_since(given) if kind.is_dated else None:
        rows = rows.filter(stamp__gte=since)
    return searched_notes(rows, given) if kind.is_searched else rows


def _page(kind: Kind, rows: QuerySet[Model], after: int, most: int) -> Sequence[Model]:
    """Which first, then all that is said of them: a wide row is fetched for those alone."""
    keys = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most])
    return kind.with_parts(kind.rows().filter(pk__in=keys)).order_by("pk")


def tell_one(kind: Kind, identifier: str, given: QueryDict) -> Said:
    """One thing of `kind`; raises Gone for what was public once, and Http404 for what never was."""
    must_be_known(given, [FIELDS.name])
    names = read_fields(given, [fact.name for fact in kind.facts])
    thing = kind.with_parts(kind.rows().filter(identifier=identifier)).first()
    if thing is not None:
        return Said(kind.told(thing, names))
    if is_gone(kind.one, identifier):
        raise Gone
    raise Http404(MISREAD if not is_plausible(identifier) else NEVER)


MISREAD = "This is no id of this site: its last character does not agree with the others."
NEVER = "There is no such thing here, or not for everybody."
REMOVED = [LIMIT, CURSOR, SINCE]


def tell_removed(given: QueryDict) -> Said:
    """What was public and is not any more, by when it went: kinds, ids and times."""
    must_be_known(given, [one.name for one in REMOVED])
    limit, place = read_limit(given), _place(given)
    since = read_since(given)
    found = []
    for rank, (kind, (lost, column)) in enumerate(GONE.items()):
        rows = lost().filter(stamp__lt=settled_until())
        rows = rows if since is None else rows.filter(stamp__gte=since)
        found += Source(rank, kind, column, rows, is_gone=True).after(place, limit + 1)
    found = sorted(found, key=lambda one: one.place)
    told = [{"kind": one.kind, "id": one.identifier, "since": moment(one.at)} for one in found[:limit]]
    cursor = ""
    if len(found) > limit:
        last = found[limit - 1].place
        cursor = write_cursor("removed", moment(last.at), last.rank, last.pk)
    return enveloped(reverse("api_removed"), given, told, cursor)


def _place(given: QueryDict) -> Place | None:
    parts = read_cursor(given, "removed", [str, int, int])
    if parts is None:
        return None
    try:
        return Place(datetime.fromisoformat(parts[0]).astimezone(UTC), parts[1], parts[2])
    except (ValueError, OverflowError):
        raise Refused("This cursor leads nowhere. Take it from `next` of an answer, as it stands.") from None


def enveloped(
    path: str, given: QueryDict, items: Sequence[object], cursor: str, called: str = CURSOR.name
) -> Said:
    """A page of a list with the address of the next one, where `cursor` is `called` so."""
    onward = ""
    if cursor:
        asked = given.copy()
        asked[called] = cursor
        onward = f"{settings.SITE_URL}{path}?{asked.urlencode()}"
    body = {"items": list(items), "next": onward or None, "data_version": data_version()}
    return Said(body, onward)
