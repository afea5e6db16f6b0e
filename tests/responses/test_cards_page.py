"""The pages of cards as a browser without JavaScript has them, from making them to the close."""

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.guests import Viewer
from responses import limits
from responses.models import Board, Card, Cards, Note, Stand, ZoneCount
from responses.room import change_settings, close_activity
from tests.cards import card_of, count, hold_cards, stand, turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def press(client: Client, card: Card, zone: int | str = 1, **more: str) -> HttpResponse:
    typed = {"card": card.identifier, "zone": str(zone)} | more
    return client.post(card.cards.get_absolute_url(), typed)


def of_card(page: str, card: Card) -> str:
    """What the page says of one card to whoever looks."""
    return page[page.index(f'id="card-{card.identifier}"') :].split("</section>")[0]


def pressed(page: str, card: Card) -> list[str]:
    return re.findall(r'aria-pressed="true"><b>(\w+)</b>', of_card(page, card))


# The whole way


def test_cards_are_played_from_making_to_closing_without_a_script(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    host, ben = signed_in(ada), Client()
    made = {"name": "Feet", "prompts": "Power is shared.\nTime is paid.", "zones": "Yes\nNo"}
    console = host.post(reverse("cards_new", args=[event.slug]), made).url
    cards = Cards.objects.get()
    address = cards.get_absolute_url()
    assert "These cards are not open yet." in read(Client(), address)

    host.post(console, {"act": "open"})
    card, other = cards.cards.all()
    assert "before anybody has talked" in read(ben, address)
    answer = press(ben, card, 1)
    assert (answer.status_code, answer.url) == (302, f"{address}#card-{card.identifier}")
    page = read(ben, address)
    assert "You stand at “Yes” now." in of_card(page, card)
    assert pressed(page, card) == ["Yes"]
    assert pressed(page, other) == []

    host.post(console, {"act": "phase", "phase": "talk"})
    page = read(ben, address)
    assert "Before talking you stood at <b>Yes</b>." in of_card(page, card)
    assert 'name="zone"' not in page

    host.post(console, {"act": "phase", "phase": "after"})
    page = of_card(read(ben, address), card)
    assert "Before talking you stood at <b>Yes</b>." in page
    assert "Why I moved" not in page
    press(ben, card, 2)
    page = of_card(read(ben, address), card)
    why = reverse("answer_station", args=[event.slug, card.board.slug, card.station.code])
    assert re.search(rf'href="{why}">Why I moved', page)
    said = {"mark": "bubble", "words": "Money changed my mind.", "key": str(uuid4()), "public": "on"}
    assert ben.post(why, said).status_code == 302
    assert "You wrote: <a" in of_card(read(ben, address), card)
    assert "Money changed my mind." in of_card(read(ben, address), card)
    assert "Money changed my mind." not in read(Client(), address)

    host.post(console, {"act": "close"})
    page = read(ben, address)
    assert "These cards are closed." in page
    assert "You moved from <b>Yes</b> to <b>No</b>." in of_card(page, card)
    assert "moved: 1 from “Yes” to “No”." in page
    assert 'id="card-' not in read(Client(), address)
    assert ben.post(why, said | {"key": str(uuid4())}).status_code == 422, "the reasons close with the cards"


def test_who_stays_presses_again_and_can_say_why(event: Event, client: Client) -> None:
    cards = hold_cards(event)
    press(client, card_of(cards), 1)
    turn(cards, "after")
    press(client, card_of(cards), 1)
    page = of_card(read(client, cards.get_absolute_url()), card_of(cards))
    assert "Why I stayed" in page


def test_the_page_says_that_seats_and_phones_elsewhere_are_the_same(event: Event, client: Client) -> None:
    page = read(client, hold_cards(event).get_absolute_url())
    assert "stay in your seat or join from elsewhere" in page
    assert "nobody can tell any more which stand was yours" in page


# What goes wrong


def test_a_double_tap_and_going_back_are_one_stand(event: Event, client: Client) -> None:
    cards = hold_cards(event)
    client.get(cards.get_absolute_url())
    for zone in (1, 1, 3, 1, 1):
        assert press(client, card_of(cards), zone).status_code == 302
    assert [stand.zone.name for stand in Stand.objects.all()] == ["Yes"]


def test_stepping_off_takes_one_out_of_the_count(event: Event, client: Client) -> None:
    cards = hold_cards(event)
    press(client, card_of(cards), 1)
    for _ in range(2):
        assert press(client, card_of(cards), "", act="leave").status_code == 302
    page = read(client, cards.get_absolute_url())
    assert "You stand nowhere on this card now." in page
    assert not Stand.objects.exists()
    assert press(Client(), card_of(cards), "", act="leave").status_code == 302
    assert cards.participants.count() == 1, "who stepped off nothing took no part"


@pytest.mark.parametrize("zone", ["9", "", "x", "-1", "²", "9" * 40])
def test_a_place_that_is_not_there_is_said_at_the_card(event: Event, client: Client, zone: str) -> None:
    cards = hold_cards(event)
    answer = press(client, card_of(cards), zone)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "There is no such place to stand" in of_card(page, card_of(cards))
    assert "Not counted yet" in page


def test_a_card_of_others_is_not_found(event: Event, client: Client) -> None:
    cards, others = hold_cards(event), hold_cards(event)
    typed = {"card": card_of(others).identifier, "zone": "1"}
    assert client.post(cards.get_absolute_url(), typed).status_code == 404


def test_an_old_tab_is_told_at_its_card_that_the_room_has_moved_on(
    event: Event, client: Client, ada: Viewer
) -> None:
    cards = hold_cards(event)
    card = card_of(cards)
    turn(cards, "talk")
    answer = press(client, card)
    assert (answer.status_code, "The room is talking now." in answer.content.decode()) == (422, True)
    close_activity(cards, by=ada)
    answer = press(client, card)
    assert (answer.status_code, "These cards are closed" in answer.content.decode()) == (422, True)
    assert not Stand.objects.exists()


@pytest.mark.usefixtures("no_window_ends")
def test_a_machine_is_slowed_down_and_a_room_is_not(
    event: Event, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STANDS", limits.Limit("stands", 3, 10))
    monkeypatch.setattr(limits, "STANDS_FROM_AFAR", limits.Limit("stands of a network", 2, 60))
    cards = hold_cards(event)
    client.get(cards.get_absolute_url())
    client.post(reverse("join_code", args=[cards.code]))
    assert cards.participants.in_the_room().count() == 1
    answers = [press(client, card_of(cards), 1 + number % 3) for number in range(9)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert [answer.status_code for answer in answers[:3]] == [302] * 3, "the network counts for nothing"
    assert refused
    assert all(int(answer["Retry-After"]) > 0 for answer in refused)


# The board of why people moved


def test_the_board_of_reasons_opens_closes_and_is_joined_with_its_cards(
    event: Event, client: Client, ada: Viewer
) -> None:
    cards = hold_cards(event)
    reasons = Board.objects.get()
    assert reasons.is_open
    client.get(cards.get_absolute_url())
    client.post(reverse("join_code", args=[cards.code]))
    assert reasons.participants.in_the_room().count() == 1
    close_activity(cards, by=ada)
    assert not Board.objects.get().is_open


@pytest.mark.parametrize("switch", ["is_premoderated", "may_include_under_18s"])
def test_the_settings_of_cards_hold_for_the_reasons_too(event: Event, ada: Viewer, switch: str) -> None:
    made_so, changed = hold_cards(event, **{switch: True}), hold_cards(event)
    change_settings(changed, by=ada, **{switch: True})
    for cards in (made_so, changed):
        board = card_of(cards).board
        assert (getattr(board, switch), board.moderates_words, board.hides_until_reveal) == (
            True,
            True,
            False,
        )


# Those who run them


def test_new_cards_come_with_places_to_stand_and_say_what_is_missing(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    client, address = signed_in(ada), reverse("cards_new", args=[event.slug])
    assert "Agree\nIt depends\nDisagree" in read(client, address)
    assert "New cards" in read(client, event.get_absolute_url())
    for wrong, said in (
        ({"name": "", "prompts": "One."}, "Give the cards a name"),
        ({"name": "N", "prompts": ""}, "Write at least one sentence"),
        ({"name": "N", "prompts": "One.", "zones": "Here\nHere"}, "Name 2 to 8 zones"),
        ({"name": "N", "prompts": "x" * 301, "zones": "Here\nThere"}, "Write 1 to 30 prompts"),
    ):
        answer = client.post(address, {"zones": "Here\nThere"} | wrong)
        assert (answer.status_code, said in unescape(answer.content.decode())) == (422, True), wrong
    assert not Cards.objects.exists()
    assert not Board.objects.exists()


def test_the_room_is_counted_on_the_console_and_counting_again_replaces_it(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    client, cards = signed_in(ada), hold_cards(event)
    where = [event.slug, cards.slug]
    console, address = (
        reverse("cards_facilitate", args=where),
        reverse("cards_count", args=[*where, 1, "before"]),
    )
    assert address in read(client, console)
    for numbers in ((9, 0, 2), (8, 1, 2)):
        typed = {f"zone-{position}": str(number) for position, number in enumerate(numbers, 1)}
        answer = client.post(address, typed)
        assert answer.url == f"{console}#card-{card_of(cards).identifier}"
    page = read(client, console)
    assert "11 people counted before talking." in page
    assert re.search(r'name="zone-1" value="8"', page), "the last count is shown"
    assert sorted(ZoneCount.objects.values_list("number", flat=True)) == [1, 2, 8]
    assert "Card 1, before talking: 11 people, 11 until now." in page
    client.post(address, {"zone-1": "", "zone-2": "", "zone-3": ""})
    assert "The count before talking is taken back." in read(client, console)
    assert not ZoneCount.objects.exists()


def test_a_count_that_is_not_whole_keeps_what_was_typed(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    client, cards = signed_in(ada), hold_cards(event)
    address = reverse("cards_count", args=[event.slug, cards.slug, 1, "after"])
    for typed, said in (
        ({"zone-1": "7", "zone-2": "1"}, "Say how many stand at “No”; 0 if nobody does."),
        ({"zone-1": "7", "zone-2": "1", "zone-3": "-1"}, "greater than or equal to 0"),
        ({"zone-1": "7", "zone-2": "1", "zone-3": "many"}, "whole number"),
    ):
        answer = client.post(address, typed)
        page = unescape(answer.content.decode())
        assert (answer.status_code, said in page, 'value="7"' in page) == (422, True, True), typed
    assert not ZoneCount.objects.exists()


def test_counting_is_possible_after_the_close(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    client, cards = signed_in(ada), hold_cards(event)
    close_activity(cards, by=ada)
    count(cards, "after", 1, 2, 3, by=ada)
    assert "6 people" in read(client, cards.get_absolute_url())


def test_nobody_else_counts_or_makes_cards(
    event: Event, signed_in: Callable[[Viewer], Client], researcher: Viewer
) -> None:
    cards, client = hold_cards(event), signed_in(researcher)
    for address in (
        reverse("cards_new", args=[event.slug]),
        reverse("cards_count", args=[event.slug, cards.slug, 1, "before"]),
    ):
        assert client.get(address).status_code == client.post(address, {"zone-1": "1"}).status_code == 404


def test_a_round_or_card_that_is_not_there_is_not_found(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    client, cards = signed_in(ada), hold_cards(event)
    for number, when in ((2, "before"), (0, "before"), (1, "talk")):
        address = reverse("cards_count", args=[event.slug, cards.slug, number, when])
        assert client.get(address).status_code == 404


# One's own reasons are one's own


def test_a_withdrawn_reason_is_not_shown_even_to_oneself(event: Event, client: Client) -> None:
    cards = hold_cards(event, phase="after")
    press(client, card_of(cards))
    why = reverse("answer_station", args=[event.slug, card_of(cards).board.slug, "C1"])
    client.get(why)
    client.post(why, {"mark": "tick", "words": "lostheron", "key": str(uuid4())})
    assert "lostheron" in read(client, cards.get_absolute_url())
    client.post(reverse("my_note_withdraw", args=[Note.objects.get().identifier]))
    assert "lostheron" not in read(client, cards.get_absolute_url())


def test_nobody_sees_where_others_stand(event: Event, client: Client) -> None:
    cards = hold_cards(event)
    stand(cards, "dee", "Perhaps")
    page = read(client, cards.get_absolute_url())
    assert pressed(page, card_of(cards)) == []
    assert "You stand here" not in page
