"""Vote with your feet: one stand each in a round, people conserved, two rounds told apart."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.cards import count_zones, leave_stand, make_cards, take_stand
from responses.flows import Flow, flows_of
from responses.models import Card, Cards, Round, Stand, Zone
from responses.room import change_phase, close_activity, open_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards(make_event: Callable[..., Event], ada: Viewer) -> Cards:
    made = make_cards(
        make_event(), by=ada, name="Stand up", prompts=["Power is shared."], zones=["Yes", "Perhaps", "No"]
    )
    open_activity(made, by=ada)
    return Cards.objects.get(pk=made.pk)


def card_of(cards: Cards) -> Card:
    return cards.cards.get()


def zone(cards: Cards, name: str) -> Zone:
    return cards.zones.get(name=name)


def stand(cards: Cards, who: str, name: str) -> Stand:
    return take_stand(card_of(cards), zone(cards, name), by=Viewer(guest_key=who))


def flow(cards: Cards) -> Flow:
    return flows_of(cards)[0]


def test_everybody_stands_in_one_zone_and_standing_elsewhere_moves_them(cards: Cards) -> None:
    stand(cards, "ben", "Yes")
    stand(cards, "ben", "No")
    stand(cards, "ben", "No")
    assert Stand.objects.get().zone.name == "No"
    assert [number for _, number, _ in flow(cards).totals] == [0, 0, 1]
    assert Cards.objects.get().changes.filter(kind="stood").count() == 2, "pressing again changes nothing"


def test_the_two_rounds_of_one_person_are_tied_together(cards: Cards, ada: Viewer) -> None:
    stand(cards, "ben", "Yes")
    stand(cards, "dee", "Yes")
    change_phase(cards, "after", by=ada)
    stand(cards, "ben", "No")
    stand(cards, "cleo", "Perhaps")
    found = flow(cards)
    assert (found.phones, found.in_both, found.moved, found.stayed) == (3, 1, 1, 0)
    assert found.sentence == (
        "The one person who took a stand by phone both times moved: 1 from “Yes” to “No”. "
        "By phone, 1 stood only before talking and 1 stood only after talking."
    )


def test_nobody_is_counted_while_the_room_talks_or_when_it_is_closed(cards: Cards, ada: Viewer) -> None:
    change_phase(cards, "talk", by=ada)
    with pytest.raises(Refused, match="talking now"):
        stand(cards, "ben", "Yes")
    close_activity(cards, by=ada)
    with pytest.raises(Refused, match="closed"):
        stand(cards, "ben", "Yes")
    with pytest.raises(Refused, match="no cookies"):
        take_stand(card_of(cards), zone(cards, "Yes"), by=ANYBODY)


def test_people_counted_in_the_room_stand_beside_and_are_counted_anew_not_added(
    cards: Cards, ada: Viewer
) -> None:
    stand(cards, "ben", "Yes")
    for round_, numbers in (("before", (9, 0, 2)), ("before", (8, 0, 2)), ("after", (0, 0, 9))):
        count_zones(card_of(cards), round_, dict(zip(cards.zones.all(), numbers, strict=True)), by=ada)
    found = flow(cards)
    assert (found.phones, found.in_round(Round.BEFORE), found.counted_in(Round.AFTER)) == (1, 11, 9)
    assert (
        "Counted in the room: 10 before talking and 9 after talking. That is 1 fewer; we keep both counts."
        in (found.sentence)
    )


def test_only_those_who_run_the_event_count(cards: Cards, ben: Viewer) -> None:
    with pytest.raises(Refused):
        count_zones(card_of(cards), Round.BEFORE, {zone(cards, "Yes"): 9}, by=ben)


def test_stepping_off_a_card_takes_one_out_of_the_count(cards: Cards, ben: Viewer) -> None:
    stand(cards, "ben", "Yes")
    leave_stand(card_of(cards), by=ben)
    assert flow(cards).phones == 0


def test_a_stranger_who_steps_off_touches_nobody_whose_link_was_dropped(cards: Cards, dee: Viewer) -> None:
    stand(cards, "ben", "Yes")
    cards.participants.all().delete()
    for stranger in (ANYBODY, dee):
        leave_stand(card_of(cards), by=stranger)
    assert flow(cards).phones == 1
    assert not cards.participants.exists()


def test_the_room_is_counted_whole_or_not_at_all(cards: Cards, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Count every zone"):
        count_zones(card_of(cards), Round.BEFORE, {zone(cards, "Yes"): 9}, by=ada)
    whole = dict.fromkeys(cards.zones.all(), 3)
    for _ in range(2):
        count_zones(card_of(cards), Round.BEFORE, whole, by=ada)
    assert Cards.objects.get().changes.filter(kind="stands_counted").count() == 1, (
        "the same again is no change"
    )
    count_zones(card_of(cards), Round.BEFORE, {}, by=ada)
    assert flow(cards).rounds == []


def test_a_zone_of_other_cards_is_refused(cards: Cards, ada: Viewer, ben: Viewer) -> None:
    others = make_cards(cards.event, by=ada, name="Others", prompts=["One."], zones=["Here", "There"])
    with pytest.raises(Refused, match="other cards"):
        take_stand(card_of(cards), others.zones.first(), by=ben)


def test_cards_need_a_name_a_prompt_and_two_zones(make_event: Callable[..., Event], ada: Viewer) -> None:
    event = make_event()
    for name, prompts, zones in (
        ("", ["One."], "AB"),
        ("N", [], "AB"),
        ("N", ["One."], "A"),
        ("N", [" "], "AA"),
    ):
        with pytest.raises(Refused):
            make_cards(event, by=ada, name=name, prompts=prompts, zones=list(zones))
    assert not Cards.objects.exists()


STANDS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(Round.values), st.integers(0, 2)), max_size=30)


@given(stands=STANDS)
def test_people_are_conserved_whatever_they_do(stands: list[tuple[int, str, int]]) -> None:
    zones = [Zone(pk=number + 1, name=f"Zone {number}") for number in range(3)]
    last = {(who, round_): zones[place].pk for who, round_, place in stands}
    found = Flow(Card(), zones)
    everybody = {who for who, _ in last}
    for who in everybody:
        found.ways[last.get((who, Round.BEFORE)), last.get((who, Round.AFTER))] += 1
    rows = found.table
    assert sum(total for _, _, total in rows) == found.phones == len(everybody)
    for place, one in enumerate(zones):
        assert rows[place][2] == found.by_phone(one, Round.BEFORE)
        assert sum(cells[place] for _, cells, _ in rows) == found.by_phone(one, Round.AFTER)
    assert found.moved + found.stayed == found.in_both


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_is_one_stand(cards: Cards) -> None:
    def tap(_: int) -> None:
        try:
            stand(cards, "ben", "Yes")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tap, range(8)))
    assert Stand.objects.count() == 1
