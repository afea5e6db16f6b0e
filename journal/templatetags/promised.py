"""Promises given in texts, for the pages of outcomes, events and posts."""

from collections.abc import Iterable, Mapping

from django import template
from django.db.models import QuerySet

from events.models import Event
from journal.editing import writing_if_any
from journal.models import Post
from journal.promising import Place, found_in, places_of
from outcomes.models import Promise
from people.guests import Viewer

register = template.Library()


@register.simple_tag
def promise_places(promises: Iterable[Promise], viewer: Viewer) -> Mapping[int, Place]:
    """Where each was given that belongs to no event; two queries, or none where all are of events."""
    return places_of([promise for promise in promises if promise.event_id is None], viewer)


@register.simple_tag
def promise_place(promise: Promise, viewer: Viewer) -> Place | None:
    """Where it was given, if it was marked in a text; two queries at most."""
    return places_of([promise], viewer).get(promise.pk)


@register.filter
def of_promise(places: Mapping[int, Place], promise: Promise) -> Place | None:
    return places.get(promise.pk)


@register.simple_tag
def promised_in(of: Event | Post, viewer: Viewer) -> QuerySet[Promise]:
    """The promises marked in its text, in their order; one query."""
    owner = {"sentence__writing__event": of} if isinstance(of, Event) else {"sentence__writing__post": of}
    given = Promise.objects.visible_to(viewer).on_the_ledger().filter(**owner)
    return given.with_parts().order_by("sentence__at", "pk")


@register.simple_tag
def number_found(of: Event | Post) -> int:
    """How many sentences of its text that readers see sound like promises and are not marked."""
    writing = writing_if_any(of)
    return len(found_in(writing)) if writing.shown else 0
