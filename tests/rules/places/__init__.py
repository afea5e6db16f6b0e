"""The addresses of every route in a scene: of those whose address has parts, one for each thing there is."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from tests.rules.places import archive, events, journal, outcomes, people, principles, responses
from tests.rules.scenes import Scene
from tests.rules.test_access import listed, routes

PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **archive.PLACES,
    **journal.PLACES,
    **outcomes.PLACES,
    **responses.PLACES,
    **events.PLACES,
    **principles.PLACES,
    **people.PLACES,
}
# What is asked of an address beside itself: everything that ever changed.
ASKED = {
    "changes": {"after": "0"},
    "api_search": {"q": "canary"},
    "oai": {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "response"},
    "iiif_viewer": {"manifest": "/iiif/events/wall-day/manifest.json"},
}
# Answered to machines before sessions and forms are looked at: a 503 is what one of them is for, and
# neither takes anything.
FOR_MACHINES = frozenset({"readyz", "metrics"})


def pages() -> dict[str, bool]:
    """The name of every route of the project's own, and whether its address has parts."""
    ours = {pattern.name: bool(pattern.pattern.converters) for pattern in routes()}
    return {
        name: ours[name] for name in listed() if name in ours and not name.startswith(("account_", "mfa_"))
    }


def addresses(name: str, scene: Scene) -> Iterator[str]:
    asked = ASKED.get(name)
    return (
        reverse(name, kwargs=kwargs, query=asked) for kwargs in PLACES.get(name, lambda _: iter([{}]))(scene)
    )
