"""The pages of polls as a browser without JavaScript has them."""

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.guests import Viewer
from responses.limits import HAND
from responses.models import Choice, Option, Poll
from responses.poll import hide_option
from responses.room import close_activity
from tests.polls import choose, hold_poll

pytestmark = pytest.mark.django_db
PROPOSE = Poll.Phase.PROPOSE


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def typed(text: str = "Music", **more: str) -> dict[str, str]:
    return {"act": "propose", "text": text, "key": str(uuid4())} | more


def chosen(*options: Option) -> dict[str, object]:
    return {"act": "choose", "options": [option.identifier for option in options]}


def in_order(**places: int) -> dict[str, object]:
    options = {option.text: option.identifier for option in Option.objects.all()}
    return {"act": "choose"} | {f"place-{options[text]}": number for text, number in places.items()}


# Taking part


def test_a_guest_suggests_chooses_and_changes_their_mind(event: Event, client: Client, ada: Viewer) -> None:
    poll = hold_poll(event, "Tea", phase=PROPOSE)
    page = read(client, poll.get_absolute_url())
    assert "What do you suggest?" in page
    assert "30 days after the poll closes" in page
    answer = client.post(poll.get_absolute_url(), typed(public="on"), follow=True)
    assert "Suggestion 2 is on the list." in answer.content.decode()
    Poll.objects.filter(pk=poll.pk).update(phase=Poll.Phase.CHOOSE)
    tea, music = poll.options.order_by("number")
    for options in ([tea, music], [music]):
        assert client.post(poll.get_absolute_url(), chosen(*options)).status_code == 302
    assert list(Choice.objects.values_list("option", flat=True)) == [music.pk]
    assert re.findall(r'value="(\w+)"[^>]*checked', read(client, poll.get_absolute_url())) == [
        music.identifier
    ]


def test_a_poll_shows_every_state_in_words(event: Event, client: Client) -> None:
    poll = hold_poll(event, phase=PROPOSE)
    assert "Nothing on the list yet. Be the first" in read(client, poll.get_absolute_url())
    for changed, said in (
        ({"phase": "choose"}, "There is nothing on the list that you can choose."),
        ({"hides_until_reveal": True}, "Results are hidden until the poll closes. 0 people have chosen"),
        ({"state": "closed", "code": None}, "This poll is not open yet."),
        ({"closed_at": "2026-01-01T10:00Z"}, "This poll is closed."),
    ):
        Poll.objects.filter(pk=poll.pk).update(**changed)
        assert said in read(client, poll.get_absolute_url())


def test_a_result_is_never_called_a_vote(event: Event, client: Client) -> None:
    poll = hold_poll(event, "Tea")
    choose(poll, "ben", "Tea")
    for address in (poll.get_absolute_url(), poll.options.get().get_absolute_url()):
        assert "This shows what people in the room chose. It is not a vote." in read(client, address)


def test_sending_a_form_twice_suggests_once(event: Event, client: Client) -> None:
    poll, form = hold_poll(event, phase=PROPOSE), typed()
    client.get(poll.get_absolute_url())
    for _ in range(2):
        assert client.post(poll.get_absolute_url(), form).status_code == 302
    assert poll.options.count() == 1


