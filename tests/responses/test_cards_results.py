"""The numbers of cards: equal everywhere, origin apart, people conserved, nobody averaged away."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from archive.forgetting import forget_due
from events.models import Event
from events.reach import Reach
from people.guests import ANYBODY, Viewer
from responses.flows import Flow, flows_by_cards, flows_of
from responses.live.audiences import Audience
from responses.live.cards import live_results
from responses.live.messages import batch_since
from responses.models import Cards, Participant, Stand
from responses.models.activities import LINK_DAYS
from responses.room import close_activity
from tests.cards import afresh, count, hold_cards, stand, turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.fixture
def cards(event: Event, ada: Viewer) -> Cards:
    """Five stood both times and two moved, one only before, two only after; nine were counted."""
    cards = hold_cards(event)
    for who, name in zip("abcdef", ("Yes", "Yes", "Yes", "No", "No", "Perhaps"), strict=True):
        stand(cards, who, name)
    count(cards, "before", 4, 2, 3, by=ada)
    cards = turn(cards, "after")
    for who, name in zip("abcdegh", ("Yes", "No", "Perhaps", "No", "No", "No", "Yes"), strict=True):
        stand(cards, who, name)
    count(cards, "after", 2, 2, 5, by=ada)
    return afresh(cards)


def flow_of(cards: Cards) -> Flow:
    return flows_of(afresh(cards))[0]


def as_text(page: str) -> str:
    """What a reader reads: without tags, and without what they are addressed by."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def on_the_wall(cards: Cards, viewer: Viewer = ANYBODY) -> str:
    request = RequestFactory().get("/")
    request.viewer = viewer
    context = {"activity": afresh(cards), "request": request}
    return as_text(render_to_string("responses/projector_cards.html", context))


def rows_of(cards: Cards, client: Client) -> list[dict[str, str]]:
    text = client.get(reverse("cards_csv", args=[cards.event.slug, cards.slug])).content
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


# What the numbers say


def test_origin_stands_apart_and_is_summed_openly(cards: Cards) -> None:
    rows = {
        zone.name: [(one.phones, one.counted, one.total) for one in two] for zone, two in flow_of(cards).rows
    }
    assert rows == {
        "Yes": [(3, 4, 7), (2, 2, 4)],
        "Perhaps": [(1, 2, 3), (1, 2, 3)],
        "No": [(2, 3, 5), (4, 5, 9)],
    }
    assert [number for _, number in flow_of(cards).rounds] == [15, 16]


def test_people_are_conserved_also_who_stood_once(cards: Cards) -> None:
    flow = flow_of(cards)
    assert (flow.stood, flow.phones, flow.in_both, flow.moved, flow.stayed) == (8, 8, 5, 2, 3)
    assert sum(total for _, _, total in flow.table) == sum(flow.sums) == 8
    assert [(name, cells) for name, cells, _ in flow.table] == [
        ("Yes", [1, 1, 1, 0]),
        ("Perhaps", [0, 0, 0, 1]),
        ("No", [0, 0, 2, 0]),
        ("No stand before", [1, 0, 1, 0]),
    ]


def test_the_sentence_says_it_all(cards: Cards) -> None:
    said = flow_of(cards).sentence
    assert said.startswith("Of 5 people who took a stand by phone both times, 2 moved: 1 from “Yes” to ")
    assert said.endswith(
        " 3 stayed. By phone, 1 stood only before talking and 2 stood only after talking. "
        "Counted in the room: 9 before talking and 9 after talking."
    )


def test_the_sentence_of_few_and_of_none(event: Event, ada: Viewer) -> None:
    cards = hold_cards(event)
    assert flow_of(cards).sentence == "Nobody has taken a stand yet."
    count(cards, "before", 0, 0, 0, by=ada)
    assert flow_of(cards).sentence == "Counted in the room: 0 before talking."
    stand(cards, "a", "Yes")
    assert flow_of(cards).sentence.startswith("1 person took a stand by phone before talking. ")
    turn(cards, "after")
    stand(cards, "a", "Yes")
    assert flow_of(cards).sentence.startswith("The one person who took a stand by phone both times stayed.")


