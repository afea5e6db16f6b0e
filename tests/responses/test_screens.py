"""The screen in the hall: the code and what is kept to the room stand there, and before no stranger."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.signing import Signer
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from people.guests import ANYBODY, Viewer
from responses.codes import in_groups
from responses.joining import join, may_know_code
from responses.live.admission import Knock, admit
from responses.live.audiences import Audience
from responses.models import Activity, Board, Mark, Moderation, Note, Picture
from responses.qr import join_address, qr_svg
from responses.room import change_code, change_phase, change_settings, close_activity, open_activity
from responses.screens import before_screen, is_screen, screen_address, screen_token
from tests.cards import hold_cards
from tests.drawings import come_as, file_of, hang_one, hold_drawing
from tests.polls import hold_poll, suggest

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    """A board that Ada opened."""
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    return again(board)


def again(board: Board) -> Board:
    return Board.objects.select_related("event").get(pk=board.pk)


def plain_address(activity: Activity) -> str:
    return reverse(f"{activity.kind}_projector", args=[activity.event.slug, activity.slug])


def one_of_each(event: Event, board: Board) -> Iterator[Activity]:
    yield board
    yield hold_poll(event, "Tea")
    yield hold_cards(event, "Power is shared.")
    yield hold_drawing(event)


def codes_in(answer: HttpResponse, activity: Activity) -> list[str]:
    """The ways in which an answer gives the code of `activity` away."""
    said = answer.text + repr(dict(answer.headers))
    ways = (
        activity.code,
        in_groups(activity.code),
        *re.findall(r' d="[^"]+"', qr_svg(join_address(activity))),
    )
    return [way for way in ways if way in said]


# The token


def test_a_token_is_good_for_one_activity_and_the_code_it_has_now(
    board: Board, make_board: Callable[..., Board], ada: Viewer
) -> None:
    token = screen_token(board)
    assert is_screen(board, token)
    assert not is_screen(make_board(event=board.event, slug="other"), token)
    change_code(board, by=ada)
    assert not is_screen(again(board), token)
    assert is_screen(again(board), screen_token(again(board)))
    # A code that ended may come up again, for another activity.
    Board.objects.filter(slug="other").update(code=board.code)
    assert not is_screen(Board.objects.get(slug="other"), token)


def test_it_ends_when_the_activity_closes_and_stays_ended_when_it_opens_again(
    board: Board, ada: Viewer
) -> None:
    token = screen_token(board)
    close_activity(board, by=ada)
    assert not is_screen(again(board), token)
    assert screen_token(again(board)) == ""
    for nothing in ("", Signer(salt="screen").signature(f"{board.identifier} {None}")):
        assert not is_screen(again(board), nothing)
    open_activity(board, by=ada)
    assert not is_screen(again(board), token)


@pytest.mark.parametrize("typed", ["", "x", ":", "::", "é" * 43, "x" * 100_000, "None", "\0"])
def test_nothing_else_is_a_token(board: Board, typed: str) -> None:
    assert not is_screen(board, typed)


def test_no_sign_of_it_may_be_changed_and_no_other_signature_will_do(board: Board) -> None:
    token = screen_token(board)
    for at, sign in enumerate(token[:-1]):
        assert not is_screen(board, f"{token[:at]}{'A' if sign != 'A' else 'B'}{token[at + 1 :]}")
    assert not is_screen(board, f"x:{token}")
    assert not is_screen(board, Signer(salt="guest").signature(f"{board.identifier} {board.code}"))


def test_the_code_cannot_be_read_from_it(board: Board) -> None:
    assert board.code not in screen_token(board)
    assert len(screen_token(board)) == 43


# The code


def test_a_strangers_screen_holds_no_code_in_any_byte(
    client: Client, board: Board, researcher: Viewer
) -> None:
    for activity in one_of_each(board.event, board):
        for query in ("", "?screen=", "?screen=x", f"?screen={'A' * 43}"):
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(plain_address(activity) + query, headers=headers)
                assert answer.status_code == 200
                assert codes_in(answer, activity) == []
                assert "QR code: opens" in answer.text
                assert "The code to join shows when the facilitator opens this screen." in answer.text
        client.force_login(researcher.person)
        assert codes_in(client.get(plain_address(activity)), activity) == []
        client.logout()


def test_the_room_always_sees_the_code(client: Client, board: Board, ada: Viewer, ben: Viewer) -> None:
    for activity in one_of_each(board.event, board):
        assert len(codes_in(client.get(screen_address(activity)), activity)) == 3
    come_as(client, ben)
    assert codes_in(client.get(plain_address(board)), board) == []
    join(board.code, by=ben)
    assert len(codes_in(client.get(plain_address(board)), board)) == 3
    client.force_login(ada.person)
    assert len(codes_in(client.get(plain_address(board)), board)) == 3


def test_a_token_of_another_an_old_and_a_tampered_one_show_what_a_stranger_sees(
    client: Client, board: Board, make_board: Callable[..., Board], post_note: Post, ada: Viewer
) -> None:
    post_note(board.stations.first(), "hushedfern", public=False)
    other, old = screen_token(make_board(event=board.event, slug="other")), screen_token(board)
    change_code(board, by=ada)
    board = again(board)
    for token in (other, old, screen_token(board)[:-2], f"{screen_token(board)}="):
        answer = client.get(plain_address(board), {"screen": token})
        assert codes_in(answer, board) == []
        assert "hushedfern" not in answer.text
        assert "screen=" not in re.search(r'data-live="[^"]*" data-changes="[^"]*"', answer.text)[0]


def test_who_may_know_the_code(board: Board, ada: Viewer, ben: Viewer, researcher: Viewer) -> None:
    join(board.code, by=ben)
    board = again(board)
    assert [may_know_code(board, one) for one in (ada, ben, researcher, ANYBODY)] == [
        True,
        True,
        False,
        False,
    ]
    close_activity(board, by=ada)
    assert not may_know_code(again(board), ada)


# What is kept to the room


def test_the_screen_in_the_hall_shows_what_is_kept_to_the_room_and_a_strangers_does_not(
    client: Client, board: Board, post_note: Post
) -> None:
    for mark in (Mark.TICK, Mark.HEART):
        post_note(board.stations.first(), "hushedfern", mark=mark, public=False)
    page = client.get(screen_address(board)).text
    assert page.count("hushedfern") == 2
    assert "hushedfern" not in client.get(plain_address(board)).text


@pytest.mark.parametrize("moderation", [Moderation.WAITING, Moderation.HIDDEN])
def test_what_waits_or_is_hidden_is_never_on_it(
    client: Client, board: Board, post_note: Post, moderation: str
) -> None:
    for mark in Mark.values[:4]:
        for public in (True, False):
            note = post_note(board.stations.first(), "veiledwren", mark=mark, public=public)
            Note.objects.filter(pk=note.pk).update(moderation=moderation)
    Board.objects.filter(pk=board.pk).update(pinned_note=note)
    assert "veiledwren" not in client.get(screen_address(board)).text
    assert not Note.objects.visible_to(before_screen(ANYBODY, board, screen_token(board))).exists()


def test_what_is_covered_is_not_on_it_until_it_is_revealed(
    client: Client, board: Board, post_note: Post, ada: Viewer
) -> None:
    change_settings(board, by=ada, hides_until_reveal=True)
    post_note(board.stations.first(), "veiledwren", public=False)
    assert "veiledwren" not in client.get(screen_address(board)).text
    change_phase(board, Board.Phase.REVEAL, by=ada)
    assert "veiledwren" in client.get(screen_address(board)).text


def test_suggestions_kept_to_the_room_are_on_its_screen_alone(
    client: Client, make_event: Callable[..., Event]
) -> None:
    poll = hold_poll(make_event(), phase="propose")
    suggest(poll, "hushedfern", public=False)
    suggest(poll, "veiledwren").__class__.objects.filter(text="veiledwren").update(moderation="waiting")
    page = client.get(screen_address(poll)).text
    assert ("hushedfern" in page, "veiledwren" in page) == (True, False)
    assert "hushedfern" not in client.get(plain_address(poll)).text


def test_drawings_kept_to_the_room_and_their_files_are_for_its_screen_alone(
    client: Client, make_event: Callable[..., Event], ben: Viewer
) -> None:
    drawing = hold_drawing(make_event())
    picture = hang_one(drawing, "hushedfern", by=ben, public=False)
    page = client.get(screen_address(drawing)).text
    assert "hushedfern" in page
    (file,) = re.findall(r'<img src="([^"]+)"', page)
    answer = client.get(file)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    assert client.get(file_of(picture)).status_code == 404
    assert client.get(f"{file_of(picture)}?screen=x").status_code == 404
    assert "hushedfern" not in client.get(plain_address(drawing)).text
    Picture.objects.update(moderation=Moderation.HIDDEN)
    assert client.get(file).status_code == 404
    assert "hushedfern" not in client.get(screen_address(drawing)).text


def test_the_token_opens_nothing_but_the_screen(client: Client, board: Board, post_note: Post) -> None:
    note = post_note(board.stations.first(), "hushedfern", public=False)
    token = {"screen": screen_token(board)}
    for address in (
        board.get_absolute_url(),
        f"{board.get_absolute_url()}live/",
        f"{board.get_absolute_url()}join-sheet/",
        f"{board.get_absolute_url()}facilitate/",
        note.get_absolute_url(),
        reverse("notes_jsonl", args=[board.event.slug]),
    ):
        answer = client.get(address, token)
        said = b"".join(answer) if answer.streaming else answer.content
        assert b"hushedfern" not in said
        assert board.code.encode() not in said


def test_a_screen_is_of_its_own_activity_only(board: Board, make_board: Callable[..., Board]) -> None:
    other = make_board(event=board.event, slug="other")
    viewer = before_screen(ANYBODY, board, screen_token(board))
    assert viewer.screen_of == board.pk
    assert viewer.is_anybody
    assert not may_know_code(other, viewer)


# The address


def test_no_copy_is_kept_of_a_page_with_a_token_and_no_other_site_is_told_of_it(
    client: Client, board: Board
) -> None:
    for address in (screen_address(board), f"{plain_address(board)}?screen=x"):
        answer = client.get(address)
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert answer["Referrer-Policy"] == "same-origin"


def test_going_from_heading_to_heading_keeps_the_token(client: Client, board: Board) -> None:
    page = client.get(f"{screen_address(board)}&theme=dark").text
    links = re.findall(r'<a id="stage-\w+" href="([^"]*)"', page) + re.findall(
        r'<a href="(\?[^"]*)" id', page
    )
    assert len(links) == 3
    for link in links:
        assert f"screen={screen_token(board)}" in link
        assert codes_in(client.get(plain_address(board) + link.replace("&amp;", "&")), board)


def test_the_console_and_the_live_page_link_it_for_those_who_run_it(
    client: Client, board: Board, ada: Viewer, ben: Viewer
) -> None:
    pages = [f"{board.get_absolute_url()}{page}/" for page in ("facilitate", "live")]
    come_as(client, ben)
    join(board.code, by=ben)
    assert screen_token(board) not in client.get(pages[1]).text
    client.force_login(ada.person)
    for page in pages:
        said = client.get(page).text
        assert f'href="{screen_address(board)}"' in said
        assert "without signing in. It ends when the activity closes" in said
    close_activity(board, by=ada)
    said = client.get(pages[0]).text
    assert f'href="{plain_address(board)}"' in said
    assert "without signing in" not in said


@pytest.mark.parametrize("kind", ["headings", "cards", "drawings", ""])
def test_the_keys_are_named_by_what_they_go_through(client: Client, board: Board, kind: str) -> None:
    made = dict(zip(("headings", "", "cards", "drawings"), one_of_each(board.event, board), strict=True))
    page = client.get(plain_address(made[kind])).text
    assert ("<kbd>→</kbd>" in page) == bool(kind)
    assert not kind or f"<kbd>→</kbd> {kind}</span>" in page


# What follows it


def test_the_page_says_where_its_stream_is(client: Client, board: Board) -> None:
    page = client.get(screen_address(board)).text
    query = f"?screen={screen_token(board)}"
    assert f'data-live="/live/{board.identifier}/{query}"' in page
    assert f'data-changes="/changes/{board.identifier}/{query}"' in page


def test_changes_tell_a_screen_what_the_room_reads(
    client: Client, board: Board, post_note: Post, ada: Viewer
) -> None:
    post_note(board.stations.first(), "hushedfern", public=False)
    waiting = post_note(board.stations.first(), "veiledwren", mark=Mark.SQUARE, public=False)
    Note.objects.filter(pk=waiting.pk).update(moderation=Moderation.WAITING)
    address, token = reverse("changes", args=[board.identifier]), screen_token(board)

    def told(**query: str) -> HttpResponse:
        return client.get(address, {"after": "0"} | query)

    assert "hushedfern" in told(screen=token).text
    assert "veiledwren" not in told(screen=token).text
    assert "no-store" in told(screen=token)["Cache-Control"]
    assert "hushedfern" not in told().text
    etag = told(screen=token)["ETag"]
    assert board.code not in etag
    change_code(board, by=ada)
    late = client.get(address, {"after": "0", "screen": token}, headers={"If-None-Match": etag})
    assert late.status_code == 200
    assert "hushedfern" not in late.text


def test_a_screen_at_the_door_of_the_stream_is_in_the_room(
    board: Board, make_board: Callable[..., Board], ada: Viewer
) -> None:
    token, other = screen_token(board), screen_token(make_board(event=board.event, slug="other"))
    passes = admit([Knock(board.identifier, "", one) for one in (token, other, "x", "")])
    assert [one.audience for one in passes] == [Audience.ROOM] + 3 * [Audience.PUBLIC]
    assert [one.is_screen for one in passes] == [True, False, False, False]
    change_code(board, by=ada)
    assert admit([Knock(board.identifier, "", token)])[0].audience == Audience.PUBLIC


def test_many_screens_at_the_door_take_no_more_queries(board: Board) -> None:
    numbers = []
    for knocks in ([""] * 20, [screen_token(board)] * 20):
        with CaptureQueriesContext(connection) as caught:
            admit([Knock(board.identifier, "", token) for token in knocks])
        numbers.append(len(caught))
    assert numbers == [1, 1]
