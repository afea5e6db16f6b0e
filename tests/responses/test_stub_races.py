"""Two organisers and the holder of a stub at the same sheet in the same moment."""

from contextlib import suppress

import pytest

from people.guests import Viewer
from people.refusals import Refused
from responses.models import Board, Note, Station, Stub
from responses.stubs import print_stubs, tie_stub, withdraw_stub
from tests.responses.test_races import at_once
from tests.sheets import a_stub, code_on, on_paper

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_organisers_give_a_sheet_to_one_note(station: Station, ada: Viewer) -> None:
    stub, notes = a_stub(station, ada), [on_paper(station) for _ in range(6)]

    def tie(index: int) -> None:
        with suppress(Refused):
            tie_stub(notes[index], stub.number, by=ada)

    at_once(6, tie)
    assert Note.objects.filter(receipt_hash=stub.receipt_hash).count() == 1
    stub.refresh_from_db()
    assert stub.note.receipt_hash == stub.receipt_hash


def test_packs_printed_at_once_number_no_sheet_twice(board: Board, station: Station, ada: Viewer) -> None:
    at_once(5, lambda _: print_stubs(board, by=ada, each=3))
    assert sorted(station.stubs.values_list("number", flat=True)) == list(range(1, 16))
    assert set(Stub.objects.values_list("pack", flat=True)) == {1, 2, 3, 4, 5}


def test_a_note_put_on_record_while_it_is_taken_back_is_withdrawn(
    station: Station, ada: Viewer, ben: Viewer
) -> None:
    stubs, notes = print_stubs(station.board, by=ada, each=6), [on_paper(station) for _ in range(6)]

    def act(index: int) -> None:
        at = index // 2
        if index % 2:
            tie_stub(notes[at], stubs[at].number, by=ada)
        else:
            withdraw_stub(stubs[at], by=ben, receipt=code_on(stubs[at]))

    at_once(12, act)
    assert set(Note.objects.values_list("ending", flat=True)) == {Note.Ending.WITHDRAWN}
