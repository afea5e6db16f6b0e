"""Joining with the code from the wall: who gets in, and what everybody else is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Event
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.joining import NothingOpen, is_in_the_room, join
from responses.models import Board, Card, Cards, Note, Participant
from responses.room import change_code, change_settings, close_activity, open_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


def test_whoever_joins_is_in_the_room_from_then_on(board: Board, ben: Viewer) -> None:
    before = timezone.now()
    joined = join(board.code, by=ben)
    seat = Participant.objects.of(ben).in_the_room().get()
    assert (joined.pk, seat.activity_id) == (board.pk, board.pk)
    assert before <= seat.joined_at <= timezone.now()


def test_joining_twice_takes_one_seat_and_keeps_the_first_time(board: Board, ben: Viewer) -> None:
    join(board.code, by=ben)
    first = Participant.objects.of(ben).get().joined_at
    join(board.code, by=ben)
    assert Participant.objects.of(ben).get().joined_at == first


def test_whoever_answered_before_joining_keeps_their_notes(
    board: Board, ben: Viewer, post_note: Callable[..., Note]
) -> None:
    note = post_note(board.stations.first())
    assert not is_in_the_room(board, ben)
    join(board.code, by=ben)
    assert list(Note.objects.of(ben)) == [note]
    assert is_in_the_room(board, ben)


def test_a_code_is_read_in_any_case_and_spacing(board: Board, ben: Viewer) -> None:
    code = board.code
    for typed in (code.lower(), f" {code[:4]} {code[4:]} ", "-".join(code), f"{code[:4]}.{code[4:].lower()}"):
        assert join(typed, by=ben).pk == board.pk


def test_only_those_who_joined_read_what_is_kept_to_the_room(
    board: Board, ben: Viewer, dee: Viewer, ada: Viewer, post_note: Callable[..., Note]
) -> None:
    """Whoever merely posts reads along: the public notes and their own."""
    station = board.stations.first()
    kept = post_note(station, "For the room.", by=dee, public=False)
    public = post_note(station, "For all.", by=dee)
    own = post_note(station, "Mine.", by=ben, public=False)
    assert set(Note.objects.visible_to(ben)) == {public, own}
    join(board.code, by=ben)
    assert set(Note.objects.visible_to(ben)) == {kept, public, own}
    assert set(Note.objects.visible_to(ada)) == {kept, public, own}
    assert set(Note.objects.visible_to(ANYBODY)) == {public}


def test_nobody_in_particular_cannot_join(board: Board) -> None:
    with pytest.raises(Refused, match="keeps no cookies"):
        join(board.code, by=ANYBODY)


def test_a_full_board_says_so_and_what_to_do(board: Board, ben: Viewer, dee: Viewer, ada: Viewer) -> None:
    change_settings(board, seats=1, by=ada)
    join(board.code, by=ben)
    with pytest.raises(Refused, match=r"board is full: 1 people .* make room; .* count you in the room"):
        join(board.code, by=dee)
    join(board.code, by=ben)
    assert Participant.objects.in_the_room().count() == 1


def test_whoever_reads_along_takes_no_seat(
    board: Board, ben: Viewer, dee: Viewer, ada: Viewer, post_note: Callable[..., Note]
) -> None:
    change_settings(board, seats=1, by=ada)
    post_note(board.stations.first(), by=dee)
    join(board.code, by=ben)
    assert is_in_the_room(board, ben)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "ABCD EFG0",
            "There is no board called ABCDEFG0. A code has 8 letters and digits, and it never has 0",
        ),
        ("ABC", "There is no board called ABC. A code has 8 letters and digits, and this has 3"),
        ("A" * 500, "There is no board called AAAAAAAAAAAAAAAAAAAA…"),
        ("abcd-efgh", "Nothing is open under ABCD EFGH now. It may have closed, or a letter was misread"),
        ("<b>Ünï", "There is no board called BÜNÏ."),
    ],
)
def test_a_wrong_code_is_told_how_codes_look_and_nothing_of_other_codes(
    board: Board, ben: Viewer, typed: str, said: str
) -> None:
    with pytest.raises(NothingOpen) as refusal:
        join(typed, by=ben)
    assert str(refusal.value).startswith(said)
    assert board.code not in str(refusal.value)


def test_a_code_one_letter_off_is_answered_like_any_other(board: Board, ben: Viewer) -> None:
    near = ("A" if board.code[0] != "A" else "B") + board.code[1:]
    far = "ZZZZ2345"
    said = []
    for code in (near, far):
        with pytest.raises(NothingOpen) as refusal:
            join(code, by=ben)
        said.append(str(refusal.value).replace(f"{code[:4]} {code[4:]}", "…"))
    assert said[0] == said[1]


def test_a_code_ends_with_the_board_and_with_a_new_code(board: Board, ben: Viewer, ada: Viewer) -> None:
    first = board.code
    change_code(board, by=ada)
    with pytest.raises(NothingOpen):
        join(first, by=ben)
    board.refresh_from_db()
    close_activity(board, by=ada)
    with pytest.raises(NothingOpen, match=r"Nothing is open under .* It may have closed"):
        join(board.code, by=ben)


def test_a_draft_is_not_joined_by_those_who_may_not_know_of_it(
    board: Board, ben: Viewer, ada: Viewer
) -> None:
    Event.objects.update(status=Event.Status.DRAFT)
    with pytest.raises(NothingOpen):
        join(board.code, by=ben)
    assert join(board.code, by=ada).pk == board.pk


def test_joining_cards_joins_the_board_of_why_people_moved(
    board: Board, make_board: Callable[..., Board], ben: Viewer, dee: Viewer
) -> None:
    why = make_board("Why did you move?", slug="why", event=board.event)
    cards = Cards.objects.create(event=board.event, slug="feet", name="Feet", state="open", code="CARDSXYZ")
    Card.objects.create(cards=cards, prompt="Money first", position=1, station=why.stations.get())
    join("cards xyz", by=ben)
    assert is_in_the_room(why, ben)
    assert not is_in_the_room(board, ben)
    join(board.code, by=dee)
    assert not is_in_the_room(why, dee)


def test_a_guest_of_another_board_does_not_know_this_room(
    board: Board, make_board: Callable[..., Board], ben: Viewer
) -> None:
    other = make_board(slug="other", event=board.event)
    join(board.code, by=ben)
    assert not is_in_the_room(other, ben)


def test_joined_before_the_last_change_of_code_stays(board: Board, ben: Viewer, ada: Viewer) -> None:
    join(board.code, by=ben)
    change_code(board, by=ada)
    assert is_in_the_room(board, ben)
    assert timezone.now() - Participant.objects.of(ben).get().joined_at < timedelta(minutes=5)
