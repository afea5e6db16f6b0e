"""The evidence of a promise that was kept."""

from collections.abc import Callable

from django.test import Client

from events.models import Event
from outcomes.promises import make_promise


def test_an_event_nobody_was_told_of_is_no_evidence_yet(
    client: Client, make_event: Callable[..., Event]
) -> None:
    hidden = make_event("hidden-day", name="Hushed gathering", status=Event.Status.DRAFT)
    make_promise(make_event(), "We meet again.", by=None, state="kept", kept_at=hidden)
    for address in ("/promises/", "/events/wall-day/", "/"):
        page = client.get(address).text
        assert "We meet again." in page
        assert "Hushed gathering" not in page
        assert "hidden-day" not in page
    Event.objects.filter(pk=hidden.pk).update(status=Event.Status.COMPLETE)
    assert "Evidence: Hushed gathering" in client.get("/promises/").text
