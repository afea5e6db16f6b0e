"""The big screen: dissent beside agreement, nobody's name, and nothing that is not on the wall."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.consent import consent_given
from people.guests import Viewer
from principles.models import PrincipleSet
from responses.board import add_note, withdraw_note
from responses.codes import in_groups
from responses.fitting import shortened, size_of, width_of
from responses.hands import count_hands, take_back_hands
from responses.models import Activity, Board, Mark, Moderation, Note, Station
from responses.room import change_phase, close_activity, lock_station, open_activity, set_timer, show_station
from responses.tallies import tallies_by_station
from responses.words import MOST

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
Screen = Callable[..., str]


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    """A board that Ada opened."""
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


@pytest.fixture
def station(board: Board) -> Station:
    return board.stations.get(code="POW")


@pytest.fixture
def screen(client: Client, board: Board) -> Screen:
    """What the big screen says, with spaces as a reader hears them."""

    def look(query: str = "") -> str:
        page = client.get(address_of(board) + query)
        assert page.status_code == 200
        return page.text

    return look


def address_of(board: Board) -> str:
    return reverse("board_projector", args=[board.event.slug, board.slug])


def numbers_on(page: str) -> dict[str, int]:
    """The numbers at the foot, by the drawing of their mark."""
    found = re.findall(r'<li data-n="(\d+)">.*?href="#(\w+)"', page)
    return {mark: int(number) for number, mark in found}


def set_board(board: Board, **fields: object) -> None:
    Board.objects.filter(pk=board.pk).update(**fields)


# Both sides


def test_agreement_and_challenge_stand_side_by_side(
    screen: Screen, station: Station, post_note: Post
) -> None:
    post_note(station, "Say it in the job adverts.", mark=Mark.TICK)
    post_note(station, "We moved the chairs, not the budget.", mark=Mark.SQUARE)
    facing = screen().partition('class="facing')[2]
    assert 0 < facing.index("job adverts") < facing.index("Strongest challenge") < facing.index("the chairs")


def test_agreement_is_never_shown_alone(screen: Screen, station: Station, post_note: Post) -> None:
    post_note(station, "Yes.", mark=Mark.TICK)
    assert "No challenge yet. That can mean agreement." in screen()


def test_a_challenge_whose_words_are_kept_is_still_said(
    screen: Screen, station: Station, post_note: Post
) -> None:
    post_note(station, "Yes.", mark=Mark.TICK)
    post_note(station, "Not with my name on it.", mark=Mark.SQUARE, public=False)
    page = screen()
    assert "Not with my name" not in page
    assert "No challenge yet" not in page
    assert "1 challenge. " in page


@pytest.mark.parametrize("mark", Mark.values[:4])
def test_the_two_sides_stay_whatever_is_pinned(
    screen: Screen, board: Board, station: Station, post_note: Post, mark: str
) -> None:
    pinned = post_note(station, "Look at this one.", mark=mark)
    set_board(board, pinned_note=pinned)
    page = screen()
    assert page.index("Pinned") < page.index("Strongest agreement") < page.index("Strongest challenge")


def test_a_pinned_note_of_another_heading_says_which(
    screen: Screen, board: Board, station: Station, post_note: Post
) -> None:
    set_board(board, pinned_note=post_note(board.stations.get(code="TIM"), "Later."))
    post_note(station, "Yes.")
    assert "Pinned, from Time" in screen()


# What is never on it


def test_nobody_is_named(client: Client, screen: Screen, station: Station, ada: Viewer, ben: Viewer) -> None:
    consent = consent_given(public=True, research=True)
    add_note(station, by=ben, key=uuid4(), mark=Mark.TICK, consent=consent, words="Yes.", signed="Benedikt")
    client.force_login(ada.person)
    count_hands(station, by=ada, key=uuid4(), mark=Mark.TICK, number=2)
    assert "Yes." in screen()
    for name in ("Benedikt", "Ada"):
        assert name not in screen()


@pytest.mark.parametrize("moderation", [Moderation.WAITING, Moderation.HIDDEN])
@pytest.mark.parametrize("is_ada", [True, False])
def test_nothing_that_waits_or_is_hidden_is_shown_or_counted_to_anybody(
    client: Client,
    screen: Screen,
    station: Station,
    post_note: Post,
    ada: Viewer,
    moderation: str,
    is_ada: bool,
) -> None:
    post_note(station, "openquartz")
    for mark in Mark.values[:4]:
        note = post_note(station, "lostheron, and more words than the other", mark=mark)
        Note.objects.filter(pk=note.pk).update(moderation=moderation)
    if is_ada:
        client.force_login(ada.person)
    page = screen()
    assert "openquartz" in page
    assert "lostheron" not in page
    assert numbers_on(page) == {"tick": 1, "heart": 0, "bubble": 0, "square": 0}


def test_words_on_a_premoderated_board_come_up_when_they_are_shown(
    screen: Screen, board: Board, station: Station, post_note: Post
) -> None:
    set_board(board, is_premoderated=True)
    note = post_note(station, "openquartz")
    assert "openquartz" not in screen()
    Note.objects.filter(pk=note.pk).update(moderation=Moderation.SHOWN)
    assert "openquartz" in screen()


def test_a_withdrawn_note_is_gone_at_once_and_said_as_a_number(
    screen: Screen, station: Station, post_note: Post, dee: Viewer
) -> None:
    note = post_note(station, "lostheron", by=dee)
    withdraw_note(note, by=dee)
    page = screen()
    assert "lostheron" not in page
    assert "1 withdrawn" in page


def test_what_is_covered_is_a_number_and_nothing_else(
    client: Client, screen: Screen, board: Board, station: Station, post_note: Post, ada: Viewer
) -> None:
    set_board(board, hides_until_reveal=True)
    for number in range(23):
        post_note(station, f"coveredword {number}")
    set_board(board, pinned_note=Note.objects.first())
    client.force_login(ada.person)
    page = screen()
    said = "<b>23</b> notes are up. They are covered until the facilitator reveals them."
    assert said in page
    assert "coveredword" not in page
    assert numbers_on(page) == {}
    change_phase(board, Board.Phase.REVEAL, by=ada)
    assert "coveredword" in screen()


def test_a_message_for_whoever_is_signed_in_is_not_for_the_room(
    client: Client, screen: Screen, board: Board, ada: Viewer
) -> None:
    client.force_login(ada.person)
    typed = {"act": "words", "station": "POW", "mark": "tick", "words": "Yes.", "key": str(uuid4())}
    client.post(reverse("board_count", args=[board.event.slug, board.slug]), typed)
    assert "receipt" not in screen()


def test_only_what_the_public_may_read_is_on_a_screen_of_nobody_in_particular(
    client: Client, screen: Screen, station: Station, post_note: Post, ada: Viewer
) -> None:
    post_note(station, "hushedfern", public=False)
    assert "hushedfern" not in screen()
    assert numbers_on(screen())["tick"] == 1
    client.force_login(ada.person)
    assert "hushedfern" in screen()


def test_it_is_not_there_where_the_event_is_not(
    client: Client, make_event: Callable, make_board: Callable
) -> None:
    board = make_board(event=make_event("hidden", status="draft"), slug="hidden-wall")
    assert client.get(address_of(board)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_shows(client: Client, board: Board, method: str) -> None:
    assert getattr(client, method)(address_of(board)).status_code == 405


# The numbers


def test_the_numbers_are_those_of_the_board_and_of_the_tallies(
    client: Client, screen: Screen, board: Board, station: Station, post_note: Post, ada: Viewer
) -> None:
    for number, mark in enumerate(("tick", "tick", "heart", "square")):
        post_note(station, "", by=Viewer(guest_key=f"guest {number}"), mark=mark)
    count_hands(station, by=ada, key=uuid4(), mark=Mark.TICK, number=9)
    tally = tallies_by_station([station])[station.pk]
    page = screen()
    assert numbers_on(page) == {mark: tally.marks[mark] for mark in ("tick", "heart", "bubble", "square")}
    assert numbers_on(page)["tick"] == 11
    on_board = client.get(board.get_absolute_url()).text
    assert 'data-mark="tick" data-n="11"' in on_board
    assert "9 counted in the room" in page


def test_hands_are_one_of_the_newest_until_they_are_taken_back(
    screen: Screen, station: Station, ada: Viewer
) -> None:
    count = count_hands(station, by=ada, key=uuid4(), mark=Mark.HEART, number=9).count
    assert "9 hearts, raised by hand" in screen()
    take_back_hands(count, by=ada)
    assert "raised by hand" not in screen()


def test_the_newest_three_that_are_not_shown_large(screen: Screen, station: Station, post_note: Post) -> None:
    for number in range(5):
        post_note(station, f"Heart {number}.", mark=Mark.HEART)
    newest = screen().partition('class="newest"')[2]
    assert re.findall(r"Heart \d", newest) == ["Heart 4", "Heart 3", "Heart 2"]


# Which heading


def test_the_presenter_chooses_a_heading(screen: Screen) -> None:
    assert re.search(r"<h1[^>]*>Power<", screen())
    page = screen("?station=TIM")
    assert re.search(r"<h1[^>]*>Time<", page)
    assert 'id="stage-before" href="?station=POW"' in page
    assert re.search(r"<h1[^>]*>Power<", screen("?station=NONE"))


def test_the_one_heading_the_organisers_show_comes_before_the_choice(
    screen: Screen, board: Board, station: Station, ada: Viewer
) -> None:
    show_station(board, board.stations.get(code="TIM"), by=ada)
    page = screen("?station=POW")
    assert re.search(r"<h1[^>]*>Time<", page)
    assert "stage-before" not in page


def test_a_locked_heading_says_so(screen: Screen, station: Station, ada: Viewer) -> None:
    lock_station(station, by=ada)
    assert "No more answers here for now." in screen()


def test_the_wording_stands_under_its_heading_and_doubt_is_shown(
    screen: Screen, station: Station, make_set: Callable[..., PrincipleSet]
) -> None:
    power = make_set().principles.first()
    station.pairings.create(principle=power)
    assert "Power is shared." in screen()
    power.wordings.update(status="doubtful", doubt="A faulty copy.")
    assert "This wording is doubtful" in screen()


def test_a_board_without_headings_has_a_screen(client: Client, make_board: Callable[..., Board]) -> None:
    board = make_board(slug="bare")
    board.stations.all().delete()
    assert "This board has no headings yet." in client.get(address_of(board)).text


# Joining and time


def test_code_address_and_qr_are_there_while_it_is_open(
    client: Client, screen: Screen, board: Board, ada: Viewer
) -> None:
    client.force_login(ada.person)
    page = screen()
    assert in_groups(board.code) in page
    assert 'role="img" aria-label="QR code: opens' in page
    close_activity(board, by=ada)
    page = screen()
    assert "This board is closed" in page
    assert in_groups(board.code) not in page
    assert board.code not in page
    assert "What people said stays" in page


def test_the_clock_says_how_long_is_left_and_no_time_of_day(
    screen: Screen, board: Board, ada: Viewer
) -> None:
    assert "data-seconds-left" not in screen()
    set_timer(board, 12, by=ada)
    seconds, shown = re.search(r'data-seconds-left="(\d+)">([\d:]+)<', screen()).groups()
    assert 700 < int(seconds) <= 720
    assert shown == f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    set_board(board, timer_ends_at=timezone.now() - timedelta(minutes=5))
    assert 'data-seconds-left="0">Time is up<' in screen()


def test_it_goes_on_by_itself_without_a_script(screen: Screen) -> None:
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in screen()


def test_the_script_fetches_the_stage_alone(client: Client, board: Board) -> None:
    answer: HttpResponse = client.get(address_of(board), headers={"HX-Request": "true"})
    assert 'id="stage"' in answer.text
    assert "<html" not in answer.text
    assert "HX-Request" in answer["Vary"]


def test_shared_caches_ask_again_each_time(client: Client, board: Board, ada: Viewer) -> None:
    assert client.get(address_of(board))["Cache-Control"] == "no-cache"
    client.force_login(ada.person)
    assert "no-store" in client.get(address_of(board))["Cache-Control"]


@pytest.mark.parametrize(("asked", "shown"), [("dark", "dark"), ("light", "light"), ("pink", "")])
def test_the_address_may_say_dark_or_light(screen: Screen, asked: str, shown: str) -> None:
    theme = re.search(r'<html[^>]*?(?: data-theme="(\w+)")?>', screen(f"?theme={asked}"))[1]
    assert (theme or "") == shown


def test_a_full_board_takes_no_more_queries_than_a_small_one(
    client: Client, board: Board, station: Station, post_note: Post, ada: Viewer,
    django_assert_max_num_queries: Callable,
) -> None:  # fmt: skip
    for number, mark in enumerate(Mark.values[:4] * 5):
        post_note(station, f"Word {number}", mark=mark)
    count_hands(station, by=ada, key=uuid4(), mark=Mark.TICK, number=50)
    set_board(board, pinned_note=Note.objects.first())
    with django_assert_max_num_queries(10):
        client.get(address_of(board))


# Words that fit


def test_long_words_are_shortened_openly_between_words(
    screen: Screen, station: Station, post_note: Post
) -> None:
    words = ("We were told that it was open. " * 40)[:MOST]
    post_note(station, words, mark=Mark.SQUARE)
    page = screen()
    assert "The rest is on the board" in page
    assert max(map(len, re.findall(r"We were told[^<]*", page))) < 300


@pytest.mark.parametrize("words", ["a" * 1000, "漢" * 500, "W" * 1000, "a b " * 250, "\n" * 50 + "a"])
def test_nothing_is_wider_than_it_may_be(words: str) -> None:
    assert width_of(shortened(words, 240)) <= 242


def test_short_words_stay_as_they_are_in_one_line() -> None:
    assert shortened("Say\nwho  decides.", 240) == "Say who decides."


def test_fewer_words_are_larger() -> None:
    assert [size_of("a" * number) for number in (1, 60, 120, 240)] == [1, 2, 3, 4]


@pytest.mark.parametrize("kind", ["poll", "cards", "drawing"])
def test_other_kinds_have_an_address_of_the_same_form(kind: str) -> None:
    plural = {"poll": "polls", "cards": "cards", "drawing": "drawings"}[kind]
    assert reverse(f"{kind}_projector", args=["day", "one"]) == f"/events/day/{plural}/one/projector/"
    assert kind in Activity.Kind.values
