"""The parts of the day, for those who run the event."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.agenda import add_item, edit_item, remove_item
from events.models import AgendaItem, Event
from people.guests import Viewer
from people.refusals import Refused
from responses.poll import answer_option
from tests.polls import hold_poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def test_parts_stand_in_the_order_they_were_added_until_they_are_moved(event: Event, ada: Viewer) -> None:
    tea, walk = (add_item(event, by=ada, title=title) for title in ("Tea", "A walk"))
    assert list(event.agenda.all()) == [tea, walk]
    edit_item(tea, by=ada, title="Tea", time="15:00", position=9)
    assert list(event.agenda.all()) == [walk, tea]


def test_only_those_who_run_the_event_plan_its_day(event: Event, ada: Viewer, researcher: Viewer) -> None:
    tea = add_item(event, by=ada, title="Tea")
    for act in (
        lambda: add_item(event, by=researcher, title="Mine"),
        lambda: edit_item(tea, by=researcher, title="Mine", time="", position=1),
        lambda: remove_item(tea, by=researcher),
    ):
        with pytest.raises(Refused, match="Only those who run"):
            act()


def test_a_part_that_answers_the_room_is_not_taken_out(event: Event, ada: Viewer) -> None:
    tea = add_item(event, by=ada, title="Tea")
    answer_option(hold_poll(event, "Tea please").options.get(), by=ada, item=tea)
    with pytest.raises(Refused, match="the answer to a suggestion"):
        remove_item(tea, by=ada)
    remove_item(add_item(event, by=ada, title="Nothing"), by=ada)
    assert list(event.agenda.all()) == [tea]


def test_the_pages_add_change_and_take_out(event: Event, client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    address = reverse("agenda", args=[event.slug])
    assert client.post(address, {"title": " "}).status_code == 422
    client.post(address, {"title": "Tea", "time": "15:00"})
    item = event.agenda.get()
    assert "15:00 Tea" in client.get(address).content.decode()
    page = reverse("agenda_item", args=[event.slug, item.pk])
    assert client.post(page, {"title": "", "position": "1"}).status_code == 422
    assert client.post(page, {"title": "Cake", "time": "", "position": "1"}).status_code == 302
    assert event.agenda.get().title == "Cake"
    assert client.post(page, {"act": "remove"}).status_code == 302
    assert not event.agenda.exists()


def test_a_refused_removal_says_why_on_the_page(event: Event, client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    tea = add_item(event, by=ada, title="Tea")
    answer_option(hold_poll(event, "Tea please").options.get(), by=ada, item=tea)
    answer = client.post(reverse("agenda_item", args=[event.slug, tea.pk]), {"act": "remove"})
    assert (answer.status_code, "Answer differently first" in answer.content.decode()) == (422, True)
    assert AgendaItem.objects.filter(pk=tea.pk).exists()


def test_an_item_of_another_event_is_not_found_here(
    event: Event, make_event: Callable[..., Event], client: Client, ada: Viewer
) -> None:
    client.force_login(ada.person)
    elsewhere = add_item(make_event("other"), by=ada, title="Elsewhere")
    assert client.get(reverse("agenda_item", args=[event.slug, elsewhere.pk])).status_code == 404