def test_of_very_many_ways_the_sentence_names_the_most_walked(event: Event) -> None:
    cards = hold_cards(event, zones=[f"Place {number}" for number in range(8)])
    for number in range(8):
        stand(cards, f"guest {number}", f"Place {number}")
    turn(cards, "after")
    for number in range(8):
        stand(cards, f"guest {number}", f"Place {(number + 1) % 8}")
    said = flow_of(cards).sentence
    assert said.count(" from ") == 6
    assert said.endswith("and others as the table shows.")


def test_numbers_stay_when_nobody_can_tell_any_more_who_stood_where(cards: Cards, ada: Viewer) -> None:
    before = flow_of(cards)
    close_activity(cards, by=ada)
    forget_due(datetime.now(UTC) + timedelta(days=LINK_DAYS, minutes=1))
    assert not Participant.objects.exists()
    assert set(Stand.objects.values_list("participant", flat=True)) == {None}
    after = flow_of(cards)
    assert (after.table, after.rows, after.sentence) == (before.table, before.rows, before.sentence)


def test_the_two_stands_of_one_person_are_tied_on_one_card_only(event: Event) -> None:
    cards = hold_cards(event, "One.", "Two.")
    for number in (1, 2):
        stand(cards, "a", "Yes", number)
    assert Stand.objects.values("pair").distinct().count() == 2


# The same everywhere


def test_page_projector_and_file_give_the_same_numbers(cards: Cards, client: Client) -> None:
    page, wall = as_text(client.get(cards.get_absolute_url()).content.decode()), on_the_wall(cards)
    standings = [row for row in rows_of(cards, client) if row["row"] == "standing"]
    for zone, before, after in flow_of(cards).totals:
        assert f"{zone} Before talking {before} " in page
        assert re.search(rf"After talking {after} \d by phone, \d counted in the room", page)
        assert re.search(rf"{zone} {before} \d counted in the room {after} \d counted in the room", wall)
        totals = [int(row["total"]) for row in standings if row["zone"] == zone.name]
        assert totals == [before, after]
    sentence = flow_of(cards).sentence
    assert sentence in page
    assert sentence in as_text(client.get(cards.event.get_absolute_url()).content.decode())
    ways = [row for row in rows_of(cards, client) if row["row"] == "way"]
    assert sum(int(row["total"]) for row in ways) == flow_of(cards).phones == 8


def test_the_stream_sends_what_the_page_shows(cards: Cards, client: Client) -> None:
    page = client.get(cards.get_absolute_url()).content.decode()
    shown = re.search(r'<section class="section stack" id="results".*?</section>', page, re.DOTALL)
    for audience in Audience:
        assert shown[0] == live_results(cards, audience).strip()
    assert b'id="results"' in batch_since(cards.pk, 1, Audience.PUBLIC).body


def test_every_zone_shows_also_where_nobody_stands(event: Event, client: Client) -> None:
    cards = hold_cards(event)
    stand(cards, "a", "Yes")
    for shown in (as_text(client.get(cards.get_absolute_url()).content.decode()), on_the_wall(cards)):
        assert "Perhaps" in shown
        assert "No" in shown
    assert "No Before talking 0 0 by phone" in as_text(client.get(cards.get_absolute_url()).content.decode())


def test_no_result_is_called_a_vote(cards: Cards, client: Client) -> None:
    for address in (cards.get_absolute_url(), cards.event.get_absolute_url()):
        assert "It is not a vote." in as_text(client.get(address).content.decode())


# Covered until the talk


