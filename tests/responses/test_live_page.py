"""The live board as it is first painted, with JavaScript or without."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.guests import ANYBODY, Viewer
from responses.joining import join
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note
from responses.newest import MOST, newest_wall
from responses.room import change_phase, change_settings, close_activity, lock_station, show_station
from responses.tallies import Tally
from tests.journeys.plain import HiddenFields

from .conftest import Send

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def live_address(station: Station, *, chosen: bool = True) -> str:
    address = reverse("board_live", args=[station.board.event.slug, station.board.slug])
    return f"{address}?station={station.code}" if chosen else address


@pytest.fixture
def see(client: Client) -> Callable[..., str]:
    return lambda station, **options: client.get(live_address(station, **options)).text


def test_the_newest_note_comes_first(see: Callable, station: Station, post_note: Post) -> None:
    first, second = post_note(station, "The first."), post_note(station, "The second.")
    page = see(station)
    assert page.index(f'id="{second.identifier}"') < page.index(f'id="{first.identifier}"')


def test_the_wall_is_bounded_and_says_what_it_leaves_out(
    see: Callable, station: Station, post_note: Post
) -> None:
    notes = [
        post_note(station, f"Number {number}.", by=Viewer(guest_key=str(number)))
        for number in range(MOST + 3)
    ]
    page = see(station)
    assert notes[0].identifier not in page
    assert "Show the 3 older notes" in page


def test_a_challenge_stays_in_sight_however_many_agree_after_it(
    see: Callable, station: Station, post_note: Post
) -> None:
    challenge = post_note(station, "Not like this.", mark=Mark.SQUARE)
    for number in range(MOST + 1):
        post_note(station, "Yes.", by=Viewer(guest_key=str(number)))
    assert f'id="{challenge.identifier}"' in see(station)


def test_the_page_says_up_to_which_change_it_is(see: Callable, station: Station, post_note: Post) -> None:
    post_note(station)
    station.board.refresh_from_db()
    assert f'data-after="{station.board.change_number}"' in see(station)


def test_the_number_is_read_before_the_notes(
    client: Client, station: Station, post_note: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note that arrives while the page is made may be there twice over, but never not at all."""
    before = station.board.change_number

    def late(*given: object) -> object:
        post_note(station, "In the very moment.")
        return newest_wall(*given)

    monkeypatch.setattr("responses.views.live_pages.newest_wall", late)
    page = client.get(live_address(station)).text
    assert "In the very moment." in page
    assert f'data-after="{before}"' in page


def test_a_covered_board_shows_a_number_and_ones_own(
    client: Client, station: Station, post_note: Post, send: Send, ada: Viewer
) -> None:
    change_settings(station.board, by=ada, hides_until_reveal=True)
    post_note(station, "Somebody else's.")
    send(client, station, words="My own.")
    page = client.get(live_address(station)).text
    assert "Somebody else&#x27;s." not in page
    assert "My own." in page
    assert "<b>2</b> answers, covered until" in page
    change_phase(station.board, "reveal", by=ada)
    assert "Somebody else&#x27;s." in client.get(live_address(station)).text


def test_a_note_that_waits_is_seen_by_its_writer_only(
    client: Client, station: Station, send: Send, ada: Viewer
) -> None:
    change_settings(station.board, by=ada, is_premoderated=True)
    landed = send(client, station, words="Not yet looked at.", public="on")
    assert f"#own-{Note.objects.get().identifier}" in landed.url
    assert "Waits for an organiser. Only you see it." in client.get(landed.url).text
    assert "Not yet looked at." not in Client().get(live_address(station)).text
    hide_note(Note.objects.get(), "names a neighbour", by=ada)
    assert "They say: names a neighbour" in client.get(live_address(station)).text


def test_a_closed_board_says_so_and_opens_no_stream(see: Callable, station: Station, ada: Viewer) -> None:
    close_activity(station.board, by=ada)
    page = see(station)
    assert "This board is closed." in page
    assert f'<a href="{station.board.get_absolute_url()}">' in page
    assert "data-live" not in page
    assert "Stick it up" not in page


def test_the_heading_the_room_is_shown_is_the_one_it_opens_at(
    see: Callable, make_board: Callable[..., Board], ada: Viewer
) -> None:
    board = make_board("Power", "Time")
    power, time = board.stations.all()
    assert "Add a note" in see(power, chosen=False)
    assert "<h1" in (page := see(power, chosen=False))
    assert ">The wall</h1>" in page
    show_station(board, time, by=ada)
    assert ">Time</h1>" in see(power, chosen=False)


def test_notes_kept_by_the_room_are_counted_and_not_shown(
    see: Callable, station: Station, post_note: Post
) -> None:
    post_note(station, "Between us.", public=False)
    page = see(station)
    assert "Between us." not in page
    assert "1 note is kept by those who were there: counted, not shown." in page


def test_an_unknown_heading_is_not_found(client: Client, station: Station) -> None:
    assert client.get(f"{live_address(station, chosen=False)}?station=NONE").status_code == 404


def test_a_locked_heading_offers_no_form(see: Callable, station: Station, ada: Viewer) -> None:
    lock_station(station, by=ada)
    page = see(station)
    assert "No more answers for now at Power." in page
    assert '<div id="live-form" hidden>' in page


def test_reading_along_leaves_no_cookie(client: Client, make_board: Callable[..., Board]) -> None:
    station = make_board("Power", "Time").stations.first()
    assert not client.get(live_address(station, chosen=False)).cookies


def test_the_form_of_the_live_board_makes_a_note(client: Client, station: Station) -> None:
    hidden = HiddenFields(client.get(live_address(station)).text).found
    client.post(
        reverse("answer_station", args=[station.board.event.slug, station.board.slug, station.code]),
        hidden | {"mark": "heart", "words": "From the side."},
    )
    assert Note.objects.get().text == "From the side."


def test_those_who_run_it_find_the_way_to_what_waits(
    signed_in: Callable[[Viewer], Client], client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    change_settings(station.board, by=ada, is_premoderated=True)
    post_note(station, "Look at me.")
    assert "For the facilitator" not in client.get(live_address(station)).text
    page = signed_in(ada).get(live_address(station)).text
    assert "<b>1 note</b> waits to be looked at." in page
    assert "Look at me." not in page


def test_what_is_streamed_depends_on_no_viewer(station: Station, post_note: Post, ben: Viewer) -> None:
    """The page shows whose a note is; the same partial for a room of people never does."""
    note = Note.objects.for_showing().get(pk=post_note(station).pk)
    partial = render_to_string("responses/live.html#note", {"note": note})
    assert "Yours" not in partial
    assert "csrf" not in render_to_string("responses/live.html#tally", {"station": station, "tally": Tally()})
    join(station.board.code, by=ben)
    seen_by_ben = newest_wall(station.board, ben, [station]).cards[0]
    assert seen_by_ben.is_mine
    assert not newest_wall(station.board, ANYBODY, [station]).cards[0].is_mine


@pytest.mark.parametrize("chosen", [True, False], ids=["one heading", "all headings"])
def test_more_notes_and_headings_take_no_more_queries(
    client: Client, make_board: Callable[..., Board], post_note: Post, ben: Viewer, chosen: bool
) -> None:
    numbers = []
    board = make_board("Power", "Time", "Trust", "Care")
    stations = list(board.stations.all())
    client.get(live_address(stations[0]))
    for several in (stations[:1], stations[:3]):
        for station in several:
            post_note(station, by=Viewer(guest_key=f"{station.code} {len(numbers)}"))
        with CaptureQueriesContext(connection) as caught:
            client.get(live_address(stations[0], chosen=chosen))
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 16
