"""The numbers of polls: equal everywhere, with their base, hands apart, nobody averaged away."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from events.models import Event
from people.guests import ANYBODY, Viewer
from responses.live.audiences import Audience
from responses.live.polls import live_results
from responses.models import Option, Participant, Poll
from responses.poll import count_hands, hide_option, withdraw_option
from responses.poll_results import PollResults, Row, apart_in_words, results_by_poll, results_of
from responses.room import close_activity
from tests.polls import choose, hold_poll, join, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.fixture
def poll(event: Event, ada: Viewer) -> Poll:
    """Three people chose; for tea two hands went up besides."""
    poll = hold_poll(event, "Tea", "Cake", "A walk", "A nap")
    for number, texts in enumerate([("Tea", "Cake"), ("Cake",), ("Cake", "A walk")]):
        choose(poll, f"guest {number}", *texts)
    count_hands(poll.options.get(text="Tea"), 2, by=ada)
    return poll


@pytest.fixture
def ranked(event: Event, ada: Viewer) -> Poll:
    poll = hold_poll(event, "Tea", "Cake", "A walk", is_ranked=True)
    for number, texts in enumerate([("Tea", "Cake"), ("Cake", "A walk"), ("A walk", "Tea", "Cake")]):
        choose(poll, f"guest {number}", *texts)
    return poll


def counted(poll: Poll, *, uncovered: bool = False) -> PollResults:
    return results_of(Poll.objects.get(pk=poll.pk), Option.objects.on_the_list(), uncovered=uncovered)


def row_of(poll: Poll, text: str) -> Row:
    return next(row for row in counted(poll).rows if row.option.text == text)


def test_hands_stand_apart_and_are_summed_openly_and_the_base_is_people(poll: Poll) -> None:
    tea, cake = row_of(poll, "Tea"), row_of(poll, "Cake")
    assert (tea.devices, tea.hands, tea.total, tea.choosers, tea.percent) == (1, 2, 3, 3, 33)
    assert (cake.devices, cake.hands, cake.percent) == (3, 0, 100)


def test_equal_numbers_share_a_place_and_what_nobody_chose_stays_on_the_list(poll: Poll) -> None:
    stands = {row.option.text: (row.place, row.is_tied) for row in counted(poll).rows}
    assert stands == {"Tea": (1, True), "Cake": (1, True), "A walk": (3, False), "A nap": (4, False)}


def test_a_ranked_poll_says_how_many_put_it_where_and_who_did_not(ranked: Poll, ada: Viewer) -> None:
    assert row_of(ranked, "Cake").places[:3] == (1, 1, 1)
    assert row_of(ranked, "Tea").placed == [("first", 1), ("second", 1)]
    assert row_of(ranked, "Tea").unplaced == 1
    count_hands(ranked.options.get(text="A walk"), 4, by=ada)
    assert [row.option.text for row in counted(ranked).rows] == ["A walk", "Cake", "Tea"]
    assert row_of(ranked, "A walk").said == "1 put it first, 2 of 3 gave it a place, and 4 hands in the room"


def test_places_move_up_when_something_leaves_the_list(ranked: Poll, ada: Viewer) -> None:
    hide_option(ranked.options.get(text="Tea"), "Not today.", by=ada)
    assert row_of(ranked, "Cake").places[:2] == (2, 1)
    assert row_of(ranked, "A walk").places[:2] == (1, 1)


def test_withdrawn_waiting_and_hidden_are_counted_apart(poll: Poll, ada: Viewer) -> None:
    withdraw_option(poll.options.get(text="Cake"), by=ada, why="It names somebody.")
    hide_option(poll.options.get(text="A nap"), "Not today.", by=ada)
    results = counted(poll)
    assert (results.withdrawn, results.hidden, results.waiting) == (1, 1, 0)
    assert apart_in_words(results) == "1 withdrawn, 1 hidden by the organisers"
    assert {row.option.text for row in results.rows} == {"Tea", "A walk"}
    # Whoever chose nothing but cake chose nothing that is on the list.
    assert results.choosers == 2


def test_numbers_stay_when_nobody_can_tell_any_more_who_chose(poll: Poll) -> None:
    before = [(row.option.text, row.devices, row.choosers) for row in counted(poll).rows]
    Participant.objects.all().delete()
    assert [(row.option.text, row.devices, row.choosers) for row in counted(poll).rows] == before


def test_an_empty_poll_has_no_result_and_no_percentage(event: Event) -> None:
    results = counted(hold_poll(event, "Tea"))
    assert (results.is_counted, results.rows[0].percent, results.rows[0].place) == (False, None, 0)


# Equal everywhere


def as_text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def on_the_wall(poll: Poll, viewer: Viewer = ANYBODY) -> str:
    request = RequestFactory().get("/")
    request.viewer = viewer
    return as_text(
        render_to_string("responses/projector_poll.html", {"activity": poll, "viewer": viewer}, request)
    )


def test_page_stream_projector_file_and_event_say_the_same_numbers(poll: Poll, client: Client) -> None:
    where = [poll.event.slug, poll.slug]
    page = as_text(client.get(reverse("poll", args=where)).content.decode())
    said = "1 of 3 people who chose (33 %), and 2 hands counted in the room: 3 in all"
    assert said in page
    assert said in as_text(live_results(poll))
    wall = on_the_wall(Poll.objects.get(pk=poll.pk))
    assert "1 of 3 chose it, and 2 hands in the room" in wall
    text = client.get(reverse("poll_csv", args=where)).content.decode("utf-8-sig")
    tea = next(row for row in csv.DictReader(io.StringIO(text)) if row["text"] == "Tea")
    names = ("chosen_on_devices", "people_who_chose", "hands_in_the_room", "total", "place")
    assert [tea[name] for name in names] == ["1", "3", "2", "3", "1"]
    whole = json.loads(client.get(reverse("poll_json", args=where)).content)
    assert [whole["suggestions"][0][name] for name in names] == [1, 3, 2, 3, 1]


def test_the_stream_sends_what_the_page_shows(poll: Poll, client: Client) -> None:
    page = client.get(poll.get_absolute_url()).content.decode()
    shown = re.search(r'<section class="section stack" id="results".*?</section>', page, re.DOTALL)
    assert shown[0] == live_results(poll).strip()


# Hidden until the poll closes


def everywhere(poll: Poll, client: Client) -> dict[str, str]:
    """What anybody can get to of a poll, by where."""
    where, poll = [poll.event.slug, poll.slug], Poll.objects.get(pk=poll.pk)
    addresses = {name: reverse(name, args=where) for name in ("poll", "poll_csv", "poll_json")}
    addresses |= {"event": poll.event.get_absolute_url(), "option": poll.options.first().get_absolute_url()}
    texts = {name: client.get(address).content.decode() for name, address in addresses.items()}
    texts |= {f"stream to {one}": live_results(poll, one) for one in Audience}
    return {name: as_text(text) for name, text in texts.items()} | {"projector": on_the_wall(poll)}


@pytest.mark.parametrize("is_ranked", [True, False])
def test_hidden_results_show_nowhere_before_the_close_and_everywhere_after(
    event: Event, client: Client, ada: Viewer, is_ranked: bool
) -> None:
    poll = hold_poll(event, "Tea", "Cake", hides_until_reveal=True, is_ranked=is_ranked)
    for number in range(71):
        choose(poll, f"guest {number}", "Tea")
    choose(poll, "guest 71", "Cake")
    count_hands(poll.options.get(text="Tea"), 613, by=ada)
    # How many chose at all is no result. None of the numbers can be minutes or seconds of some time.
    assert [
        name for name, text in everywhere(poll, client).items() if re.search(r"\b(71|613|684|72 of)\b", text)
    ] == []
    assert counted(poll).rows[0].devices == 0
    assert [row.devices for row in counted(poll, uncovered=True).rows] == [71, 1]
    close_activity(poll, by=ada)
    assert [
        name for name, text in everywhere(poll, client).items() if not re.search(r"\b(71|613)\b", text)
    ] == [
        # An event says it only of what was answered.
        "event"
    ]


def test_those_who_run_it_see_hidden_results_on_their_console_alone(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    poll = hold_poll(event, "Tea", hides_until_reveal=True)
    count_hands(poll.options.get(), 613, by=ada)
    client = signed_in(ada)
    assert [name for name, text in everywhere(poll, client).items() if "613" in text] == []
    console = client.get(reverse("poll_facilitate", args=[event.slug, poll.slug])).content.decode()
    assert "613 hands in the room" in console


# Words


def test_words_without_consent_are_read_in_the_room_and_count_everywhere(
    event: Event, client: Client, ada: Viewer, dee: Viewer
) -> None:
    poll = hold_poll(event, phase=Poll.Phase.PROPOSE)
    suggest(poll, "hushedfern", by=dee, public=False)
    suggest(poll, "openquartz", by=dee)
    join(poll, room := Viewer(guest_key="room"))
    readable = {viewer: Option.objects.visible_to(viewer) for viewer in (ANYBODY, room, dee, ada)}
    assert [results_of(poll, readable[viewer]).kept for viewer in readable] == [1, 0, 0, 0]
    assert [name for name, text in everywhere(poll, client).items() if "hushedfern" in text] == [
        "stream to room"
    ]
    assert "hushedfern" in on_the_wall(poll, ada)


def test_withdrawn_and_moderated_words_are_nowhere(
    event: Event, client: Client, ada: Viewer, dee: Viewer
) -> None:
    poll = hold_poll(event, "Tea", phase=Poll.Phase.PROPOSE)
    gone, hidden = suggest(poll, "lostheron", by=dee), suggest(poll, "coveredowl", by=dee)
    withdraw_option(gone, by=dee)
    hide_option(hidden, "Not today.", by=ada)
    Poll.objects.filter(pk=poll.pk).update(is_premoderated=True)
    suggest(Poll.objects.get(pk=poll.pk), "waitingwren", by=dee)
    said = " ".join(everywhere(poll, client).values())
    assert [word for word in ("lostheron", "coveredowl", "waitingwren") if word in said] == []
    assert "1 withdrawn" in said
    assert client.get(gone.get_absolute_url()).status_code == 410
    assert client.get(hidden.get_absolute_url()).status_code == 404


# Queries


@pytest.mark.parametrize("number", [1, 3])
def test_polls_are_counted_in_five_queries_however_many_they_are(
    event: Event, django_assert_num_queries: Callable, number: int
) -> None:
    polls = [hold_poll(event, "Tea", "Cake", is_ranked=True) for _ in range(number)]
    for poll in polls:
        choose(poll, "ben", "Cake", "Tea")
    with django_assert_num_queries(4):
        found = results_by_poll(polls, Option.objects.visible_to(ANYBODY))
    assert [found[poll.pk].rows[0].places[0] for poll in polls] == [1] * number


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_poll_takes_as_many_queries_for_three_suggestions_as_for_one(
    event: Event, client: Client, django_assert_num_queries: Callable, number: int
) -> None:
    poll = hold_poll(event, *(f"Thing {one}" for one in range(number)))
    choose(poll, "ben", "Thing 0")
    client.get(poll.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(poll.get_absolute_url())
