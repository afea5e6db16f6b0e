"""Photographs: added once, published only with everything that takes, and taken down for good."""

import io
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from coproduce.images import keeping
from coproduce.images.making import NotAPicture
from events.models import Event
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Board, Note, Photo, Region
from responses.photos import adding
from responses.photos.adding import AddedPhoto, Full, add_photo
from responses.photos.publishing import (
    NO_ALT,
    NO_BASIS,
    NO_NOTE,
    NOT_MADE,
    UNDER_18,
    NotPublished,
    Said,
    describe_photo,
    make_again,
    publish_photo,
    reasons_against,
    take_down_photo,
    unpublish_photo,
)
from responses.photos.regions import add_region, make_note
from responses.room import change_settings
from tests.photos import a_jpeg, make_photo

pytestmark = pytest.mark.django_db
Settle = Callable[..., object]
SAID = Said(alt="A sheet with eleven notes.", basis="nobody", words_basis="The room was told.")


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def photo(event: Event, board: Board, ada: Viewer) -> Photo:
    return make_photo(event, ada, board=board, station=board.stations.get())


def send(event: Event, ada: Viewer, file: bytes = b"", **facts: object) -> AddedPhoto:
    return add_photo(event, io.BytesIO(file or a_jpeg()), by=ada, **({"key": uuid4()} | facts))


def note_in_a_box(photo: Photo, ada: Viewer) -> Note:
    return make_note(add_region(photo, (10, 10, 200, 200), by=ada), by=ada)


def published(photo: Photo, ada: Viewer, said: Said = SAID) -> Photo:
    describe_photo(photo, replace(said, board=photo.board, station=photo.station), by=ada)
    publish_photo(photo, by=ada)
    photo.refresh_from_db()
    return photo


def folder_of(photo: Photo) -> bool:
    return keeping.place(photo.files).is_dir()


def test_the_same_key_is_the_same_photograph_however_often_it_is_sent(event: Event, ada: Viewer) -> None:
    key = uuid4()
    first = send(event, ada, key=key)
    again = send(event, ada, key=key)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.photo == first.photo
    assert Photo.objects.count() == 1


def test_the_same_file_is_the_same_photograph_and_leaves_no_second_folder(event: Event, ada: Viewer) -> None:
    file = a_jpeg()
    first = send(event, ada, file)
    there = set(keeping.root().iterdir())
    again = send(event, ada, file)
    assert not again.is_new
    assert again.photo == first.photo
    assert set(keeping.root().iterdir()) == there


def test_photographs_keep_the_order_in_which_they_came(event: Event, ada: Viewer) -> None:
    positions = [send(event, ada).photo.position for _ in range(3)]
    assert positions == [1, 2, 3]


def test_what_is_no_picture_is_refused_with_a_sentence_and_leaves_nothing(event: Event, ada: Viewer) -> None:
    there = set(keeping.root().iterdir())
    with pytest.raises(NotAPicture, match="GIF"):
        send(event, ada, b"GIF89a" + bytes(50))
    assert not Photo.objects.exists()
    assert set(keeping.root().iterdir()) == there


def test_only_those_who_run_the_event_add_photographs(event: Event, ben: Viewer, researcher: Viewer) -> None:
    for viewer in (ben, researcher, ANYBODY):
        with pytest.raises(Refused, match="transcribe this event"):
            send(event, viewer)
    assert not Photo.objects.exists()


def test_a_full_event_takes_no_more(event: Event, ada: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST", 1)
    send(event, ada)
    with pytest.raises(Full, match="no more fit"):
        send(event, ada)


def test_a_board_of_another_event_is_refused(
    event: Event, ada: Viewer, make_event: Callable, make_board: Callable
) -> None:
    other = make_board(event=make_event("elsewhere"), slug="other")
    with pytest.raises(Refused, match="of this event"):
        send(event, ada, board=other)
    with pytest.raises(Refused, match="of this event"):
        send(event, ada, station=other.stations.get())


def test_a_photograph_of_a_heading_is_of_its_board(event: Event, board: Board, ada: Viewer) -> None:
    added = send(event, ada, station=board.stations.get()).photo
    assert added.board == board


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (replace(SAID, alt=" "), NO_ALT),
        (replace(SAID, basis=""), NO_BASIS),
        (replace(SAID, basis="agreed"), NO_NOTE),
        (replace(SAID, basis="notice"), NO_NOTE),
    ],
)
def test_nothing_is_published_without_words_and_a_basis(
    photo: Photo, ada: Viewer, said: Said, sentence: str
) -> None:
    with pytest.raises(NotPublished) as refusal:
        published(photo, ada, said)
    assert [reason.sentence for reason in refusal.value.reasons] == [sentence]
    assert not Photo.objects.on_show().exists()


def test_every_reason_is_given_at_once(event: Event, board: Board, ada: Viewer) -> None:
    photo = make_photo(event, ada, board=board, made=False)
    change_settings(board, by=None, may_include_under_18s=True)
    photo = Photo.objects.get(pk=photo.pk)
    assert [reason.sentence for reason in reasons_against(photo)] == [NOT_MADE, NO_ALT, NO_BASIS, UNDER_18]


