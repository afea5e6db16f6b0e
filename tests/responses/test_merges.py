"""The same words twice: a guard proposes, a person decides, and both decisions can be taken back."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from people.consent import consent_given
from people.guests import Viewer
from people.refusals import Refused
from responses.board import correct_note, take_down_note, withdraw_note
from responses.hands import put_up_note
from responses.merges import folded, keep_apart, merge_notes, merged_on, proposals_on
from responses.models import Board, Mark, Moderation, Note, Station
from responses.tallies import tally_of_board

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


@pytest.fixture
def say(station: Station, ada: Viewer) -> Post:
    """Ada puts up what somebody in the room said."""

    def say(words: str, mark: str = Mark.TICK, *, public: bool = True) -> Note:
        consent = consent_given(public=public, research=True)
        return put_up_note(station, by=ada, key=uuid4(), mark=mark, words=words, consent=consent).note

    return say


@pytest.fixture
def pair(station: Station, post_note: Post, say: Post) -> tuple[Note, Note]:
    """A note typed by Ben, and the same said aloud."""
    return post_note(station, "Say who decides."), say("say who decides")


def proposed(board: Board) -> list[tuple[str, str]]:
    return [(pair.kept.label, pair.double.label) for pair in proposals_on(board)]


def test_the_same_words_from_device_and_room_are_proposed(board: Board, pair: tuple[Note, Note]) -> None:
    assert proposed(board) == [("POW-01", "POW-02")]


def test_the_same_words_of_two_people_are_proposed(
    board: Board, station: Station, post_note: Post, ben: Viewer, dee: Viewer
) -> None:
    post_note(station, "Yes!", by=ben)
    post_note(station, "yes", by=dee)
    assert proposed(board) == [("POW-01", "POW-02")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Say who decides.", "SAY  WHO\ndecides"),
        ("Straße", "STRASSE"),
        ("co-production", "coproduction"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_case_spaces_and_punctuation_are_folded(first: str, second: str) -> None:
    assert folded(first) == folded(second)


def test_other_words_other_headings_and_other_marks_are_not_proposed(
    make_board: Callable[..., Board], post_note: Post, ben: Viewer, dee: Viewer
) -> None:
    board = make_board("Power", "Time", slug="other")
    power, time = board.stations.all()
    post_note(power, "Yes.", by=ben)
    post_note(power, "Yes, but.", by=dee)
    post_note(time, "Yes.", by=dee)
    post_note(power, "Yes.", by=dee, mark=Mark.SQUARE)
    assert proposed(board) == []


def test_signs_alone_and_marks_without_words_are_not_proposed(
    board: Board, station: Station, post_note: Post, ben: Viewer, dee: Viewer
) -> None:
    for words in ("", "→"):
        post_note(station, words, by=ben)
        post_note(station, words, by=dee)
    assert proposed(board) == []


def test_the_one_kept_is_the_one_that_shows_to_most(
    board: Board, station: Station, post_note: Post, say: Post
) -> None:
    post_note(station, "Say who decides.", public=False)
    say("Say who decides.")
    assert proposed(board) == [("POW-02", "POW-01")]


def test_the_guard_asks_two_queries_however_many_notes(
    board: Board, station: Station, say: Post, django_assert_num_queries: Callable
) -> None:
    for number in range(12):
        say(f"Words {number % 6}")
    with django_assert_num_queries(2):
        proposals_on(board)


def test_merged_notes_count_once(board: Board, pair: tuple[Note, Note], ada: Viewer) -> None:
    merge_notes(*pair, by=ada)
    tally = tally_of_board(board)
    assert (tally.total, tally.merged) == (1, 1)
    assert proposed(board) == []
    assert merged_on(board) == [pair[1]]
    assert board.changes.latest("number").kind == "notes_merged"


def test_merging_twice_is_merging_once(board: Board, pair: tuple[Note, Note], ada: Viewer) -> None:
    merge_notes(*pair, by=ada)
    merge_notes(*pair, by=ada)
    assert board.changes.filter(kind="notes_merged").count() == 1


def test_a_merge_is_taken_back(board: Board, pair: tuple[Note, Note], ada: Viewer) -> None:
    merge_notes(*pair, by=ada)
    keep_apart(*pair, by=ada)
    assert tally_of_board(board).total == 2
    assert proposed(board) == []
    assert board.changes.latest("number").kind == "notes_parted"


def test_notes_kept_apart_are_not_proposed_again_and_may_still_be_merged(
    board: Board, pair: tuple[Note, Note], ada: Viewer
) -> None:
    keep_apart(*pair, by=ada)
    keep_apart(*pair, by=ada)
    assert proposed(board) == []
    assert board.changes.filter(kind="notes_parted").count() == 1
    merge_notes(*pair, by=ada)
    assert tally_of_board(board).total == 1


def test_many_of_the_same_take_one_decision_each(
    board: Board, say: Post, station: Station, post_note: Post, ada: Viewer
) -> None:
    for number in range(5):
        post_note(station, "Yes.", by=Viewer(guest_key=f"guest {number}"))
    for pair in proposals_on(board):
        keep_apart(pair.kept, pair.double, by=ada)
    assert proposed(board) == []
    assert board.changes.filter(kind="notes_parted").count() == 4
    withdraw_note(board.notes.get(number=1), by=Viewer(guest_key="guest 0"))
    assert proposed(board) == []


def test_different_marks_are_never_merged(station: Station, post_note: Post, say: Post, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Two marks are two answers"):
        merge_notes(post_note(station, "Yes."), say("Yes.", Mark.SQUARE), by=ada)


def test_notes_that_say_different_things_are_never_merged(
    station: Station, post_note: Post, say: Post, ada: Viewer
) -> None:
    with pytest.raises(Refused, match="no longer say the same"):
        merge_notes(post_note(station, "Yes."), say("No."), by=ada)


def test_only_those_who_run_the_event_decide(
    pair: tuple[Note, Note], ben: Viewer, researcher: Viewer
) -> None:
    for viewer in (ben, researcher):
        for act in (merge_notes, keep_apart):
            with pytest.raises(Refused, match="Only those who run this event"):
                act(*pair, by=viewer)


def test_withdrawing_the_kept_note_lets_the_other_stand_again(
    board: Board, pair: tuple[Note, Note], ada: Viewer, ben: Viewer
) -> None:
    merge_notes(*pair, by=ada)
    withdraw_note(pair[0], by=ben)
    tally = tally_of_board(board)
    assert (tally.total, tally.merged, tally.withdrawn) == (1, 0, 1)
    assert list(Note.objects.on_the_wall()) == [pair[1]]


def test_withdrawing_the_merged_note_leaves_the_other(
    board: Board, station: Station, post_note: Post, say: Post, ada: Viewer, ben: Viewer, client: Client
) -> None:
    double, kept = post_note(station, "Yes."), say("Yes.")
    merge_notes(kept, double, by=ada)
    withdraw_note(double, by=ben)
    assert tally_of_board(board).total == 1
    assert client.get(double.get_absolute_url()).status_code == 410


def test_what_says_the_same_as_a_note_taken_down_waits_for_an_organiser(
    board: Board, pair: tuple[Note, Note], ada: Viewer
) -> None:
    merge_notes(*pair, by=ada)
    take_down_note(pair[0], "It names somebody.", by=ada)
    pair[1].refresh_from_db()
    assert (pair[1].merged_into, pair[1].moderation) == (None, Moderation.WAITING)


def test_a_note_that_says_something_else_now_parts(
    board: Board, pair: tuple[Note, Note], ada: Viewer, ben: Viewer
) -> None:
    merge_notes(*pair, by=ada)
    correct_note(pair[0], "Say who decides, and when.", by=ben)
    assert tally_of_board(board).total == 2


def test_the_address_of_a_merged_note_says_so_and_leads_on(
    client: Client, pair: tuple[Note, Note], ada: Viewer
) -> None:
    merge_notes(*pair, by=ada)
    page = client.get(pair[1].get_absolute_url())
    assert page.status_code == 200
    assert "Note POW-02 was merged" in page.text
    assert f'href="{pair[0].get_absolute_url()}"' in page.text
    assert "say who decides" not in page.text


def test_nobody_learns_of_a_merged_note_they_could_not_see(
    client: Client, station: Station, post_note: Post, say: Post, ada: Viewer
) -> None:
    double = post_note(station, "Yes.", public=False)
    merge_notes(say("Yes."), double, by=ada)
    assert client.get(double.get_absolute_url()).status_code == 404


def test_a_merged_note_does_not_lead_to_one_that_is_kept(
    client: Client, station: Station, post_note: Post, say: Post, ada: Viewer
) -> None:
    kept, double = post_note(station, "Yes.", public=False), say("Yes.")
    merge_notes(kept, double, by=ada)
    page = client.get(double.get_absolute_url()).text
    assert kept.identifier not in page
    assert "The other note is kept by those who were there." in page


def test_the_organisers_decide_on_a_page(
    client: Client, board: Board, pair: tuple[Note, Note], ada: Viewer
) -> None:
    client.force_login(ada.person)
    address = reverse("board_merges", args=[board.event.slug, board.slug])
    shown = strip_tags(client.get(address).text)
    assert "Power: POW-01 and POW-02" in shown
    typed = {"kept": pair[0].identifier, "double": pair[1].identifier}
    assert "POW-02 is merged into POW-01" in client.post(address, typed | {"act": "merge"}, follow=True).text
    assert tally_of_board(board).total == 1
    assert "stay two" in client.post(address, typed | {"act": "apart"}, follow=True).text
    assert tally_of_board(board).total == 2
