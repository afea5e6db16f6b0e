"""Counting in the room: each hand a note, one card on the wall, origin kept apart and summed openly."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.consent import consent_given
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import take_down_note, withdraw_note
from responses.hand_cards import as_cards, gates_of, in_marks, summed_openly
from responses.hands import count_hands, put_up_note, take_back_hands
from responses.models import Board, Change, HandCount, Mark, Note, Station
from responses.receipts import receipt_for
from responses.sheets import sheets_of
from responses.tallies import tally_of_board

pytestmark = pytest.mark.django_db
Count = Callable[..., HandCount]
Post = Callable[..., Note]


@pytest.fixture
def count(station: Station, ada: Viewer) -> Count:
    def count(
        number: int = 9, mark: str = Mark.TICK, *, where: str = "", key: UUID | None = None
    ) -> HandCount:
        return count_hands(station, by=ada, key=key or uuid4(), mark=mark, number=number, where=where).count

    return count


def counting_address(board: Board) -> str:
    return reverse("board_count", args=[board.event.slug, board.slug])


def test_every_hand_is_a_note_without_words_or_person(station: Station, count: Count) -> None:
    made = count(9)
    notes = list(made.notes.order_by("number"))
    assert [note.number for note in notes] == list(range(1, 10))
    facts = {(n.mark, n.text_state, n.text, n.origin, n.participant_id, n.receipt_hash) for n in notes}
    assert facts == {("tick", "no_text", "", "counted_in_room", None, None)}
    assert {note.consent.basis for note in notes} == {"Counted in the room."}


def test_counting_is_one_change_and_one_trace(board: Board, count: Count) -> None:
    made = count(30)
    assert list(board.changes.values_list("kind", "note__hand_count")) == [("hands_counted", made.pk)]
    assert Act.objects.filter(verb="hands_counted", subject=made.identifier).count() == 1


def test_a_count_sent_twice_is_one_count(count: Count, board: Board) -> None:
    key = uuid4()
    assert count(9, key=key) == count(9, key=key)
    assert board.notes.count() == 9
    assert board.changes.count() == 1


def test_a_key_is_not_taken_at_another_heading(make_board: Callable[..., Board], ada: Viewer) -> None:
    power, time = make_board("Power", "Time").stations.all()
    key = uuid4()
    count_hands(power, by=ada, key=key, mark=Mark.TICK, number=2)
    with pytest.raises(Refused, match="another heading"):
        count_hands(time, by=ada, key=key, mark=Mark.TICK, number=2)


@pytest.mark.parametrize("number", [0, -1, 501])
def test_a_count_is_from_1_to_500(count: Count, number: int) -> None:
    with pytest.raises(Refused, match="from 1 to 500"):
        count(number)


def test_500_hands_at_once_are_few_statements(count: Count, django_assert_max_num_queries: Callable) -> None:
    with django_assert_max_num_queries(20):
        count(500)


@pytest.mark.parametrize("mark", [Mark.NOT_RECORDED, "nonsense", ""])
def test_hands_stand_for_one_of_the_four_marks(count: Count, mark: str) -> None:
    with pytest.raises(Refused, match="which of the four marks"):
        count(3, mark)


def test_only_those_who_run_the_event_count(station: Station, ben: Viewer, researcher: Viewer) -> None:
    for viewer in (ben, researcher):
        with pytest.raises(Refused, match="Only those who facilitate this event"):
            count_hands(station, by=viewer, key=uuid4(), mark=Mark.TICK, number=3)
        consent = consent_given(public=True, research=True)
        with pytest.raises(Refused, match="Only those who facilitate this event"):
            put_up_note(station, by=viewer, key=uuid4(), mark=Mark.TICK, words="Yes.", consent=consent)


def test_taking_back_ends_the_whole_count_and_leaves_no_number(
    board: Board, count: Count, ada: Viewer
) -> None:
    made = count(9)
    take_back_hands(made, by=ada)
    take_back_hands(made, by=ada)
    tally = tally_of_board(board)
    assert (tally.total, tally.withdrawn) == (0, 0)
    assert list(board.changes.values_list("kind", flat=True)) == ["hands_counted", "hands_taken_back"]


def test_one_hand_of_a_count_is_not_taken_down_alone(count: Count, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Take the whole count back"):
        take_down_note(count(9).notes.first(), "A mistake.", by=ada)


def test_a_wall_shows_one_card_for_a_count(
    client: Client, board: Board, count: Count, post_note: Post
) -> None:
    post_note(board.stations.get(), "Say who decides.")
    count(9, where="at the round tables")
    page = client.get(board.get_absolute_url()).text
    assert page.count('data-origin="counted_in_room"') == 1
    assert "<b>9 ticks</b>, raised by hand at the round tables" in page
    assert "POW-02 and 8 more" in page
    assert page.count('href="#gate"') == page.count('href="#four"') + 1  # the foot draws one gate more


def test_the_card_of_a_count_adds_no_query(
    client: Client, board: Board, count: Count, django_assert_max_num_queries: Callable
) -> None:
    with django_assert_max_num_queries(100) as none:
        client.get(board.get_absolute_url())
    for number in (9, 40, 3):
        count(number)
    with django_assert_max_num_queries(len(none)):
        client.get(board.get_absolute_url())


def test_the_cards_keep_their_place_among_the_notes(
    board: Board, count: Count, post_note: Post, ben: Viewer
) -> None:
    station = board.stations.get()
    first = post_note(station, "First.")
    hands = count(3)
    last = post_note(station, "Last.")
    assert as_cards(sheets_of(board, ben)[0].notes) == [first, hands, last]


@pytest.mark.parametrize(
    ("number", "gates"),
    [(1, ["one"]), (3, ["three"]), (5, ["gate"]), (9, ["gate", "four"]), (61, [])],
)
def test_gates_have_five_bars(number: int, gates: list[str]) -> None:
    assert gates_of(HandCount(number=number)) == gates


def test_one_hand_is_said_in_the_singular() -> None:
    assert in_marks(HandCount(number=1, mark=Mark.SQUARE)) == "1 square"


def test_what_was_counted_in_the_room_is_summed_openly(board: Board, count: Count, post_note: Post) -> None:
    for number in range(7):
        post_note(board.stations.get(), "", by=Viewer(guest_key=f"guest {number}"))
    count(9)
    count(2, Mark.SQUARE)
    tally = tally_of_board(board)
    assert tally.marks["tick"] == 16
    assert list(summed_openly(tally)) == ["16 ticks: 7 on their own device, 9 counted in the room."]


def test_the_board_says_the_sum(client: Client, board: Board, count: Count, post_note: Post) -> None:
    post_note(board.stations.get(), "Yes.")
    count(2)
    assert (
        "3 ticks: 1 on their own device, 2 counted in the room." in client.get(board.get_absolute_url()).text
    )


def test_a_note_handed_in_has_words_a_receipt_and_the_answers_to_the_two_questions(
    station: Station, ada: Viewer, ben: Viewer
) -> None:
    key, consent = uuid4(), consent_given(public=True, research=False)
    note = put_up_note(station, by=ada, key=key, mark=Mark.SQUARE, words=" Not yet. ", consent=consent).note
    assert (note.text, note.origin, note.consent) == ("Not yet.", "counted_in_room", consent)
    assert note.participant is None
    withdraw_note(note, by=ben, receipt=receipt_for(key))
    assert Note.objects.get(pk=note.pk).text == ""


def test_a_note_handed_in_twice_with_one_key_is_one(station: Station, ada: Viewer) -> None:
    key, consent = uuid4(), consent_given(public=True, research=True)
    added = [
        put_up_note(station, by=ada, key=key, mark=Mark.TICK, words="Yes.", consent=consent) for _ in range(2)
    ]
    assert [one.is_new for one in added] == [True, False]
    assert Note.objects.count() == 1


def test_where_under_18s_may_take_part_nothing_counted_goes_further(
    board: Board, station: Station, count: Count, ada: Viewer
) -> None:
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    count(3)
    consent = consent_given(public=True, research=True)
    put_up_note(station, by=ada, key=uuid4(), mark=Mark.TICK, words="Yes.", consent=consent)
    assert not Note.objects.filter(consent__public=True).exists()


# The form


def test_the_form_counts_says_so_and_stays_at_the_heading(client: Client, board: Board, ada: Viewer) -> None:
    client.force_login(ada.person)
    typed = {"act": "hands", "station": "POW", "mark": "tick", "number": "9", "where": "by the door"}
    answer = client.post(counting_address(board), typed, follow=True)
    assert answer.redirect_chain[0][0].endswith("?station=POW")
    assert "9 ticks at “Power” are on the wall." in answer.text
    assert '<option value="POW" selected>' in answer.text


def test_a_form_with_faults_says_what_to_do(client: Client, board: Board, ada: Viewer) -> None:
    client.force_login(ada.person)
    answer = client.post(counting_address(board), {"act": "hands", "station": "POW", "number": "1000"})
    assert answer.status_code == 422
    assert "Type how many hands there were, from 1 to 500." in answer.text
    assert "Choose one of the four marks" in answer.text
    assert not Note.objects.exists()


def test_the_form_takes_a_count_back(client: Client, board: Board, count: Count, ada: Viewer) -> None:
    client.force_login(ada.person)
    made = count(4)
    answer = client.post(counting_address(board), {"act": "take_back", "count": made.identifier}, follow=True)
    assert "4 ticks at “Power” are taken back." in answer.text
    assert Change.objects.filter(kind="hands_taken_back").count() == 1


def test_the_form_gives_the_receipt_of_a_note_handed_in(client: Client, board: Board, ada: Viewer) -> None:
    client.force_login(ada.person)
    typed = {"act": "words", "station": "POW", "mark": "square", "words": "Not yet.", "key": str(uuid4())}
    answer = client.post(counting_address(board), typed, follow=True)
    assert "take it down with this receipt" in answer.text
    note = Note.objects.get()
    assert (note.consent.public, note.consent.research) == (False, False)
