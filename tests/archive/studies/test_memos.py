"""Memos are for those who work in the study, and go with the note they are on."""

import pytest

from archive.forgetting import forget_due
from archive.models import Memo, Study
from archive.studies import memos
from archive.studies.memos import change_memo, remove_memo, write_memo
from people.guests import Viewer
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Note

pytestmark = pytest.mark.django_db


def test_each_changes_their_own(shared: Study, ros: Viewer, cai: Viewer, notes: list[Note]) -> None:
    memo = write_memo(shared, " One\r\ntwo ", by=cai, note=notes[0])
    assert memo.text == "One\ntwo"
    with pytest.raises(Refused, match="whoever wrote it"):
        change_memo(memo, "Three", by=ros)
    change_memo(memo, "Three", by=cai)
    assert Memo.objects.get().text == "Three"
    assert Memo.objects.get().changed_at
    remove_memo(memo, by=ros)
    assert not Memo.objects.exists()


def test_a_colleague_takes_away_nobody_elses(shared: Study, ros: Viewer, cai: Viewer) -> None:
    memo = write_memo(shared, "One", by=ros)
    with pytest.raises(Refused, match="taken away by"):
        remove_memo(memo, by=cai)


def test_nobody_else_writes_in_it(study: Study, ros: Viewer, steward: Viewer) -> None:
    memo = write_memo(study, "One", by=ros)
    for act in (
        lambda: write_memo(study, "Two", by=steward),
        lambda: change_memo(memo, "Two", by=steward),
        lambda: remove_memo(memo, by=steward),
    ):
        with pytest.raises(Refused, match="do not work in this study"):
            act()


def test_limits_are_sentences(study: Study, ros: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="The memo is empty"):
        write_memo(study, " \n", by=ros)
    with pytest.raises(Refused, match="10,001"):
        write_memo(study, "a" * 10_001, by=ros)
    monkeypatch.setattr(memos, "MOST_MEMOS", 0)
    with pytest.raises(Refused, match="Take one away"):
        write_memo(study, "One", by=ros)


def test_a_memo_on_a_withdrawn_note_shows_nowhere_and_is_forgotten(
    study: Study, ros: Viewer, dee: Viewer, notes: list[Note]
) -> None:
    write_memo(study, "It says: Put the budget up.", by=ros, note=notes[0])
    write_memo(study, "On the whole", by=ros)
    withdraw_note(notes[0], by=dee)
    assert [memo.text for memo in Memo.objects.visible_to(ros)] == ["On the whole"]
    assert Memo.objects.count() == 2
    forget_due()
    assert [memo.text for memo in Memo.objects.all()] == ["On the whole"]


def test_no_memo_on_a_note_out_of_sight(study: Study, ros: Viewer, dee: Viewer, notes: list[Note]) -> None:
    withdraw_note(notes[0], by=dee)
    with pytest.raises(Refused, match="not in your sight"):
        write_memo(study, "One", by=ros, note=notes[0])
