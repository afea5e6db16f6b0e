"""The pages of events, series and tags."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.agenda import add_item
from events.models import Event, Series
from events.record import add_quotation, log_change
from events.views import A_PAGE
from outcomes.promises import make_promise
from people.guests import Viewer
from people.models import Organisation
from principles.models import PrincipleSet
from responses.models import Board, Note
from tests.drawings import hang_one, hold_drawing
from tests.polls import hold_poll

MakeEvent = Callable[..., Event]

LIST_QUERIES = 2
EVENT_QUERIES = 35
SERIES_QUERIES = 2


def test_an_event_page_says_everything_that_is_on_record(client: Client, make_event: MakeEvent) -> None:
    make_event(
        name="Wall day", date="2018-11", place="The library", attendance_stated="three dozen", attendance=36,
        summary="We read the wall.", body="<h2>What happened</h2><p>Much.</p>", tags=["walls"],
    )  # fmt: skip
    page = client.get("/events/wall-day/").text
    for said in (
        "November 2018", "The library", "“three dozen” as stated, 36 as a number", "We read the wall.",
        "<h2>What happened</h2>", "Work in progress", "First published.", "Changed 1 time", "/tags/walls/",
    ):  # fmt: skip
        assert said in page, said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "<dt>Came</dt><dd>Not recorded</dd>"),
        ({"attendance": 12}, "<dt>Came</dt><dd>12</dd>"),
        ({"attendance": 0}, "<dt>Came</dt><dd>0</dd>"),
        ({"attendance_stated": "a few"}, "“a few” as stated"),
    ],
)
def test_attendance_is_kept_as_stated_and_as_a_number(
    client: Client, make_event: MakeEvent, fields: dict, said: str
) -> None:
    make_event(**fields)
    assert said in client.get("/events/wall-day/").text


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2019-03-06", "6 March 2019"),
        ("2018-11", "November 2018"),
        ("2018", "2018"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(
    client: Client, make_event: MakeEvent, date: str, words: str
) -> None:
    make_event(date=date)
    assert f'<time datetime="{date}">{words}</time>' in client.get("/events/wall-day/").text


def test_a_range_of_days_is_said_in_words_only_since_html_has_no_form_for_it(
    client: Client, make_event: MakeEvent
) -> None:
    make_event(date="2018-11-05/2018-11-07")
    for address in ("/events/wall-day/", "/"):
        page = client.get(address).text
        assert "<span>5–7 November 2018</span>" in page
        assert 'datetime="2018-11-05/' not in page


def test_a_draft_is_there_for_those_who_run_it_and_for_nobody_else(
    client: Client, make_event: MakeEvent, ada: Viewer, researcher: Viewer
) -> None:
    make_event(status=Event.Status.DRAFT)
    assert client.get("/events/wall-day/").status_code == 404
    client.force_login(researcher.person)
    assert client.get("/events/wall-day/").status_code == 404
    client.force_login(ada.person)
    assert client.get("/events/wall-day/").status_code == 200


def test_a_list_longer_than_a_page_goes_on_by_plain_links(client: Client, make_event: MakeEvent) -> None:
    for n in range(A_PAGE + 1):
        make_event(f"day-{n:02}", name=f"Day {n:02}", date=f"20{n:02}")
    first, second = client.get("/events/").text, client.get("/events/?page=2").text
    assert ("Day 20" in first, "Day 00" in first, 'href="?page=2"' in first) == (True, False, True)
    assert ("Day 20" in second, "Day 00" in second, 'href="?page=1"' in second) == (False, True, True)


@pytest.mark.parametrize("page", ["0", "-1", "9999999999999999999999", "two", ""])
def test_a_page_that_is_not_there_shows_one_that_is(client: Client, make_event: MakeEvent, page: str) -> None:
    make_event()
    assert "Wall day" in client.get("/events/", {"page": page}).text


def test_a_script_in_a_write_up_never_reaches_the_page(client: Client, make_event: MakeEvent) -> None:
    event = make_event(body="<p>Fine</p><script>alert(1)</script>")
    # Also when something writes past the act.
    html = '<p onclick="alert(2)">Fine</p><script>alert(1)</script>'
    event.writing.versions.update(blocks=[{"id": "a1", "kind": "text", "html": html}])
    page = client.get("/events/wall-day/").text
    assert "<p>Fine</p>" in page
    assert "alert(" not in page


def test_an_event_stands_between_the_one_before_and_the_one_after(
    client: Client, make_event: MakeEvent
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    for place in (1, 2, 3):
        make_event(f"walk-{place}", name=f"Walk {place}", series=series, position=place)
    page = client.get("/events/walk-2/").text
    assert '<a class="more" rel="prev" href="/events/walk-1/">' in page
    assert '<a class="more" rel="next" href="/events/walk-3/">' in page
    assert "2 of 3 in Walks" in page
    assert 'rel="prev"' not in client.get("/events/walk-1/").text
    assert 'rel="next"' not in client.get("/events/walk-3/").text


def test_a_draft_in_a_series_is_neither_before_nor_after_for_anybody(
    client: Client, make_event: MakeEvent
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    make_event("walk-1", series=series, position=1)
    make_event("walk-2", name="Secret walk", series=series, position=2, status=Event.Status.DRAFT)
    make_event("walk-3", series=series, position=3)
    for address in ("/events/walk-1/", "/events/walk-3/", "/series/walks/", "/events/"):
        assert "Secret walk" not in client.get(address).text


def test_quotations_promises_and_sets_have_their_place(
    client: Client, make_event: MakeEvent, make_set: Callable[..., PrincipleSet]
) -> None:
    event = make_event(principle_sets=[make_set()])
    quotation = add_quotation(event, "Make the table longer.", said_by="One table", by=None)
    make_promise(event, "Meet again in March.", by=None)
    page = client.get("/events/wall-day/").text
    assert f'id="{quotation.identifier}"' in page
    for said in ("Make the table longer.", "One table", "Meet again in March.", "/principles/lanterns/"):
        assert said in page


def test_stated_and_counted_stand_on_the_event_page_too(
    client: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    station = board.stations.get()
    station.stated_count = 6
    station.save()
    post_note(station)
    page = client.get("/events/wall-day/").text
    assert '<span class="differs">6 stated, 1 counted</span>' in page
    assert "1 agree" in page
    assert "Answer this board" in page


def test_a_record_is_cited_by_the_organisations_that_held_it(client: Client, make_event: MakeEvent) -> None:
    event = make_event()
    assert event.held_by == ["Ada"]
    event.organisers.create(organisation=Organisation.objects.create(name="The Library"), position=1)
    assert "<p>The Library (2019)" in client.get("/events/wall-day/").text


def test_only_those_who_run_an_event_see_its_tools(
    client: Client, make_event: MakeEvent, ada: Viewer, researcher: Viewer
) -> None:
    make_event()
    for viewer, sees in ((None, False), (researcher, False), (ada, True)):
        if viewer:
            client.force_login(viewer.person)
        assert ("/events/wall-day/import/" in client.get("/events/wall-day/").text) is sees


def test_lists_without_anything_say_so(client: Client, db: None) -> None:
    Series.objects.create(slug="walks", name="Walks")
    assert "No events yet" in client.get("/events/").text
    assert "No events in this series yet" in client.get("/series/walks/").text
    assert client.get("/events/never/").status_code == 404
    assert client.get("/tags/never/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_events_take_as_many_queries_for_one_as_for_three(
    client: Client, make_event: MakeEvent, django_assert_num_queries: Callable, number: int
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    for place in range(number):
        make_event(f"walk-{place}", series=series, position=place, tags=["walks"])
    for address, queries in (
        ("/events/", LIST_QUERIES), ("/series/walks/", SERIES_QUERIES), ("/tags/walks/", 2),
    ):  # fmt: skip
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.mark.parametrize("number", [1, 3])
def test_an_event_takes_as_many_queries_with_one_of_everything_as_with_three(
    client: Client,
    make_event: MakeEvent,
    make_board: Callable[..., Board],
    post_note: Callable[..., Note],
    django_assert_num_queries: Callable,
    number: int,
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    event = make_event(series=series, position=1, tags=[f"tag {n}" for n in range(number)])
    for n in range(number):
        make_event(f"walk-{n}", series=series, position=n + 2)
        board = make_board(*[f"{c} heading" for c in "ABC"[:number]], slug=f"wall-{n}", event=event)
        post_note(board.stations.first())
        add_quotation(event, "Say who decides.", said_by="", by=None)
        make_promise(event, "Say who decides.", by=None)
        log_change(event, "Mended.", by=None)
        hold_poll(event, "Tea", "Cake", is_ranked=True)
        add_item(event, by=None, title="A break")
        hang_one(hold_drawing(event), by=Viewer(guest_key="ben"))
    with django_assert_num_queries(EVENT_QUERIES):
        client.get("/events/wall-day/")
