"""On what basis the notes on a photograph may be read: what it changes, and what it never changes."""

from dataclasses import replace

import pytest

from events.models import Event
from people.consent import consent_given, consent_on_basis, consent_on_paper
from people.guests import ANYBODY, Viewer
from responses.board import change_consent
from responses.models import Board, Change, Note, Photo, Region
from responses.photos.matching import confirm_matches, undo_matching
from responses.photos.publishing import (
    Said,
    apply_words_basis,
    describe_photo,
    publish_photo,
)
from responses.photos.regions import add_region, make_note
from responses.room import change_settings
from tests.matched import hold_wall, line
from tests.photos import make_photo

pytestmark = pytest.mark.django_db
SAID = Said(alt="A sheet with eleven notes.", basis="nobody", words_basis="The room was told.")


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def photo(event: Event, board: Board, ada: Viewer) -> Photo:
    return make_photo(event, ada, board=board, station=board.stations.get())


def note_in_a_box(photo: Photo, ada: Viewer) -> Note:
    return make_note(add_region(photo, (10, 10, 200, 200), by=ada), by=ada)


def published(photo: Photo, ada: Viewer, said: Said = SAID) -> Photo:
    describe_photo(photo, replace(said, board=photo.board, station=photo.station), by=ada)
    publish_photo(photo, by=ada)
    photo.refresh_from_db()
    return photo


def test_a_basis_given_later_holds_for_notes_nobody_was_asked_about(photo: Photo, ada: Viewer) -> None:
    note = note_in_a_box(photo, ada)
    assert note.consent == consent_on_paper()
    described = describe_photo(photo, replace(SAID, board=photo.board, station=photo.station), by=ada)
    assert apply_words_basis(described, by=ada) == 1
    note.refresh_from_db()
    assert note.consent == consent_on_basis("The room was told.")
    assert note.board.changes.filter(kind=Change.Kind.CONSENT_CHANGED, note=note).count() == 1


def test_a_basis_taken_back_takes_those_notes_back_too(photo: Photo, ada: Viewer) -> None:
    describe_photo(photo, replace(SAID, board=photo.board, station=photo.station), by=ada)
    note = note_in_a_box(Photo.objects.get(pk=photo.pk), ada)
    assert note.consent.public
    said = replace(SAID, words_basis="", board=photo.board, station=photo.station)
    described = describe_photo(photo, said, by=ada)
    assert apply_words_basis(described, by=ada, basis_before=SAID.words_basis) == 1
    note.refresh_from_db()
    assert note.consent == consent_on_paper()


def test_a_basis_never_changes_what_a_writer_chose(photo: Photo, board: Board, ada: Viewer) -> None:
    note = note_in_a_box(photo, ada)
    # Whoever wrote it said so by the receipt: neither public nor for research.
    Note.objects.filter(pk=note.pk).update(
        receipt_hash=None, consent=consent_given(public=False, research=False)
    )
    described = describe_photo(photo, replace(SAID, board=board, station=photo.station), by=ada)
    assert apply_words_basis(described, by=ada) == 0
    note.refresh_from_db()
    assert not note.consent.public


def test_a_basis_never_changes_notes_of_a_transcript(photo: Photo, ada: Viewer) -> None:
    note = note_in_a_box(photo, ada)
    note.readings.create(number=1, witness="imported_record", text_state="waiting", mark="tick")
    described = describe_photo(photo, replace(SAID, board=photo.board, station=photo.station), by=ada)
    assert apply_words_basis(described, by=ada) == 0


def test_where_under_18s_take_part_a_basis_changes_nothing(photo: Photo, board: Board, ada: Viewer) -> None:
    note = note_in_a_box(photo, ada)
    change_settings(board, by=None, may_include_under_18s=True)
    described = describe_photo(photo, replace(SAID, board=board, station=photo.station), by=ada)
    assert apply_words_basis(described, by=ada) == 0
    note.refresh_from_db()
    assert not note.consent.public


def test_consent_taken_back_takes_the_photograph_off_the_record_at_once(
    photo: Photo, ada: Viewer, ben: Viewer
) -> None:
    published(photo, ada)
    note = note_in_a_box(Photo.objects.get(pk=photo.pk), ada)
    assert Photo.objects.visible_to(ANYBODY).exists()
    part = note.board.participants.create(token=note.board.token_of(ben))
    Note.objects.filter(pk=note.pk).update(participant=part)
    change_consent(note, consent_given(public=False, research=True), by=ben)
    assert not Photo.objects.visible_to(ANYBODY).exists()


def test_a_basis_taken_back_holds_for_a_note_that_stands_again_too(event: Event, ada: Viewer) -> None:
    board, photo = hold_wall(event)
    said = replace(SAID, board=board)
    described = describe_photo(photo, said, by=ada)
    station = board.stations.get(heading="Power")
    box = add_region(described, (0, 0, 80, 80), by=ada, station=station)
    note = make_note(box, by=ada)
    matching = confirm_matches(board, [(Region.objects.get(pk=box.pk), line(board, 1))], by=ada)
    taken_back = describe_photo(photo, replace(said, words_basis=""), by=ada)
    assert apply_words_basis(taken_back, by=ada, basis_before=SAID.words_basis) == 1
    undo_matching(matching, by=ada)
    note = Note.objects.standing().get(pk=note.pk)
    assert note.consent == consent_on_paper()
    assert line(board, 1).consent.public
