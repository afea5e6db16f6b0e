"""Codes stand in a tree, are put to notes that can be read, and touch nothing of the record."""

from collections.abc import Callable

import pytest

from archive.models import Coding, Study
from archive.studies import coding
from archive.studies.acts import begin_study
from archive.studies.coding import (
    add_code,
    change_code,
    code_note,
    code_notes,
    remove_code,
    uncode_note,
)
from archive.studies.reading import codes_of, holds
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Change, Note, Station
from responses.moderation import hide_note

pytestmark = pytest.mark.django_db


def test_codes_stand_under_codes(study: Study, ros: Viewer, notes: list[Note]) -> None:
    money = add_code(study, "Money", by=ros, about="Any sum.")
    whose = add_code(study, "Whose", by=ros, under=money)
    add_code(study, "Food", by=ros)
    code_notes([whose], notes[:2], by=ros)
    assert [(one.code.name, one.depth, one.number) for one in codes_of(study, ros)] == [
        ("Food", 0, 0), ("Money", 0, 0), ("Whose", 1, 2)
    ]  # fmt: skip


def test_no_code_stands_under_itself_or_too_deep(study: Study, ros: Viewer, cai: Viewer) -> None:
    codes = [add_code(study, "0", by=ros)]
    for depth in range(1, coding.DEEPEST):
        codes.append(add_code(study, str(depth), by=ros, under=codes[-1]))
    with pytest.raises(Refused, match="at most 5 deep"):
        add_code(study, "6", by=ros, under=codes[-1])
    with pytest.raises(Refused, match="under itself"):
        change_code(codes[0], "0", by=ros, under=codes[2])
    other = add_code(begin_study("Another", by=ros), "There", by=ros)
    with pytest.raises(Refused, match="not in this study"):
        change_code(codes[0], "0", by=ros, under=other)
    top = add_code(study, "Top", by=ros)
    with pytest.raises(Refused, match="at most 5 deep"):
        change_code(codes[0], "0", by=ros, under=top)


def test_a_name_is_given_once_in_a_study(study: Study, ros: Viewer) -> None:
    money = add_code(study, "Money", by=ros)
    with pytest.raises(Refused, match="a code called “Money”"):
        add_code(study, "MONEY", by=ros)
    change_code(money, "money", by=ros, about="Small.")
    with pytest.raises(Refused, match="Give the code a name"):
        add_code(study, " \n", by=ros)


def test_limits_are_sentences(
    study: Study, ros: Viewer, notes: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    money = add_code(study, "Money", by=ros)
    monkeypatch.setattr(coding, "MOST_CODES", 1)
    monkeypatch.setattr(coding, "MOST_CODINGS", 2)
    with pytest.raises(Refused, match="Take one away"):
        add_code(study, "Soup", by=ros)
    with pytest.raises(Refused, match="begin another study"):
        code_notes([money], notes, by=ros)


def test_a_note_is_coded_once_and_uncoded_once(study: Study, ros: Viewer, notes: list[Note]) -> None:
    money, before = add_code(study, "Money", by=ros), Change.objects.count()
    assert code_notes([money], notes, by=ros) == 3
    assert not code_note(money, notes[0], by=ros)
    assert uncode_note(money, notes[0], by=ros)
    assert not uncode_note(money, notes[0], by=ros)
    assert Change.objects.count() == before


def test_only_notes_in_sight_are_coded(
    study: Study, ros: Viewer, station: Station, post_note: Callable
) -> None:
    kept, money = post_note(station, "Hushed fern", public=False), add_code(study, "Money", by=ros)
    with pytest.raises(Refused, match="not in your sight"):
        code_note(money, kept, by=ros)
    assert code_notes([money], [kept], by=ros) == 0


def test_nobody_else_codes_in_it(
    study: Study, ros: Viewer, cai: Viewer, steward: Viewer, notes: list[Note]
) -> None:
    money = add_code(study, "Money", by=ros)
    for other in (cai, steward, ANYBODY):
        for act in (
            lambda by: add_code(study, "Mine", by=by),
            lambda by: change_code(money, "Mine", by=by),
            lambda by: code_note(money, notes[0], by=by),
            lambda by: uncode_note(money, notes[0], by=by),
            lambda by: remove_code(money, by=by),
        ):
            with pytest.raises(Refused, match="do not work in this study"):
                act(other)


def test_a_colleague_codes_and_only_the_first_takes_codes_away(
    shared: Study, ros: Viewer, cai: Viewer, notes: list[Note]
) -> None:
    money = add_code(shared, "Money", by=cai)
    part = add_code(shared, "Whose", by=cai, under=money)
    assert code_note(part, notes[0], by=cai)
    with pytest.raises(Refused, match="Only whoever began"):
        remove_code(money, by=cai)
    remove_code(money, by=ros)
    assert not Coding.objects.exists()
    assert Note.objects.count() == 3


def test_a_withdrawn_note_leaves_the_study_at_once_and_is_a_number(
    study: Study, ros: Viewer, ada: Viewer, dee: Viewer, notes: list[Note]
) -> None:
    money = add_code(study, "Money", by=ros)
    code_notes([money], notes, by=ros)
    withdraw_note(notes[0], by=dee)
    hide_note(notes[1], "It names somebody.", by=ada)
    seen = holds(study, ros)
    assert (seen.notes, seen.withdrawn, seen.unseen) == (1, 1, 1)
    assert [one.number for one in codes_of(study, ros)] == [1]
    assert [one.note for one in Coding.objects.visible_to(ros)] == [notes[2]]
