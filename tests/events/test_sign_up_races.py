"""Many people at once: the last place goes to one, and nobody is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from events.models import Event, SignUp
from events.places import Places, places_of
from events.planning import plan_event
from events.publishing import publish_event
from events.sign_ups import confirm, give_back, sign_up
from people.guests import ANYBODY, Viewer
from people.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 12


def at_once[T](acts: list[Callable[[], T]]) -> list[T]:
    start = Barrier(len(acts))

    def one(act: Callable[[], T]) -> T:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(one, acts))


@pytest.fixture
def event(ada: Viewer) -> Event:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    planned = plan_event(by=ada, name="Garden day", date=day, takes_sign_ups=True, capacity=1)
    return publish_event(planned, by=ada)


def asked(event: Event) -> list[SignUp]:
    for number in range(CROWD):
        sign_up(event, by=ANYBODY, name=f"Nr {number}", email=f"nr{number}@example.org")
    return list(event.sign_ups.all())


def test_the_last_place_goes_to_one_of_twelve_and_eleven_wait(event: Event) -> None:
    at_once([lambda place=place: confirm(place, by=ANYBODY) for place in asked(event)])
    assert places_of(event) == Places(going=1, waiting=CROWD - 1, capacity=1)


def test_each_place_given_back_moves_one_person_up(event: Event) -> None:
    places = asked(event)
    for place in places:
        confirm(place, by=ANYBODY)
    Event.objects.filter(pk=event.pk).update(capacity=6)
    event.refresh_from_db()
    going = list(event.sign_ups.order_by("confirmed_at")[:6])
    SignUp.objects.filter(pk__in=[place.pk for place in going]).update(state=SignUp.State.GOING)
    at_once([lambda place=place: give_back(place, by=ANYBODY) for place in going])
    assert places_of(event) == Places(going=6, waiting=0, capacity=6)
    assert Letter.objects.filter(subject__startswith="A place is free").count() == 6


def test_one_address_sent_twelve_times_at_once_asks_for_one_place(event: Event) -> None:
    at_once([lambda: sign_up(event, by=ANYBODY, name="Eve", email="eve@example.org")] * CROWD)
    assert event.sign_ups.count() == 1
    assert Letter.objects.count() == 3
