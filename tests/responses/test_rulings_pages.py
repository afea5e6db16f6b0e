"""The pages on which those who run an event decide what notes say."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.guests import Viewer
from responses.board import take_down_note
from responses.models import Mark, Note, Photo, Reading, Station
from tests.conftest import make_person
from tests.paper import paper_note, read_as
from tests.reading import asked, note_on, photo_of, says


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


# One note


def test_readings_stand_side_by_side_with_what_differs(desk: Client, make_ready: Callable[..., Note]) -> None:
    note = make_ready()
    says(note, "Say who divides.", by=asked("fay", note.board.event))
    page = desk.get(rule_address(note)).text
    assert "2 of 3 readers agree." in page
    assert "Says the same." in page
    assert "<del>decides</del><ins>divides</ins>" in page
    assert "There “decides”, here “divides”." in page
    assert note.regions.get().close_up_address in page


def test_what_is_chosen_at_first_is_what_most_read_or_what_its_writer_says(
    desk: Client, make_ready: Callable[..., Note]
) -> None:
    note = make_ready()
    says(note, "Say who divides.", by=asked("fay", note.board.event))
    assert desk.get(rule_address(note)).context["chosen"] == 2
    assert desk.get(rule_address(note)).text.count("checked") == 1
    read_as(note, "Say who decides it.", witness=Reading.Witness.AUTHOR)
    assert desk.get(rule_address(note)).context["chosen"] == 4


def test_none_is_chosen_where_readers_do_not_agree(desk: Client, station: Station) -> None:
    note = paper_note(station)
    for words in ("One.", "Two."):
        read_as(note, words)
    assert "checked" not in desk.get(rule_address(note)).text.split("<main")[1]


def test_accepting_rejecting_and_opening_again_from_the_page(
    desk: Client, make_ready: Callable[..., Note]
) -> None:
    note = make_ready()
    other = says(note, "Say who divides.", by=asked("fay", note.board.event))
    address = rule_address(note)
    rejected = {"act": "reject", "reading": other.number, "seen": 0, "why": "The c is clear."}
    assert "Reading 3 of POW-01 is rejected." in desk.post(address, rejected, follow=True).text
    accepted = {"act": "accept", "reading": 2, "seen": 1, "mark": "square", "why": ""}
    assert "POW-01 says what reading 2 says." in desk.post(address, accepted, follow=True).text
    assert (text_of(note), note.mark) == ("Say who decides.", Mark.SQUARE)
    opened = {"act": "reopen", "seen": 2, "why": "Somebody doubts it."}
    assert "POW-01 is open again" in desk.post(address, opened, follow=True).text
    assert [ruling.action for ruling in note.rulings.order_by("number")] == ["reject", "accept", "reopen"]


def test_a_reading_of_ones_own_is_typed_and_accepted_at_one_go(
    desk: Client, make_ready: Callable[..., Note], ada: Viewer
) -> None:
    note = make_ready()
    typed = {"act": "own", "markup": "Say [word?] decides", "mark": "heart", "seen": 0}
    assert "POW-01 says what you read." in desk.post(rule_address(note), typed, follow=True).text
    assert (text_of(note), note.mark) == ("Say [word?] decides", Mark.HEART)
    assert note.accepted.reader == ada.person


def test_what_cannot_be_accepted_is_not_kept_as_a_reading(
    desk: Client, make_ready: Callable[..., Note]
) -> None:
    note = make_ready()
    before = note.readings.count()
    for typed in (
        {"markup": "Words", "mark": "star"},
        {"markup": "", "mark": "tick"},
        {"markup": "Words", "mark": "tick", "seen": 7},
        {"markup": "Words", "mark": "tick", "why": "x" * 301},
    ):
        assert desk.post(rule_address(note), typed | {"act": "own"}).status_code == 422
    assert (note.readings.count(), note.rulings.count()) == (before, 0)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"act": "accept"}, "Choose the reading first."),
        ({"act": "accept", "reading": "99"}, "Choose one of the readings."),
        ({"act": "reject", "reading": "1"}, "Say why it is not what the note says"),
        ({"act": "reopen", "why": "Again."}, "This note is open."),
        ({"act": "accept", "reading": "1", "seen": "4"}, "Somebody decided about this note meanwhile."),
    ],
)
def test_refusals_are_said_on_the_form(
    desk: Client, make_ready: Callable[..., Note], typed: dict, said: str
) -> None:
    answer = desk.post(rule_address(make_ready()), typed)
    assert answer.status_code == 422
    assert said in answer.text


def test_an_unknown_act_is_not_there(desk: Client, make_ready: Callable[..., Note]) -> None:
    assert desk.post(rule_address(make_ready()), {"act": "burn"}).status_code == 404


def test_a_note_nobody_has_read_can_be_typed_at_once(desk: Client, station: Station) -> None:
    note = paper_note(station)
    page = desk.get(rule_address(note)).text
    assert "Nobody has read this note yet." in page
    desk.post(rule_address(note), {"act": "own", "markup": "[no text]", "mark": "tick", "seen": 0})
    assert (text_of(note), note.text_state) == ("", "no_text")


def test_typed_and_withdrawn_notes_have_no_such_page(
    desk: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    gone = paper_note(station)
    take_down_note(gone, "It names somebody.", by=ada)
    for note in (post_note(station), gone):
        assert desk.get(rule_address(note)).status_code == 404


def test_nobody_else_comes_near_the_pages(
    client: Client, make_ready: Callable[..., Note], researcher: Viewer
) -> None:
    note = make_ready()
    for address in (rule_address(note), rulings_address(note)):
        assert client.post(address, {"act": "accept", "reading": 1}).status_code == 302
    client.force_login(researcher.person)
    for address in (rule_address(note), rulings_address(note)):
        assert client.post(address, {"act": "accept", "reading": 1}).status_code == 404
    assert not note.rulings.exists()


def test_another_organiser_who_does_not_run_the_event_sees_nothing_of_it(
    client: Client, make_ready: Callable[..., Note]
) -> None:
    client.force_login(make_person("Olu", "organiser"))
    note = make_ready()
    assert client.get(rule_address(note)).status_code == 404
    assert client.get(rulings_address(note)).status_code == 404