def test_a_note_that_is_not_for_everybody_keeps_its_photograph_off_the_record(
    photo: Photo, ada: Viewer
) -> None:
    note = note_in_a_box(photo, ada)
    with pytest.raises(NotPublished) as refusal:
        published(photo, ada, replace(SAID, words_basis=""))
    shown = refusal.value.reasons[0].regions
    assert [region.note for region in shown] == [note]


def test_what_was_published_stays_described(photo: Photo, ada: Viewer) -> None:
    published(photo, ada)
    with pytest.raises(NotPublished, match="on the record"):
        describe_photo(photo, replace(SAID, alt="", board=photo.board), by=ada)
    photo.refresh_from_db()
    assert photo.alt == SAID.alt


def test_off_the_record_nobody_else_sees_it_and_nothing_is_lost(photo: Photo, ada: Viewer) -> None:
    published(photo, ada)
    assert Photo.objects.visible_to(ANYBODY).exists()
    unpublish_photo(photo, by=ada)
    assert not Photo.objects.visible_to(ANYBODY).exists()
    assert Photo.objects.visible_to(ada).get().alt == SAID.alt


def test_under_18s_on_its_board_take_it_off_the_record(photo: Photo, board: Board, ada: Viewer) -> None:
    published(photo, ada)
    change_settings(board, by=None, may_include_under_18s=True)
    assert not Photo.objects.visible_to(ANYBODY).exists()


def test_another_board_is_refused_while_boxes_show_notes_of_the_first(
    photo: Photo, event: Event, ada: Viewer, make_board: Callable
) -> None:
    note_in_a_box(photo, ada)
    other = make_board(event=event, slug="other")
    with pytest.raises(Refused, match="notes of another board"):
        describe_photo(photo, replace(SAID, board=other), by=ada)


def test_only_those_who_run_the_event_say_or_change_anything(
    photo: Photo, ben: Viewer, researcher: Viewer
) -> None:
    acts = (
        lambda by: describe_photo(photo, SAID, by=by),
        lambda by: publish_photo(photo, by=by),
        lambda by: unpublish_photo(photo, by=by),
        lambda by: make_again(photo, by=by),
        lambda by: take_down_photo(photo, "It has to go.", by=by),
    )
    for act in acts:
        for viewer in (ben, researcher, ANYBODY):
            with pytest.raises(Refused, match=r"(run|transcribe) this event"):
                act(viewer)


def test_what_could_not_be_made_ready_is_tried_again(event: Event, ada: Viewer, do_work: Callable) -> None:
    photo = make_photo(event, ada, made=False)
    Photo.objects.filter(pk=photo.pk).update(making="failed", trouble="The disk was full.")
    do_work()
    make_again(photo, by=ada)
    do_work()
    photo.refresh_from_db()
    assert photo.is_made
    assert photo.trouble == ""


def test_taking_it_down_deletes_every_file_and_keeps_a_row_that_says_so(
    photo: Photo, ada: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    published(photo, ada)
    region = add_region(photo, (10, 10, 200, 200), by=ada)
    keeping.close_up(photo.files, region.box)
    assert folder_of(photo)
    with django_capture_on_commit_callbacks(execute=True):
        take_down_photo(photo, "Somebody on it asked.", by=ada)
    assert not folder_of(photo)
    kept = Photo.objects.get(pk=photo.pk)
    assert (kept.files, kept.alt, kept.caption, kept.published_at) == ("", "", "", None)
    assert kept.taken_down_at
    assert kept.why == "Somebody on it asked."
    assert not Photo.objects.visible_to(ada).exists()
    assert not Region.objects.visible_to(ada).exists()


def test_taken_down_while_it_is_being_made_it_stays_down(
    event: Event, ada: Viewer, do_work: Callable, django_capture_on_commit_callbacks: Settle
) -> None:
    photo = make_photo(event, ada, made=False)
    with django_capture_on_commit_callbacks(execute=True):
        take_down_photo(photo, "It has to go.", by=ada)
    do_work()
    kept = Photo.objects.get(pk=photo.pk)
    assert (kept.files, kept.making) == ("", "waiting")
    assert not folder_of(photo)


def test_the_same_file_can_come_back_after_it_was_taken_down_but_not_by_its_key(
    event: Event, ada: Viewer
) -> None:
    file, key = a_jpeg(), uuid4()
    first = send(event, ada, file, key=key)
    take_down_photo(first.photo, "By mistake.", by=ada)
    with pytest.raises(Refused, match="taken down before"):
        send(event, ada, file, key=key)
    assert send(event, ada, file).is_new


def test_taking_down_asks_for_a_reason_and_leaves_it_in_the_trace(photo: Photo, ada: Viewer) -> None:
    with pytest.raises(Refused, match="why"):
        take_down_photo(photo, "  ", by=ada)
    take_down_photo(photo, "A face.", by=ada)
    trace = Act.objects.get(verb="taken_down", subject=photo.identifier)
    assert (trace.why, trace.person) == ("A face.", ada.person)


def test_a_row_that_is_published_without_words_is_refused_by_postgresql(photo: Photo) -> None:
    with (
        pytest.raises(Exception, match="a_published_photo_has_words_and_a_basis"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE responses_photo SET published_at = now() WHERE id = %s", [photo.pk])
