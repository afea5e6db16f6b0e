"""What the numbers beside facets are numbers of: events with what lies above them, principles and sets."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from taggit.models import TaggedItem

from events.models import Event, Series
from people.guests import Viewer
from principles.models import Principle, PrincipleSet

Chosen = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """An event, and by facet the values above it, each with its label."""

    values: Mapping[str, Iterable[tuple[str, str]]]


def places_of(events: Iterable[str], chosen: Chosen, viewer: Viewer) -> dict[str, Place]:
    """Those of `events` (primary keys) and of the chosen ones that `viewer` may see; two queries."""
    seen = Event.objects.visible_to(viewer)
    seen = seen.filter(Q(pk__in=list(events)) | Q(slug__in=list(chosen.get("event", ()))))
    rows = list(
        seen.values_list(
            "pk", "slug", "name", "series__slug", "series__name", "first_day", "place"
        ).order_by()
    )
    tags = tags_of(row[0] for row in rows)
    return {str(pk): Place(_values(facts, tags.get(pk, []))) for pk, *facts in rows}


def _values(facts: list, tags: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    slug, name, series, series_name, day, place = facts
    year = str(day.year) if isinstance(day, date) else ""
    return {
        "event": [(slug, name)],
        "series": [(series, series_name)] if series else [],
        "year": [(year, year)],
        "place": [(place, place)] if place else [],
        "tag": tags,
    }


def tags_of(events: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Slug and name of each tag of these events; one query."""
    kind = {"content_type__app_label": "events", "content_type__model": "event"}
    tagged = TaggedItem.objects.filter(object_id__in=list(events), **kind)
    found: dict[int, list[tuple[str, str]]] = {}
    for event, slug, name in tagged.values_list("object_id", "tag__slug", "tag__name"):
        found.setdefault(event, []).append((slug, name))
    return found


def rolled_up(numbers: Counter[str], places: Mapping[str, Place], facet: str) -> Counter[str]:
    """The numbers of events added up to those of the values of `facet` above them."""
    found: Counter[str] = Counter()
    for event, number in numbers.items():
        if place := places.get(event):
            for value, _label in place.values[facet]:
                found[value] += number
    return found


def labels_above(places: Mapping[str, Place], facet: str) -> dict[str, str]:
    return {value: label for place in places.values() for value, label in place.values[facet]}


def principles_of(keys: Iterable[str], chosen: Chosen, viewer: Viewer) -> dict[str, tuple[str, str]]:
    """By primary key: identifier and name, with its set; one query."""
    asked = Q(pk__in=list(keys)) | Q(identifier__in=list(chosen.get("principle", ())))
    rows = Principle.objects.visible_to(viewer).filter(asked).order_by()
    names = rows.values_list("pk", "identifier", "name", "set__name")
    return {str(pk): (identifier, f"{name} ({of})") for pk, identifier, name, of in names}


def sets_of(keys: Iterable[str], chosen: Chosen, viewer: Viewer) -> dict[str, tuple[str, str]]:
    """By primary key: identifier and name; one query."""
    asked = Q(pk__in=list(keys)) | Q(identifier__in=list(chosen.get("set", ())))
    rows = PrincipleSet.objects.visible_to(viewer).filter(asked).order_by()
    return {
        str(pk): (identifier, name) for pk, identifier, name in rows.values_list("pk", "identifier", "name")
    }


def names_of_series(slugs: Collection[str], viewer: Viewer) -> dict[str, str]:
    """Names of chosen series that nothing was found in; a query only where there are such."""
    if not slugs:
        return {}
    return dict(Series.objects.visible_to(viewer).filter(slug__in=list(slugs)).values_list("slug", "name"))