def test_going_back_and_typing_something_else_asks_before_it_becomes_another(
    event: Event, client: Client
) -> None:
    poll, form = hold_poll(event, phase=PROPOSE), typed("Music")
    client.post(poll.get_absolute_url(), form)
    answer = client.post(poll.get_absolute_url(), form | {"text": "Dancing"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Press the button again" in page
    assert "Dancing" in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert client.post(poll.get_absolute_url(), form | {"text": "Dancing", "key": key}).status_code == 302
    assert list(poll.options.values_list("text", flat=True)) == ["Music", "Dancing"]


def test_what_is_wrong_keeps_everything_that_was_typed(event: Event, client: Client) -> None:
    poll = hold_poll(event, phase=PROPOSE, asks_wishes=True)
    answer = client.post(poll.get_absolute_url(), typed("Dancing", public="on"))
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Say whether you want to learn it or to share it." in page
    assert re.search(r"<textarea[^>]*>\s*Dancing", page)
    assert re.search(r'name="public"[^>]*checked', page)


def test_the_same_number_twice_is_said_and_keeps_the_others(event: Event, client: Client) -> None:
    poll = hold_poll(event, "Tea", "Cake", "Walk", is_ranked=True)
    answer = client.post(poll.get_absolute_url(), in_order(Tea=1, Cake=2, Walk=2))
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "You gave 2 to “Cake” too." in page
    assert page.count("selected") >= 3
    client.post(poll.get_absolute_url(), in_order(Tea=3, Cake=1))
    assert list(Choice.objects.order_by("rank").values_list("option__text", "rank")) == [
        ("Cake", 1),
        ("Tea", 2),
    ]


def test_a_choice_that_left_the_list_meanwhile_is_said_and_the_others_stay(
    event: Event, client: Client, ada: Viewer
) -> None:
    poll = hold_poll(event, "Tea", "Cake")
    tea, cake = poll.options.order_by("number")
    hide_option(tea, "Not today.", by=ada)
    answer = client.post(poll.get_absolute_url(), chosen(tea, cake))
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "One of your choices is no longer on the list." in page
    assert re.findall(r'value="(\w+)"[^>]*checked', page) == [cake.identifier]


def test_an_old_tab_is_told_that_the_room_has_moved_on(event: Event, client: Client, ada: Viewer) -> None:
    poll = hold_poll(event, "Tea")
    answer = client.post(poll.get_absolute_url(), typed("Music"))
    assert (answer.status_code, "Choosing has begun" in answer.content.decode()) == (422, True)
    close_activity(poll, by=ada)
    answer = client.post(poll.get_absolute_url(), chosen(poll.options.get()))
    assert (answer.status_code, "This poll is closed" in answer.content.decode()) == (422, True)


@pytest.mark.usefixtures("no_window_ends")
def test_a_machine_is_slowed_down_and_told_when_to_go_on(event: Event, client: Client) -> None:
    poll = hold_poll(event, phase=PROPOSE)
    client.get(poll.get_absolute_url())
    answers = [client.post(poll.get_absolute_url(), typed(f"Thing {n}")) for n in range(3 * HAND.most)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert all(int(answer["Retry-After"]) > 0 for answer in refused)


def test_an_act_that_there_is_not_is_not_found(event: Event, client: Client) -> None:
    assert client.post(hold_poll(event).get_absolute_url(), {"act": "win"}).status_code == 404


# One's own


def test_a_suggestion_is_taken_back_by_the_browser_it_came_from_and_answers_410(
    event: Event, client: Client
) -> None:
    poll = hold_poll(event, phase=PROPOSE)
    client.post(poll.get_absolute_url(), typed("Music", public="on"))
    option = poll.options.get()
    assert "It is on the list." in read(client, poll.get_absolute_url())
    assert Client().get(reverse("option_withdraw", args=[option.identifier])).status_code == 404
    assert "Music" in read(client, reverse("option_withdraw", args=[option.identifier]))
    client.post(reverse("option_withdraw", args=[option.identifier]))
    gone = Client().get(option.get_absolute_url())
    assert (gone.status_code, "Music" in gone.content.decode()) == (410, False)
    assert "1 withdrawn" in read(Client(), poll.get_absolute_url())


def test_a_withdrawn_suggestion_that_only_waited_was_never_there_for_others(
    event: Event, client: Client
) -> None:
    poll = hold_poll(event, phase=PROPOSE, is_premoderated=True)
    client.post(poll.get_absolute_url(), typed("Music", public="on"))
    option = poll.options.get()
    client.post(reverse("option_withdraw", args=[option.identifier]))
    assert Client().get(option.get_absolute_url()).status_code == 404


def test_its_author_reads_why_a_suggestion_is_hidden(event: Event, client: Client, ada: Viewer) -> None:
    poll = hold_poll(event, phase=PROPOSE)
    client.post(poll.get_absolute_url(), typed("Music"))
    hide_option(poll.options.get(), "Too loud for this room.", by=ada)
    for address in (poll.get_absolute_url(), poll.options.get().get_absolute_url()):
        assert "Too loud for this room." in read(client, address)
    assert "Too loud" not in read(Client(), poll.get_absolute_url())
