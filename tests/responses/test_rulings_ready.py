"""The page of everything that is ready for a ruling: what is ticked is accepted, and nothing else is lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.guests import Viewer
from responses.board import correct_note
from responses.models import Mark, Note, Photo, Station
from responses.moderation import hide_note
from responses.readings.ready import accept_ticked, ready_of
from responses.readings.ruling import accept_own_reading, accept_reading, reject_reading
from responses.receipts import hash_of, receipt_for
from tests.paper import paper_note, read_as
from tests.reading import asked, note_on, photo_of, says, show_to_all


@pytest.fixture
def photo(station: Station) -> Photo:
    return photo_of(station.board.event, board=station.board)


@pytest.fixture
def make_ready(photo: Photo, station: Station, ada: Viewer) -> Callable[..., Note]:
    """A note on a photograph on which two people of the room agree."""

    def make(words: str = "Say who decides.", marks: tuple[str, str] = ("tick", "tick")) -> Note:
        note = note_on(photo, station, by=ada)
        for name, mark in zip(("ben", "dee"), marks, strict=True):
            says(note, words, by=asked(name, station.board.event), mark=mark)
        return note

    return make


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def rule_address(note: Note) -> str:
    return reverse("note_rule", args=[note.identifier])


def rulings_address(note: Note) -> str:
    return reverse("rulings", args=[note.board.event.slug])


def text_of(note: Note) -> str:
    note.refresh_from_db()
    return note.text


def ticks(note: Note, ada: Viewer) -> dict[str, str]:
    return {one.note.label: one.ticked for one in ready_of(note.board.event, ada)}


def test_what_is_ready_is_accepted_together(
    desk: Client, make_ready: Callable[..., Note], ada: Viewer
) -> None:
    notes = [make_ready(f"Words {number}.") for number in range(3)]
    tick = ticks(notes[0], ada)
    page = desk.get(rulings_address(notes[0]))
    assert "3 notes are ready for a ruling" in page.text
    answer = desk.post(rulings_address(notes[0]), {"ticked": [tick["POW-01"], tick["POW-03"]]}, follow=True)
    assert "Accepted: POW-01, POW-03." in answer.text
    assert "1 note is ready for a ruling" in answer.text
    assert [text_of(note) for note in notes] == ["Words 0.", "", "Words 2."]


def test_each_refusal_is_said_and_nothing_else_is_lost(
    desk: Client, make_ready: Callable[..., Note], ada: Viewer
) -> None:
    first, decided, hidden, last = (make_ready(f"Words {number}.") for number in range(4))
    tick = ticks(first, ada)
    reject_reading(decided.readings.get(number=1), "It says something else.", by=ada)
    hide_note(hidden, "It names somebody.", by=ada)
    answer = desk.post(rulings_address(first), {"ticked": list(tick.values())}, follow=True).text
    assert "Accepted: POW-01, POW-04." in answer
    for label in ("POW-02", "POW-03"):
        assert f"{label}: It is not ready any more" in answer
    assert [text_of(note) for note in (first, decided, hidden, last)] == ["Words 0.", "", "", "Words 3."]


def test_what_was_read_meanwhile_has_to_be_looked_at_again(
    desk: Client, make_ready: Callable[..., Note], ada: Viewer
) -> None:
    note = make_ready("Old words.")
    tick = ticks(note, ada)
    for name in ("ben", "dee"):
        says(note, "New words.", by=asked(name, note.board.event))
    answer = desk.post(rulings_address(note), {"ticked": list(tick.values())}, follow=True).text
    assert "POW-01: It is not ready any more" in answer
    assert text_of(note) == ""


def test_what_somebody_decides_at_that_very_moment_is_not_decided_over(
    make_ready: Callable[..., Note], ada: Viewer, steward: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = make_ready()
    looked_at = ready_of(note.board.event, ada)
    monkeypatch.setattr("responses.readings.ready.ready_of", lambda *_: looked_at)
    accept_own_reading(note, "Say who divides.", by=steward, mark="tick")
    result = accept_ticked(note.board.event, [looked_at[0].ticked], by=ada)
    assert "Somebody decided about this note meanwhile" in result.refusals[0]
    assert text_of(note) == "Say who divides."


def test_where_readers_saw_different_marks_a_person_looks_closely(
    desk: Client, make_ready: Callable[..., Note], ada: Viewer
) -> None:
    note = make_ready(marks=("tick", "square"))
    page = desk.get(f"{rulings_address(note)}?ticked=all").text
    assert "Look closely" in page
    assert 'type="checkbox"' not in page
    (one,) = ready_of(note.board.event, ada)
    result = accept_ticked(note.board.event, [one.ticked], by=ada)
    assert (result.labels, text_of(note)) == ([], "")
    assert "POW-01: Not everybody saw the same." in result.refusals[0]


def test_the_mark_that_one_of_them_saw_is_accepted_with_the_words(
    make_ready: Callable[..., Note], ada: Viewer
) -> None:
    note = make_ready(marks=("square", "not_recorded"))
    accept_ticked(note.board.event, ticks(note, ada).values(), by=ada)
    text_of(note)
    assert note.mark == Mark.SQUARE


def test_a_correction_by_whoever_wrote_it_is_ready_at_once(
    desk: Client, photo: Photo, station: Station, ada: Viewer, ben: Viewer
) -> None:
    note = show_to_all(note_on(photo, station, by=ada))
    accept_reading(read_as(note, "Say who decids."), by=ada)
    Note.objects.filter(pk=note.pk).update(receipt_hash=hash_of(receipt := receipt_for(note.key)))
    correct_note(note, "Say who decides.", by=ben, receipt=receipt)
    page = desk.get(rulings_address(note)).text
    assert "Whoever wrote it corrected it." in page
    accept_ticked(station.board.event, ticks(note, ada).values(), by=ada)
    assert text_of(note) == "Say who decides."
    assert "Nothing is ready for a ruling" in desk.get(rulings_address(note)).text


def test_ticking_nothing_or_nonsense_says_so(desk: Client, make_ready: Callable[..., Note]) -> None:
    address = rulings_address(make_ready())
    assert "Nothing was ticked" in desk.post(address, follow=True).text
    odd = ["", "x", "0000000000.1.0", "٣.1", "\ud83d.1.1".encode(errors="replace").decode(), "' OR 1=1.1.1"]
    assert "One note: It is not ready any more" in desk.post(address, {"ticked": odd}, follow=True).text


def test_all_of_a_page_are_ticked_at_one_click_without_a_script(
    desk: Client, make_ready: Callable[..., Note]
) -> None:
    address = rulings_address(make_ready())
    assert "checked" not in desk.get(address).text.split("<main")[1]
    assert 'id="ticked-' in desk.get(f"{address}?ticked=all").text
    assert "checked>" in desk.get(f"{address}?ticked=all").text


def test_what_is_ready_comes_in_pages(
    desk: Client, make_ready: Callable[..., Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("responses.views.ruling.A_PAGE", 2)
    note, *_ = [make_ready(f"Words {number}.") for number in range(3)]
    first, second = (desk.get(f"{rulings_address(note)}?page={number}").text for number in (1, 2))
    assert "Page 1 of 2" in first
    assert "POW-03" not in first
    assert "POW-03" in second


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_ready_takes_as_many_queries_for_one_as_for_three(
    desk: Client, make_ready: Callable[..., Note], django_assert_num_queries: Callable, number: int
) -> None:
    note, *_ = [make_ready(f"Words {at}.") for at in range(number)]
    with django_assert_num_queries(15):
        desk.get(rulings_address(note))


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_of_a_note_takes_as_many_queries_for_one_reading_as_for_four(
    desk: Client, station: Station, django_assert_num_queries: Callable, number: int
) -> None:
    note = paper_note(station)
    for at in range(number):
        read_as(note, f"Words {at}.")
    with django_assert_num_queries(11):
        desk.get(rule_address(note))


def test_the_way_to_these_pages_is_where_an_organiser_looks(
    desk: Client, make_ready: Callable[..., Note], ada: Viewer
) -> None:
    note = make_ready()
    board = note.board
    assert rule_address(note) in desk.get(note.get_absolute_url()).text
    console = reverse("board_facilitate", args=[board.event.slug, board.slug])
    for page in (board.get_absolute_url(), board.event.get_absolute_url(), console, reverse("desk")):
        assert rulings_address(note) in desk.get(page).text
