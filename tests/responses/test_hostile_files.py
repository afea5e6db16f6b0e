"""Transcripts that collide, flood or pile up."""

import time

import pytest
from django.test import Client

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.imports import import_transcript
from responses.transcription import MAX_STATIONS, read_markup, read_transcript
from responses.transcription.files import TranscriptError
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
COLLIDING = "Power (1)\n\n- a\n\nPower (2)\n\n- b\n- c\n"


@pytest.fixture
def event(make_event: type) -> Event:
    return make_event()


def test_two_headings_with_one_name_stay_two_stations_with_their_own_counts(
    event: Event, ada: Viewer
) -> None:
    board = import_transcript(event, COLLIDING, by=ada).board
    stations = [(s.heading, s.stated_count, s.notes.count()) for s in board.stations.all()]
    assert stations == [("Power", 1, 1), ("Power", 2, 2)]
    assert not [change for change in event.changes.all() if "later transcript" in change.what]
    assert import_transcript(event, COLLIDING, by=ada).added == 0
    assert board.stations.count() == 2


def test_the_preview_counts_what_is_there_already_at_each_of_two_like_named_stations(
    client: Client, event: Event, ada: Viewer
) -> None:
    import_transcript(event, COLLIDING, by=ada)
    client.force_login(ada.person)
    page = client.post(f"/events/{event.slug}/import/", {"text": COLLIDING}).text
    assert "Every note of it is on the board" in page


def test_a_flood_of_headings_is_refused_in_a_sentence_and_at_once(event: Event, ada: Viewer) -> None:
    flood = "".join(f"Power {number:05}q (1)\n\n- a\n\n" for number in range(4000))
    began = time.perf_counter()
    with pytest.raises(Refused, match=f"4000 headings and may hold {MAX_STATIONS}"):
        import_transcript(event, flood, by=ada)
    assert time.perf_counter() - began < 3
    assert event.activities.count() == 0


def test_as_many_headings_as_a_file_may_hold_are_taken(event: Event, ada: Viewer) -> None:
    full = "".join(
        f"Power {number:05}q (1)\n\n- a\n\nloose, here.\n\n- b\n\n" for number in range(MAX_STATIONS)
    )
    board = import_transcript(event, full, by=ada).board
    assert len({station.code for station in board.stations.all()}) == MAX_STATIONS


def test_a_heap_of_combining_marks_is_read_in_no_time() -> None:
    heap = "a" + "\u0301\u0323" * 25_000
    began = time.perf_counter()
    read_markup(heap, imported=True)
    with pytest.raises(TranscriptError):
        read_transcript(heap.encode())
    assert time.perf_counter() - began < 0.5
    assert read_markup("e\u0301", imported=True) == read_markup("é", imported=True)


def test_an_organiser_of_another_event_imports_nothing_here(client: Client, event: Event) -> None:
    bea = make_person("Bea", "organiser")
    client.force_login(bea)
    sent = {"text": COLLIDING, "confirm": "yes"}
    assert client.post(f"/events/{event.slug}/import/", sent).status_code == 404
    with pytest.raises(Refused, match="Only those who run"):
        import_transcript(event, COLLIDING, by=Viewer(person=bea))
    assert event.activities.count() == 0
