"""The parts of the day, for those who run the event."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.agenda import add_item, edit_item, remove_item
from events.models import AgendaItem, Duty, Event
from people.guests import Viewer
from people.models import Person
from people.records import put_on_record
from people.refusals import Refused
from responses.poll import answer_option
from tests.conftest import make_person
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
        with pytest.raises(Refused, match="Only those who facilitate"):
            act()


def test_a_part_that_answers_the_room_is_not_taken_out(event: Event, ada: Viewer) -> None:
    tea = add_item(event, by=ada, title="Tea")
    answer_option(hold_poll(event, "Tea please").options.get(), by=ada, item=tea)
    with pytest.raises(Refused, match="the answer to a suggestion"):
        remove_item(tea, by=ada)
    remove_item(add_item(event, by=ada, title="Nothing"), by=ada)
    assert list(event.agenda.all()) == [tea]


def test_who_leads_a_part_stands_on_the_event_page_and_is_linked_where_they_agreed_to_be_listed(
    event: Event, client: Client, ada: Viewer
) -> None:
    lena, ada.person.is_listed = Person.objects.create(name="Lena"), True
    ada.person.save()
    client.force_login(ada.person)
    address = reverse("agenda", args=[event.slug])
    typed = {
        "title": "Tea",
        "leads": [lena.pk, ada.person.pk],
        "led_by": "two others",
        "about": "Bring a cup.",
    }
    assert client.post(address, typed).status_code == 302
    page = client.get("/events/wall-day/").text
    assert "Bring a cup." in page
    assert f'Led by <a href="{ada.person.get_absolute_url()}">Ada</a>, Lena, two others' in page
    item = event.agenda.get()
    assert client.post(reverse("agenda_item", args=[event.slug, item.pk]), {"title": "Tea", "position": "1"})
    assert "Led by" not in client.get("/events/wall-day/").text


def test_only_people_whom_one_may_know_of_can_be_named_as_leading(
    event: Event, client: Client, ada: Viewer
) -> None:
    stranger = make_person("Hidden")
    client.force_login(ada.person)
    typed = {"title": "Tea", "leads": [stranger.pk]}
    answer = client.post(reverse("agenda", args=[event.slug]), typed)
    assert answer.status_code == 422
    assert "Hidden" not in answer.text


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


def test_who_helps_takes_nobody_off_the_day_whom_they_cannot_see(
    make_event: Callable[..., Event], make_helper: Callable[..., Viewer], ada: Viewer
) -> None:
    quiet = put_on_record("Quiet Quinn", by=ada)
    item = add_item(make_event(), by=ada, title="Tea", leads=[quiet])
    helper = make_helper("Fen", Duty.FACILITATOR)
    edit_item(item, by=helper, title="Tea", time="10:30", position=1, leads=[])
    assert list(item.leads.all()) == [quiet]
    edit_item(item, by=ada, title="Tea", time="10:30", position=1, leads=[])
    assert not item.leads.exists()
