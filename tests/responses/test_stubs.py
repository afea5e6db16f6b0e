"""Numbered sheets: printing them, giving each its note, and what their holders decide before."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from people.consent import WORDINGS, consent_given, consent_on_basis
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import change_consent, withdraw_note
from responses.models import Board, Change, Note, Station, Stub
from responses.receipts import hash_of
from responses.stubs import (
    MOST,
    MOST_AT_ONCE,
    change_stub_consent,
    keep_ticks,
    print_stubs,
    tie_stub,
    untie_stub,
    withdraw_stub,
)
from tests.sheets import a_stub, code_on, on_paper

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
BOTH = {"public": True, "research": True}


@pytest.fixture
def stub(station: Station, ada: Viewer) -> Stub:
    return a_stub(station, ada)


@pytest.fixture
def note(station: Station) -> Note:
    return on_paper(station)


def test_a_pack_has_so_many_sheets_for_every_heading(make_board: Callable, ada: Viewer) -> None:
    board = make_board("Power", "Time")
    stubs = print_stubs(board, by=ada, each=3)
    assert [str(stub) for stub in stubs] == ["POW 1", "POW 2", "POW 3", "TIM 1", "TIM 2", "TIM 3"]
    assert {stub.pack for stub in stubs} == {1}


def test_a_further_pack_goes_on_numbering(board: Board, ada: Viewer) -> None:
    print_stubs(board, by=ada, each=2)
    assert [(stub.number, stub.pack) for stub in print_stubs(board, by=ada, each=2)] == [(3, 2), (4, 2)]


def test_a_closed_board_may_be_answered_on_paper(make_board: Callable, ada: Viewer) -> None:
    assert print_stubs(make_board(state=Board.State.CLOSED), by=ada, each=1)


@pytest.mark.parametrize("each", [0, -1, MOST_AT_ONCE + 1])
def test_a_pack_has_one_to_sixty_sheets_for_each_heading(board: Board, ada: Viewer, each: int) -> None:
    with pytest.raises(Refused, match="from 1 to 60"):
        print_stubs(board, by=ada, each=each)


def test_numbers_have_three_figures_at_most(board: Board, station: Station, ada: Viewer) -> None:
    Stub.objects.create(station=station, number=MOST - 1, receipt_hash="x")
    print_stubs(board, by=ada, each=1)
    with pytest.raises(Refused, match="more than 999"):
        print_stubs(board, by=ada, each=1)


def test_only_those_who_run_the_event_print_and_tie(
    board: Board, ben: Viewer, stub: Stub, note: Note
) -> None:
    for act in (
        lambda by: print_stubs(board, by=by, each=1),
        lambda by: tie_stub(note, 1, by=by),
        lambda by: untie_stub(stub, by=by),
        lambda by: keep_ticks(stub, consent_given(**BOTH), by=by),
    ):
        for viewer in (ben, ANYBODY):
            with pytest.raises(Refused, match=r"Only those who (facilitate|transcribe) this event"):
                act(viewer)


def test_the_database_holds_no_receipt_of_a_pack(stub: Stub) -> None:
    row = Stub.objects.values_list().get()
    assert not any(code_on(stub) in str(value) for value in row)
    assert stub.receipt_hash == hash_of(code_on(stub))


def test_the_note_on_a_sheet_has_the_receipt_of_its_stub(stub: Stub, note: Note, ada: Viewer) -> None:
    assert tie_stub(note, 1, by=ada) == stub
    assert Note.objects.with_receipt(code_on(stub)).get() == note
    assert note.receipt_hash == stub.receipt_hash


def test_with_nothing_ticked_a_note_stays_with_those_who_were_there(
    stub: Stub, station: Station, ada: Viewer
) -> None:
    note = on_paper(station, consent=consent_on_basis("Agreed in the room."))
    tie_stub(note, 1, by=ada)
    assert note.consent == consent_given(public=False, research=False)


def test_what_is_ticked_on_the_sheet_holds(stub: Stub, note: Note, ada: Viewer) -> None:
    ticked = consent_given(public=True, research=False)
    tie_stub(note, 1, by=ada, ticked=ticked)
    assert note.consent == ticked


def test_ticks_answer_the_sentences_that_stand_on_the_sheet(
    stub: Stub, note: Note, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.consent.WORDINGS", (*WORDINGS, ("May all see it?", "May all count it?")))
    tie_stub(note, 1, by=ada, ticked=consent_given(**BOTH))
    assert (note.consent.public, note.consent.wording.version) == (True, 1)
    assert a_stub(note.station, ada).asked == 2


def test_what_the_holder_chose_goes_before_what_is_ticked(
    stub: Stub, note: Note, ada: Viewer, ben: Viewer
) -> None:
    chosen = consent_given(public=False, research=True)
    change_stub_consent(stub, chosen, by=ben, receipt=code_on(stub))
    tie_stub(note, 1, by=ada, ticked=consent_given(**BOTH))
    assert note.consent == chosen
    stub.refresh_from_db()
    with pytest.raises(Refused, match="chose for themselves"):
        keep_ticks(stub, consent_given(**BOTH), by=ada)


def test_what_the_holder_chose_later_goes_before_what_is_ticked_too(
    stub: Stub, note: Note, ada: Viewer, ben: Viewer
) -> None:
    tie_stub(note, 1, by=ada, ticked=consent_given(**BOTH))
    change_consent(note, consent_given(public=False, research=False), by=ben, receipt=code_on(stub))
    with pytest.raises(Refused, match="chose for themselves"):
        keep_ticks(stub, consent_given(**BOTH), by=ada)


def test_ticks_may_be_entered_afterwards(stub: Stub, note: Note, ada: Viewer) -> None:
    with pytest.raises(Refused, match="No note of sheet POW 1 is on record"):
        keep_ticks(stub, consent_given(**BOTH), by=ada)
    tie_stub(note, 1, by=ada)
    keep_ticks(stub, consent_given(**BOTH), by=ada)
    note.refresh_from_db()
    assert note.consent.public
    assert Change.objects.filter(kind=Change.Kind.CONSENT_CHANGED, note=note).count() == 2


def test_a_stub_taken_back_before_ends_its_note_at_once(
    stub: Stub, station: Station, ada: Viewer, ben: Viewer
) -> None:
    withdraw_stub(stub, by=ben, receipt=code_on(stub))
    note = on_paper(station, "marramgrass")
    note.readings.create(number=1, witness="photo", text="marramgrass", text_state="read", mark="tick")
    tie_stub(note, 1, by=ada)
    assert (note.ending, note.text) == (Note.Ending.WITHDRAWN, "")
    assert note.readings.get().text == ""
    assert Change.objects.filter(kind=Change.Kind.NOTE_WITHDRAWN, note=note).exists()


def test_a_stub_taken_back_stays_taken_back(stub: Stub, ben: Viewer) -> None:
    withdraw_stub(stub, by=ben, receipt=code_on(stub))
    for act in (
        lambda: withdraw_stub(stub, by=ben, receipt=code_on(stub)),
        lambda: change_stub_consent(stub, consent_given(**BOTH), by=ben, receipt=code_on(stub)),
    ):
        with pytest.raises(Refused, match="stays taken back"):
            act()


def test_the_receipt_of_another_note_changes_nothing(
    station: Station, stub: Stub, ada: Viewer, ben: Viewer, post_note: Post
) -> None:
    other = code_on(a_stub(station, ada))
    for receipt in (other, "", code_on(stub)[:-1]):
        with pytest.raises(Refused, match="Only whoever holds the stub"):
            withdraw_stub(stub, by=ben, receipt=receipt)
        with pytest.raises(Refused, match="Only whoever holds the stub"):
            change_stub_consent(stub, consent_given(**BOTH), by=ben, receipt=receipt)
    stub.refresh_from_db()
    assert (stub.withdrawn_at, stub.consent) == (None, None)


def test_with_a_stale_page_the_holder_acts_on_the_note_itself(
    stub: Stub, note: Note, ada: Viewer, ben: Viewer
) -> None:
    tie_stub(note, 1, by=ada)
    change_stub_consent(stub, consent_given(**BOTH), by=ben, receipt=code_on(stub))
    note.refresh_from_db()
    assert note.consent.public
    withdraw_stub(stub, by=ben, receipt=code_on(stub))
    note.refresh_from_db()
    assert note.ending == Note.Ending.WITHDRAWN


def test_a_number_is_given_to_one_note_only(stub: Stub, note: Note, station: Station, ada: Viewer) -> None:
    tie_stub(note, 1, by=ada)
    with pytest.raises(Refused, match="Sheet POW 1 is note POW-01 already"):
        tie_stub(on_paper(station), 1, by=ada)


def test_a_number_that_was_not_printed_is_refused(stub: Stub, note: Note, ada: Viewer) -> None:
    with pytest.raises(Refused, match="No sheet POW 2 was printed"):
        tie_stub(note, 2, by=ada)


def test_a_note_with_a_receipt_keeps_it(
    station: Station, stub: Stub, note: Note, ada: Viewer, post_note: Post
) -> None:
    a_stub(station, ada)
    tie_stub(note, 1, by=ada)
    for other in (note, post_note(station)):
        with pytest.raises(Refused, match="has a receipt of its own"):
            tie_stub(other, 2, by=ada)


def test_a_withdrawn_note_gets_no_receipt(stub: Stub, note: Note, ada: Viewer) -> None:
    Note.objects.filter(pk=note.pk).update(withdrawn_at=timezone.now(), ending=Note.Ending.NO_NOTE)
    with pytest.raises(Refused, match="withdrawn before"):
        tie_stub(note, 1, by=ada)


def test_a_sheet_given_to_the_wrong_note_is_taken_from_it(
    station: Station, stub: Stub, note: Note, ada: Viewer, ben: Viewer
) -> None:
    tie_stub(note, 1, by=ada)
    chosen = consent_given(**BOTH)
    change_consent(note, chosen, by=ben, receipt=code_on(stub))
    untie_stub(stub, by=ada)
    note.refresh_from_db()
    assert (note.receipt_hash, note.consent.public) == (None, False)
    right = on_paper(station)
    tie_stub(right, 1, by=ada)
    assert right.consent == chosen


def test_a_sheet_is_not_taken_from_a_note_that_went_with_it(
    stub: Stub, note: Note, ada: Viewer, ben: Viewer
) -> None:
    with pytest.raises(Refused, match="has no note"):
        untie_stub(stub, by=ada)
    tie_stub(note, 1, by=ada)
    withdraw_note(note, by=ben, receipt=code_on(stub))
    with pytest.raises(Refused, match="Nothing of it is left"):
        untie_stub(stub, by=ada)


def test_where_under_18s_may_take_part_nothing_goes_further(
    board: Board, stub: Stub, note: Note, ada: Viewer, ben: Viewer
) -> None:
    change_stub_consent(stub, consent_given(**BOTH), by=ben, receipt=code_on(stub))
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    with pytest.raises(Refused, match="Under-18s"):
        change_stub_consent(stub, consent_given(**BOTH), by=ben, receipt=code_on(stub))
    tie_stub(note, 1, by=ada, ticked=consent_given(**BOTH))
    assert not note.consent.public
    assert note.consent.wording is None
    with pytest.raises(Refused, match="Under-18s"):
        keep_ticks(stub, consent_given(**BOTH), by=ada)


def test_every_act_on_sheets_leaves_a_trace(stub: Stub, note: Note, ada: Viewer, ben: Viewer) -> None:
    change_stub_consent(stub, consent_given(**BOTH), by=ben, receipt=code_on(stub))
    tie_stub(note, 1, by=ada)
    untie_stub(stub, by=ada)
    withdraw_stub(stub, by=ben, receipt=code_on(stub))
    verbs = Act.objects.filter(verb__startswith="sheet").order_by("pk").values_list("verb", "actor")
    assert list(verbs) == [
        ("sheets_printed", "person"),
        ("sheet_consent_changed", "guest"),
        ("sheet_tied", "person"),
        ("sheet_untied", "person"),
        ("sheet_taken_back", "guest"),
    ]
