"""The pages of comparisons: both sides of everything, an address for each figure, words for each error."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from archive.compare.principles import across_events
from archive.compare.sets import tied
from events.models import Event, Series
from outcomes.ties import tie
from people.guests import ANYBODY, Viewer
from principles.models import Principle
from responses.board import withdraw_note
from responses.models import Mark, Note, Station

POWER = "/compare/principles/lanterns/power/"


def test_the_hub_leads_to_every_comparison(client: Client, answered: list[Note], power: Principle) -> None:
    page = client.get("/compare/").text
    for address in ("/compare/sets/", "/compare/time/", "/contested/", POWER):
        assert f'"{address}' in page
    assert client.get(f"/compare/?principle={power.identifier}").url == POWER


def test_the_most_contested_stand_beside_the_most_agreed(client: Client, answered: list[Note]) -> None:
    page = client.get("/compare/").text
    contested, agreed = page.split('id="h-agreed"')
    for side in (contested.split('id="h-contested"')[1], agreed):
        assert "Agree 2, Important 0, Amend 0, Challenge 1" in side
        assert "Who pays for it?" in side


def test_a_principle_shows_both_sides_and_stated_beside_counted(
    client: Client, answered: list[Note], stations: list[Station], ben: Viewer
) -> None:
    Station.objects.filter(pk=stations[0].pk).update(stated_count=6)
    withdraw_note(answered[1], by=ben)
    page = client.get(POWER).text
    assert "6 stated, 2 counted" in page
    assert "1 withdrawn." in page
    assert "Strongest agreement" in page
    assert page.count("Who pays for it?") == 2  # beside the agreement, and at its event
    assert "Yes, and soon." not in page


def test_percentages_are_of_their_row(client: Client, answered: list[Note]) -> None:
    page = client.get(POWER).text
    assert "Percentages are of all notes counted in their row." in page
    assert "67 %" in page
    assert "33 %" in page


def test_what_goes_with_a_principle_of_another_set_is_linked(
    client: Client, make_set: Callable, answered: list[Note], power: Principle, ada: Viewer,
    post_note: Callable[..., Note], stations: list[Station],
) -> None:  # fmt: skip
    other = make_set("Open", slug="kites", name="Kites").principles.get()
    assert tied([power, other], ANYBODY) == {}
    tie(power, other, by=ada, why="Both are never done.")
    stations[0].pairings.create(principle=other)
    page = client.get("/compare/sets/?sets=lanterns&sets=kites").text
    anchor = "-".join(each.identifier for each in sorted((power, other), key=lambda one: one.pk))
    assert page.count(f"/crosswalk/lanterns/kites/#{anchor}") == 1
    assert page.count(f"/crosswalk/kites/lanterns/#{anchor}") == 1
    assert 'href="/crosswalk/kites/lanterns/"' in page


def test_a_figure_has_one_address_however_it_was_asked_for(client: Client, make_set: Callable) -> None:
    make_set()
    make_set("Open", slug="kites", name="Kites")
    addresses = {
        client.get(f"/compare/sets/figure.json?{asked}").json()["address"]
        for asked in ("sets=lanterns&sets=kites", "order=sets&sets=kites&sets=lanterns&sets=kites&x=1")
    }
    assert {address.partition("/compare/")[2] for address in addresses} == {"sets/?sets=kites&sets=lanterns"}


@pytest.mark.parametrize(
    ("asked", "is_there"),
    {
        "": True,
        "set=lanterns": True,
        "series=walks": True,
        "place=Leeds": True,
        "tag=walls": True,
        "set=lanterns&series=walks&place=Leeds&tag=walls&by=month": True,
        "set=kites": False,
        "place=York": False,
    }.items(),
)
def test_time_is_narrowed_down(
    client: Client, make_set: Callable, make_event: Callable, answered: list[Note], asked: str, is_there: bool
) -> None:
    make_set("Open", slug="kites", name="Kites")
    make_event("elsewhere", place="York")
    event = Event.objects.get(slug="wall-day")
    event.tags.add("walls")
    series = Series.objects.create(slug="walks", name="Walks")
    Event.objects.filter(pk=event.pk).update(place="Leeds", series=series)
    answer = client.get(f"/compare/time/?{asked}")
    assert answer.status_code == 200
    assert ("The same as a table" in answer.text) is is_there
    assert ("Nothing to count here yet." in answer.text) is not is_there


def test_a_date_is_as_precise_as_it_is_known(
    client: Client, make_board: Callable, make_event: Callable, post_note: Callable[..., Note]
) -> None:
    for slug, date in {"one": "2018", "two": "2018-11", "three": "2018-11-05/2018-12-01"}.items():
        board = make_board(event=make_event(slug, date=date))
        post_note(board.stations.get(), "So.")
    found = {
        by: [(line["name"], line["total"]) for line in _rows(client, by)] for by in ("year", "month", "event")
    }
    assert found["year"] == [("2018", 3)]
    assert found["month"] == [("2018, month not recorded", 1), ("November 2018", 2)]
    assert [total for _, total in found["event"]] == [1, 1, 1]


def _rows(client: Client, by: str) -> list[dict]:
    return client.get(f"/compare/time/figure.json?by={by}").json()["rows"]


def test_where_nothing_is_there_the_pages_say_so(client: Client, make_set: Callable) -> None:
    make_set()
    assert "No event has asked about this principle." in client.get(POWER).text
    assert "Nobody answered one of these principles" in client.get("/compare/sets/").text
    assert "No notes stand on a board you can see" in client.get("/compare/time/").text
    assert "Nobody has answered a principle yet" in client.get("/compare/").text


@pytest.mark.parametrize(
    ("address", "said"),
    {
        "/compare/sets/?sets=nothing": "There is no set called “nothing” here. Choose from the list.",
        "/compare/sets/?order=loudest": "This one is not there. Choose another, or all.",
        "/compare/time/?by=moon": "This one is not there. Choose another, or all.",
        "/compare/?principle=": "Choose a principle.",
        "/compare/?principle=nothing": "This principle is not there. Choose another.",
    }.items(),
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    client: Client, make_set: Callable, address: str, said: str
) -> None:
    make_set()
    answer = client.get(address)
    assert answer.status_code == 400
    assert escape(said) in answer.text


def test_a_principle_that_is_not_there_has_no_page(client: Client, make_set: Callable) -> None:
    make_set()
    assert client.get("/compare/principles/lanterns/nothing/").status_code == 404
    assert client.get("/compare/principles/nothing/power/figure.svg").status_code == 404


def test_what_is_kept_to_its_board_counts_and_stays_unread(
    client: Client, stations: list[Station], post_note: Callable[..., Note]
) -> None:
    post_note(stations[0], "Yes.")
    post_note(stations[0], "For us only.", mark=Mark.SQUARE, public=False, research=False)
    for address in (POWER, "/compare/sets/", "/compare/time/?set=lanterns", "/compare/"):
        page = client.get(address).text
        assert "For us only." not in page
        assert "Challenge 1" in page or "Strongest challenge of 1" in page


def test_long_comparisons_come_in_pages_and_their_tables_whole(
    client: Client, make_set: Callable, make_board: Callable, post_note: Callable[..., Note]
) -> None:
    names = [f"Rule {number}" for number in range(45)]
    principles = make_set(*names).principles.all()
    board = make_board()
    for principle in principles:
        board.stations.get().pairings.create(principle=principle)
    post_note(board.stations.get(), "Yes.")
    first, second = (client.get(f"/compare/sets/?page={number}").text for number in (1, 2))
    assert "Page 1 of 2" in first
    assert ">Rule 44</text>" in second
    assert ">Rule 44</text>" not in first
    assert "figure.svg?page=2" in second
    assert len(client.get("/compare/sets/figure.json?page=2").json()["rows"]) == 45


@pytest.mark.parametrize("address", [POWER, "/compare/sets/", "/compare/time/?set=lanterns", "/compare/"])
def test_three_events_are_compared_in_as_many_questions_as_one(
    client: Client, make_board: Callable, make_event: Callable, answered: list[Note], power: Principle,
    post_note: Callable[..., Note], count_queries: Callable[[str], int], address: str,
) -> None:  # fmt: skip
    post_note(answered[3].station, "No.", mark=Mark.SQUARE)
    one = count_queries(address)
    for slug in ("second", "third"):
        board = make_board(event=make_event(slug), slug=f"wall-{slug}")
        board.stations.get().pairings.create(principle=power)
        post_note(board.stations.get(), "No, thanks.", mark=Mark.SQUARE)
    assert len(across_events(power, ANYBODY).events) == 3
    assert count_queries(address) == one <= 16


def test_the_pages_of_what_is_compared_lead_here(client: Client, answered: list[Note]) -> None:
    leads = {
        "/principles/lanterns/power/": POWER,
        "/principles/lanterns/": "/compare/sets/?sets=lanterns",
        "/events/wall-day/": "/compare/time/?by=event",
        "/archive/": "/compare/",
        "/contested/": "/compare/sets/?order=contested",
    }
    for address, there in leads.items():
        assert f'href="{there}"' in client.get(address).text, address


def test_withdrawn_words_are_gone_from_every_comparison(
    client: Client, answered: list[Note], ben: Viewer
) -> None:
    withdraw_note(answered[2], by=ben)
    for address in (POWER, "/compare/sets/", "/compare/time/?set=lanterns", "/compare/"):
        page = client.get(address).text
        assert "Who pays for it?" not in page
        assert "No challenge" in page
