"""Who comes, as a file."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from events.sign_ups import add_by_hand
from people.guests import Viewer
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event], ada: Viewer) -> Event:
    event = make_event(status="announced", takes_sign_ups=True, capacity=1)
    for name, needs in (('=HYPERLINK("x")', "A ramp"), ("Fay", "-1+2")):
        add_by_hand(event, by=ada, name=name, access_needs=needs)
    return event


def test_those_who_run_it_get_the_list_in_order_and_no_cell_acts(
    event: Event, ada: Viewer, client: Client
) -> None:
    client.force_login(ada.person)
    answer = client.get("/events/wall-day/sign-ups.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[:4] for row in rows[1:]] == [
        ['\'=HYPERLINK("x")', "A ramp", "", "Has a place"],
        ["Fay", "'-1+2", "", "On the waiting list"],
    ]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_nobody_else_gets_it(event: Event, researcher: Viewer, client: Client) -> None:
    assert client.get("/events/wall-day/sign-ups.csv").status_code == 302
    for person in (researcher.person, make_person("Eve")):
        client.force_login(person)
        assert client.get("/events/wall-day/sign-ups.csv").status_code == 404
