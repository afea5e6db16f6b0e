"""What those who run a poll do on its pages, and what the event then shows of it."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from events.agenda import add_item
from events.models import Event
from people.guests import Viewer
from responses.models import Poll
from responses.poll import answer_option
from tests.polls import choose, hold_poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


# Those who run it


def test_an_organiser_makes_a_poll(event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer) -> None:
    client = signed_in(ada)
    address = reverse("poll_new", args=[event.slug])
    assert client.post(address, {"name": ""}).status_code == 422
    made = {"name": "After lunch", "first": "Tea\nCake", "is_ranked": "ranked", "hides_until_reveal": "on"}
    assert client.post(address, made).url == reverse("poll_facilitate", args=[event.slug, "after-lunch"])
    poll = Poll.objects.get()
    assert (poll.is_ranked, poll.asks_wishes, poll.hides_until_reveal, poll.options.count()) == (
        True,
        False,
        True,
        2,
    )


def test_everything_on_the_desk_of_a_suggestion(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    poll, client = hold_poll(event, "Tea"), signed_in(ada)
    option, item = poll.options.get(), add_item(event, by=ada, title="A break")
    desk = reverse("option_desk", args=[option.identifier])
    for wrong in ({"act": "hide"}, {"act": "answer"}, {"act": "count", "number": "-1"}, {"act": "take_down"}):
        assert client.post(desk, wrong).status_code == 422, wrong
    for right in (
        {"act": "hide", "why": "A moment."},
        {"act": "show"},
        {"act": "count", "number": "7"},
        {"act": "answer", "item": str(item.pk)},
    ):
        assert client.post(desk, right).url.endswith("/facilitate/#suggestions"), right
    option.refresh_from_db()
    assert (option.moderation, option.counted_in_room, option.agenda_item) == ("shown", 7, item)
    client.post(desk, {"act": "take_down", "why": "It names somebody."})
    option.refresh_from_db()
    assert option.text == ""


def test_an_organiser_adds_what_somebody_said_aloud(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    poll, client = hold_poll(event), signed_in(ada)
    address = reverse("poll_add", args=[event.slug, poll.slug])
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Tea", "public": "on"}).status_code == 302
    assert poll.options.get().origin == "counted_in_room"


def test_nobody_else_opens_the_desks(
    event: Event, signed_in: Callable[[Viewer], Client], researcher: Viewer
) -> None:
    poll, client = hold_poll(event, "Tea"), signed_in(researcher)
    option = poll.options.get()
    for address in (
        reverse("poll_new", args=[event.slug]),
        reverse("poll_add", args=[event.slug, poll.slug]),
        reverse("option_desk", args=[option.identifier]),
    ):
        assert client.get(address).status_code == client.post(address, {"act": "show"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_console_takes_as_many_queries_for_three_suggestions_as_for_one(
    event: Event, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    poll = hold_poll(event, *(f"Thing {one}" for one in range(number)))
    add_item(event, by=ada, title="A break")
    with django_assert_num_queries(5):
        render_to_string("responses/facilitate_poll.html", {"activity": poll, "csrf_token": "x"})


# The page of the event


def test_the_event_shows_how_the_room_shaped_the_day(event: Event, client: Client, ada: Viewer) -> None:
    poll = hold_poll(event, "Tea", "Cake", "A nap")
    choose(poll, "ben", "Tea")
    lunch = add_item(event, by=ada, title="Lunch", time="12:30")
    tea = add_item(event, by=ada, title="Tea break", time="15:00")
    answer_option(poll.options.get(text="Tea"), by=ada, item=tea)
    answer_option(poll.options.get(text="A nap"), by=ada, answer="There is no bed.")
    page = read(client, event.get_absolute_url())
    day = page[page.index('id="day"') :]
    assert "How the room shaped the day" in day
    assert re.search(rf'id="day-{lunch.pk}".*?Planned by the organisers', day, re.DOTALL)
    assert re.search(
        rf'id="day-{tea.pk}".*?Because the room suggested.*?Tea.*?1 of 1 chose it', day, re.DOTALL
    )
    assert re.search(r"Not taken up, and why.*?A nap.*?There is no bed\.", day, re.DOTALL)
    assert "1 suggestion has no answer yet" in day


def test_an_event_without_polls_says_nothing_of_them(event: Event, client: Client) -> None:
    assert 'id="day"' not in read(client, event.get_absolute_url())


def test_an_answer_is_also_on_the_suggestions_own_page(event: Event, client: Client, ada: Viewer) -> None:
    poll = hold_poll(event, "Tea")
    option = poll.options.get()
    assert "No answer yet." in read(client, option.get_absolute_url())
    answer_option(option, by=ada, item=add_item(event, by=ada, title="A break", time="15:00"))
    assert "15:00, A break" in read(client, option.get_absolute_url())
