"""The archive's front page: its numbers with the dissent in them, and ways in without a word."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import strip_tags

from archive.holdings import A_PAGE, holdings
from events.models import Event, Series
from people.guests import ANYBODY, Viewer
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def said(client: Client) -> str:
    return " ".join(strip_tags(client.get("/archive/").text).split())


def test_the_numbers_say_how_many_challenge(
    client: Client, station: Station, post_note: Post, dee: Viewer
) -> None:
    post_note(station), post_note(station, "", mark=Mark.SQUARE)
    post_note(station, "Kept here.", mark=Mark.HEART, public=False, research=False)
    withdraw_note(post_note(station, by=dee), by=dee)
    words = said(client)
    assert "3 notes, 1 of them a challenge" in words
    assert "1 withdrawn" in words
    assert 'href="/search/?mark=square"' in client.get("/archive/").text


def test_where_nobody_challenged_the_page_says_so(client: Client, station: Station, post_note: Post) -> None:
    post_note(station)
    assert "1 note, none of them a challenge" in said(client)


def test_marks_nobody_recorded_are_their_own_row(client: Client, station: Station, post_note: Post) -> None:
    note = post_note(station)
    Note.objects.filter(pk=note.pk).update(mark=Mark.NOT_RECORDED)
    words = said(client)
    assert "Of 1 the mark was not recorded" in words
    assert "none of them a challenge" not in words


def test_the_archive_is_browsed_by_set_event_year_place_and_tag(
    client: Client, make_event: Callable, make_board: Callable, make_set: Callable, post_note: Post
) -> None:
    principles = make_set()
    event = make_event(place="The Barn & Hall", tags=["walls"])
    station = make_board(event=event).stations.get()
    station.pairings.create(principle=principles.principles.first())
    post_note(station)
    page = client.get("/archive/").text
    for way in (
        f"set={principles.identifier}", "event=wall-day", "year=2019",
        "place=The%20Barn%20%26%20Hall", "tag=walls",
    ):  # fmt: skip
        assert f'href="/search/?{way}"' in page


def test_nothing_of_a_draft_or_a_covered_board_is_on_the_front_page(
    client: Client,
    make_event: Callable,
    make_board: Callable,
    make_set: Callable,
    post_note: Post,
    ada: Viewer,
) -> None:
    series = Series.objects.create(slug="secret-series", name="Secret series")
    draft = make_event(
        "secret-day", name="Secret day", place="Secret barn", date="1999-01-01", tags=["secret tag"],
        status=Event.Status.DRAFT, series=series,
    )  # fmt: skip
    station = make_board(event=draft).stations.get()
    station.pairings.create(principle=make_set(slug="secret", name="Secret set").principles.first())
    post_note(station)
    covered = make_board(slug="covered", event=make_event("covered-day", name="Covered day")).stations.get()
    Board.objects.filter(pk=covered.board_id).update(hides_until_reveal=True, phase=Board.Phase.COLLECT)
    post_note(covered)
    page = client.get("/archive/").text
    for word in ("ecret", "1999", "Covered day", "In numbers"):
        assert word not in page
    client.force_login(ada.person)
    assert "Secret barn" in client.get("/archive/").text


def test_many_events_stand_on_several_pages(
    client: Client, make_event: Callable, make_board: Callable, post_note: Post
) -> None:
    for at in range(A_PAGE + 1):
        event = make_event(f"day-{at:02}", name=f"Day {at:02}", date=f"2019-01-{1 + at % 28:02}")
        post_note(make_board(event=event).stations.get())
    first, second = holdings(ANYBODY, 1), holdings(ANYBODY, "2")
    assert (len(first.object_list), len(second.object_list)) == (A_PAGE, 1)
    assert {one.tally.total for one in (*first.object_list, *second.object_list)} == {1}
    assert holdings(ANYBODY, "nonsense").number == 1
    assert holdings(ANYBODY, 99).number == 2
    assert "?page=2" in client.get("/archive/").text


def test_the_front_page_has_a_box_to_search_from(client: Client) -> None:
    assert 'role="search"' in client.get("/archive/").text
