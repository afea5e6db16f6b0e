"""Where the event of a scene and its series stand."""

from collections.abc import Callable, Iterator

from events.sign_ups import token_of
from tests.rules.places.people import of_people
from tests.rules.scenes import Scene


def of_event(scene: Scene) -> Iterator[dict]:
    yield {"slug": scene.event.slug}


def of_agenda(scene: Scene) -> Iterator[dict]:
    for item in scene.event.agenda.all():
        yield {"slug": scene.event.slug, "number": item.pk}


def of_series(scene: Scene) -> Iterator[dict]:
    yield {"slug": scene.event.series.slug}


def of_places(scene: Scene) -> Iterator[dict]:
    return ({"token": token_of(place)} for place in scene.event.sign_ups.all())


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("event", "event_edit", "event_state", "event_roles", "event_log"), of_event),
    **dict.fromkeys(("sign_up", "sign_ups", "event_calendar", "agenda"), of_event),
    "agenda_item": of_agenda,
    "my_sign_up": of_places,
    "invitation": lambda _: iter([{"token": "nothing"}]),
    "person_invite": of_people,
    "series": of_series,
    **dict.fromkeys(("series_edit", "series_roles", "series_calendar", "series_feed"), of_series),
    "tag": lambda scene: ({"slug": tag.slug} for tag in scene.event.tags.all()),
}