def everywhere(cards: Cards, client: Client) -> dict[str, str]:
    """What anybody can get to of cards, by where."""
    where = [cards.event.slug, cards.slug]
    addresses = {name: reverse(name, args=where) for name in ("cards", "cards_csv", "cards_projector")}
    addresses["event"] = cards.event.get_absolute_url()
    texts = {name: client.get(address).content.decode() for name, address in addresses.items()}
    texts |= {f"stream to {one}": live_results(afresh(cards), one) for one in Audience}
    return {name: as_text(text) for name, text in texts.items()}


def test_covered_numbers_show_nowhere_before_the_talk_and_everywhere_after(
    event: Event, client: Client, ada: Viewer
) -> None:
    cards = hold_cards(event, hides_until_reveal=True)
    for number in range(71):
        stand(cards, f"guest {number}", "Yes")
    stand(cards, "dee", "No")
    count(cards, "before", 613, 0, 0, by=ada)
    # How many took a stand at all is no result.
    leaks = [name for name, text in everywhere(cards, client).items() if re.search(r"\b(71|613|684)\b", text)]
    assert leaks == []
    assert "72 people have taken a stand by phone so far" in everywhere(cards, client)["cards"]
    assert "72 have taken a stand by phone" in everywhere(cards, client)["cards_projector"]
    turn(cards, "talk")
    silent = [name for name, text in everywhere(cards, client).items() if not re.search(r"\b684\b", text)]
    assert silent == []


def test_those_who_run_them_see_covered_numbers_on_their_console_alone(
    event: Event, signed_in: Callable[[Viewer], Client], ada: Viewer
) -> None:
    cards, client = hold_cards(event, hides_until_reveal=True), signed_in(ada)
    count(cards, "before", 613, 0, 0, by=ada)
    assert [name for name, text in everywhere(cards, client).items() if "613" in text] == []
    console = client.get(reverse("cards_facilitate", args=[event.slug, cards.slug])).content.decode()
    assert "613" in console
    assert "Everybody else sees them when the talk begins." in console


# On the wall


def test_the_wall_shows_the_card_that_is_asked_for(event: Event, client: Client) -> None:
    cards = hold_cards(event, "Power is shared.", "Time is paid.", "Tea is hot.")
    address = reverse("cards_projector", args=[event.slug, cards.slug])
    for asked, prompt, steps in (
        ("", "Power", ["?card=2"]),
        ("?card=2", "Time", ["?card=1", "?card=3"]),
        ("?card=3", "Tea", ["?card=2"]),
        ("?card=9", "Power", ["?card=2"]),
        ("?card=%C2%B2", "Power", ["?card=2"]),
        ("?card=x", "Power", ["?card=2"]),
    ):
        page = client.get(address + asked).content.decode()
        assert re.search(r'<h2 id="h-floor"[^>]*>(\w+)', page)[1] == prompt, asked
        assert re.findall(r'id="stage-(?:before|after)" href="([^"]*)"', page) == steps, asked


# Queries


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_as_many_queries_for_three_cards_as_for_one(
    event: Event, client: Client, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    cards = hold_cards(event, *(f"Card {one}." for one in range(1, number + 1)))
    for one in range(1, number + 1):
        stand(cards, "a", "Yes", one)
        count(cards, "before", 1, 2, 3, by=ada, number=one)
    client.get(cards.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(cards.get_absolute_url())
    with django_assert_num_queries(5):
        live_results(cards)
    with django_assert_num_queries(4):
        context = {"activity": cards, "csrf_token": "x", "said": [], "reach": Reach(facilitates=True)}
        render_to_string("responses/facilitate_cards.html", context)


@pytest.mark.parametrize("number", [1, 3])
def test_cards_are_counted_in_four_queries_however_many_they_are(
    event: Event, django_assert_num_queries: Callable, number: int
) -> None:
    held = [hold_cards(event) for _ in range(number)]
    for cards in held:
        stand(cards, "a", "Yes")
    with django_assert_num_queries(4):
        found = flows_by_cards(held)
    assert [found[cards.pk][0].phones for cards in held] == [1] * number
