"""Where a note stands follows from its readings, rulings and pictures."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from people.guests import ANYBODY, Viewer
from people.models import Consent
from responses.imports import import_transcript
from responses.models import Board, Note, Photo, Reading, Station, TextState
from responses.photos.regions import remove_region, show_note
from responses.readings.correcting import offer_correction
from responses.readings.places import Place
from responses.readings.progress import MOST_BLOCKS, Progress
from responses.readings.queue import place_of_note, progress_of, queue_of
from responses.readings.ruling import accept_reading, reject_reading, reopen_note
from tests.conftest import make_person
from tests.reading import asked, box_on, note_on, photo_of, says

NAMES = ("ann", "bob", "cat", "dan", "eli")


@pytest.fixture
def photo(board: Board) -> Photo:
    return photo_of(board.event)


@pytest.fixture
def note(photo: Photo, station: Station, ada: Viewer) -> Note:
    return note_on(photo, station, by=ada)


@pytest.fixture
def read(note: Note) -> Callable[..., list[Reading]]:
    """Read the note once for each text, by a guest of their own each time."""

    def read(*texts: str, **said: object) -> list[Reading]:
        event = note.board.event
        readers = [asked(name, event) for name in NAMES[: len(texts)]]
        return [says(note, text, by=by, **said) for text, by in zip(texts, readers, strict=True)]

    return read


def test_a_new_note_needs_a_reader(note: Note) -> None:
    assert place_of_note(note) == Place.NEEDS_READER


def test_one_reader_is_not_enough_and_two_who_agree_are(note: Note, read: Callable) -> None:
    read("Say who decides.")
    assert place_of_note(note) == Place.NEEDS_READER
    read("Say who decides.", "say who decides")
    assert place_of_note(note) == Place.READY


def test_agreeing_never_settles(note: Note, read: Callable) -> None:
    read(*["Say who decides."] * 5)
    assert place_of_note(note) == Place.READY
    note.refresh_from_db()
    assert (note.text, note.accepted) == ("", None)


def test_three_who_differ_make_it_hard(note: Note, read: Callable) -> None:
    read("rivers run", "quite another", "nothing alike")
    assert place_of_note(note) == Place.HARD


def test_two_who_want_a_better_picture_get_the_note_out_of_the_way(note: Note, read: Callable) -> None:
    read("rivers [...]", wants_better_photo=True)
    assert place_of_note(note) == Place.NEEDS_READER
    read("rivers [...]", "a [...]", wants_better_photo=True)
    assert place_of_note(note) == Place.BETTER_PHOTO


def test_a_better_picture_brings_it_back(note: Note, read: Callable, board: Board, ada: Viewer) -> None:
    read("rivers [...]", "a [...]", wants_better_photo=True)
    show_note(box_on(photo_of(board.event, board=board), by=ada, station=note.station), note, by=ada)
    assert place_of_note(note) == Place.NEEDS_READER


def test_a_note_without_a_picture_waits_for_one(note: Note, ada: Viewer, read: Callable) -> None:
    read("rivers [...]")
    remove_region(note.regions.get(), by=ada)
    assert place_of_note(note) == Place.BETTER_PHOTO


def test_a_ruling_settles_and_opening_again_puts_it_back(note: Note, read: Callable, ada: Viewer) -> None:
    first, _ = read("Say who decides.", "say who decides")
    accept_reading(first, by=ada)
    assert place_of_note(note) == Place.SETTLED
    reopen_note(note, "The photograph shows more.", by=ada)
    # What was read before the ruling does not make it ready again.
    assert place_of_note(note) == Place.NEEDS_READER
    says(note, "Say who decides now.", by=asked("fay", note.board.event))
    says(note, "Say who decides now.", by=asked("gus", note.board.event))
    assert place_of_note(note) == Place.READY


def test_readings_that_stay_held_after_a_ruling_never_count_again(
    note: Note, read: Callable, ada: Viewer
) -> None:
    read("Ann decides.", "Ann decides.")
    accept_reading(says(note, "[removed: a name] decides.", by=ada), by=ada)
    assert note.readings.filter(is_held=True).count() == 2
    assert place_of_note(note) == Place.SETTLED
    reopen_note(note, "The photograph shows more.", by=ada)
    assert place_of_note(note) == Place.NEEDS_READER


def test_a_ruling_with_gaps_settles_too(note: Note, read: Callable, ada: Viewer) -> None:
    accept_reading(read("Say [...] decides")[0], by=ada)
    assert place_of_note(note) == Place.SETTLED


def test_a_rejected_reading_counts_no_more(note: Note, read: Callable, ada: Viewer) -> None:
    first, _ = read("Say who decides.", "Say who decides.")
    reject_reading(first, "It is another note.", by=ada)
    assert place_of_note(note) == Place.NEEDS_READER


def test_a_reader_whose_newest_was_rejected_has_no_older_one(note: Note, ada: Viewer, read: Callable) -> None:
    event = note.board.event
    says(note, "One.", by=asked("ann", event))
    newest = says(note, "Two.", by=asked("ann", event))
    says(note, "One.", by=asked("bob", event))
    reject_reading(newest, "It is another note.", by=ada)
    assert place_of_note(note) == Place.NEEDS_READER


def test_two_who_read_a_settled_note_otherwise_bring_it_up(note: Note, read: Callable, ada: Viewer) -> None:
    accept_reading(read("Say who decides.")[0], by=ada)
    event = note.board.event
    says(note, "Say who decided.", by=asked("bob", event))
    assert place_of_note(note) == Place.SETTLED
    says(note, "Say who decided.", by=asked("cat", event))
    assert place_of_note(note) == Place.READY
    note.readings.filter(text="Say who decided.").update(text="say who decides")
    assert place_of_note(note) == Place.SETTLED


def test_what_its_writer_says_is_ready_at_once(note: Note, board: Board, ben: Viewer, ada: Viewer) -> None:
    correction = offer_correction(board, note, "Say who decides.", by=ben)
    assert place_of_note(note) == Place.READY
    reject_reading(correction, "The sheet says otherwise.", by=ada)
    assert place_of_note(note) == Place.NEEDS_READER


@pytest.fixture
def record(board: Board, ada: Viewer) -> dict[str, Note]:
    """Imported notes by the state of their words."""
    text = "Power (4)\n- read whole\n- in [...] part\n- [illegible]\n- [no text]\n"
    imported = import_transcript(board.event, text, by=ada)
    notes = Note.objects.filter(board=imported.board).select_related("board__event", "station")
    return {note.text_state: note for note in notes}


def test_the_record_settles_what_it_has_whole_while_no_picture_shows_it(record: dict[str, Note]) -> None:
    places = {state: place_of_note(note) for state, note in record.items()}
    assert places == {
        TextState.READ: Place.SETTLED,
        TextState.NO_TEXT: Place.SETTLED,
        TextState.PARTLY: Place.BETTER_PHOTO,
        TextState.ILLEGIBLE: Place.BETTER_PHOTO,
    }


def test_a_picture_of_what_was_imported_asks_for_a_reader(
    record: dict[str, Note], photo: Photo, ada: Viewer
) -> None:
    for note in record.values():
        show_note(box_on(photo, by=ada, station=note.station), note, by=ada)
        assert place_of_note(note) == Place.NEEDS_READER
        reading = says(note, "what the picture says", by=ada)
        accept_reading(reading, by=ada)
        assert place_of_note(note) == Place.SETTLED


def test_progress_says_how_far_it_is(
    record: dict[str, Note], photo: Photo, station: Station, note: Note, read: Callable, ada: Viewer
) -> None:
    read("Say who decides.")
    note_on(photo, station, by=ada)
    note_on(photo, station, by=ada)
    show_note(box_on(photo, by=ada, station=station), record[TextState.READ], by=ada)
    progress = progress_of(station.board.event, ANYBODY)
    assert (progress.total, progress.done, progress.in_doubt, progress.untried) == (7, 1, 1, 2)
    assert progress.said == (
        "One needs a second pair of eyes, two have not been tried, "
        "one is known from the record alone, two need a picture, or a better one."
    )
    assert progress.blocks == ["done", "doubt", *["open"] * 5]


def test_progress_counts_what_not_everybody_reads_and_nothing_out_of_sight(
    note: Note, station: Station, photo: Photo, ada: Viewer, make_event: Callable
) -> None:
    kept = note_on(photo, station, by=ada)
    basis = Consent.objects.create(public=False, research=False, basis="Nobody was asked.")
    Note.objects.filter(pk=kept.pk).update(consent=basis)
    assert progress_of(station.board.event, ANYBODY).total == 2
    Note.objects.filter(pk=kept.pk).update(moderation="hidden")
    assert progress_of(station.board.event, ANYBODY).total == 1
    assert progress_of(make_event("other-day"), ANYBODY).total == 0
    assert progress_of(make_event("draft-day", status="draft"), ANYBODY).said == ""


def test_the_drawn_bar_of_many_notes_stays_short() -> None:
    many = Progress(Counter({Place.SETTLED: 500, Place.NEEDS_READER: 500}), second=0, of_the_record=0)
    assert len(many.blocks) == MOST_BLOCKS
    assert many.blocks.count("done") == MOST_BLOCKS / 2


def test_the_next_note_is_the_next_on_the_wall_that_one_has_not_read(
    photo: Photo, station: Station, note: Note, ada: Viewer
) -> None:
    second, third = (note_on(photo, station, by=ada) for _ in range(2))
    event, ben = note.board.event, asked("ben", note.board.event)
    assert queue_of(event, ben).next_after().note == note
    assert queue_of(event, ben).next_after(note).note == second
    says(second, "One.", by=ben)
    assert queue_of(event, ben).next_after(note).note == third
    assert queue_of(event, ben).next_after(third).note == note
    says(third, "One.", by=ben)
    says(note, "One.", by=ben)
    assert queue_of(event, ben).next_after(note) is None
    assert queue_of(event, asked("cat", event)).next_after().note == note


def test_what_nobody_knows_comes_before_what_the_record_has(
    record: dict[str, Note], photo: Photo, station: Station, ada: Viewer
) -> None:
    known = record[TextState.READ]
    show_note(box_on(photo, by=ada, station=station), known, by=ada)
    new = note_on(photo, station, by=ada)
    queue = queue_of(station.board.event, asked("ben", station.board.event))
    assert [entry.note for entry in queue.to_read] == [new, known]
    assert queue.next_after(new).note == known


def test_a_queue_holds_what_its_viewer_may_read(note: Note, photo: Photo) -> None:
    event, eve = note.board.event, Viewer(person=make_person("Eve"))
    assert [entry.note for entry in queue_of(event, eve).entries] == [note]
    Photo.objects.filter(pk=photo.pk).update(published_at=None)
    assert queue_of(event, eve).entries == []
    assert queue_of(event, ANYBODY).entries == []
    assert [entry.note for entry in queue_of(event, asked("ben", event)).entries] == [note]


@pytest.mark.parametrize("number", [1, 3])
def test_a_fixed_number_of_questions_finds_the_queue(
    photo: Photo, station: Station, ada: Viewer, number: int, django_assert_num_queries: Callable
) -> None:
    event = station.board.event
    for name in NAMES[:number]:
        one = note_on(photo, station, by=ada)
        accept_reading(says(one, "One.", by=asked(name, event)), by=ada)
    reader = asked("ben", event)
    with django_assert_num_queries(4):
        for entry in queue_of(event, reader).entries:
            assert entry.region.photo.width
            assert entry.note.label
            assert entry.note.board.event.slug
    with django_assert_num_queries(4):
        assert progress_of(event, ANYBODY).done == number


def test_a_photograph_taken_before_does_not_undo_the_wish_for_a_better_one(
    note: Note, read: Callable, board: Board, ada: Viewer
) -> None:
    older = photo_of(board.event, board=board)
    Photo.objects.filter(pk=older.pk).update(added_at=timezone.now() - timedelta(days=1))
    show_note(box_on(older, by=ada, station=note.station), note, by=ada)
    read("rivers [...]", "a [...]", wants_better_photo=True)
    assert place_of_note(note) == Place.BETTER_PHOTO
