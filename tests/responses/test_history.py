"""Anybody can read how a note was read and what was decided, and nobody reads what is held."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from archive.rows import Export
from events.models import Event
from people.guests import ANYBODY, Viewer, remember_guest
from responses.board import take_down_note, withdraw_note
from responses.imports import import_transcript
from responses.joining import join
from responses.live.audiences import Audience
from responses.live.messages import batch_since
from responses.models import Board, Note, Reading, Ruling, Station
from responses.readings.history import history_of
from responses.readings.ruling import accept_reading, reject_reading, reopen_note
from responses.receipts import hash_of, receipt_for
from tests.conftest import make_person
from tests.paper import paper_note, read_as
from tests.reading import note_on, photo_of, show_to_all

CANARY = "greycanary"


@pytest.fixture
def robin(db: None) -> Viewer:
    """A volunteer who signed in to read."""
    return Viewer(person=make_person("Robin"))


@pytest.fixture
def note(station: Station) -> Note:
    return paper_note(station)


def page_of(client: Client, note: Note) -> str:
    return client.get(note.get_absolute_url()).text


def version_of(client: Client, reading: Reading) -> int:
    return client.get(reverse("note_version", args=[reading.note.identifier, reading.number])).status_code


def test_a_note_tells_which_reading_was_accepted_when_and_by_whom_in_general(
    client: Client, note: Note, ada: Viewer, robin: Viewer
) -> None:
    readings = [read_as(note, words, by=robin) for words in ("Ona.", "Onc.", "Once.", "One.")]
    reject_reading(readings[0], "There is an e.", by=ada)
    accept_reading(readings[2], by=ada, why="The c is clear on the original.")
    Ruling.objects.filter(action="accept").update(at="2027-05-12T10:00:00Z")
    page = page_of(client, note)
    said = 'Reading 3 of 4, accepted <time datetime="2027-05-12">12 May 2027</time> by an organiser.'
    assert said in page
    assert "A volunteer, from the photograph" in page
    assert "The c is clear on the original." in page
    assert "Reading 1 of 4 was rejected" in page
    assert "There is an e." in page
    assert "Ona." not in page
    assert "Robin" not in page
    assert "Ada" not in page


def test_those_who_run_the_event_see_every_reading_and_who_made_it(
    client: Client, note: Note, ada: Viewer, robin: Viewer
) -> None:
    reading = read_as(note, "Say who decides.", by=robin)
    Reading.objects.update(comment="Hold it to the light.")
    client.force_login(ada.person)
    page = page_of(client, note)
    for said in ("Robin, from the photograph", "Say who decides.", "Waits for a ruling.", "Hold it to"):
        assert said in page
    accept_reading(reading, by=ada)
    client.logout()
    page = page_of(client, note)
    assert "Say who decides." in page
    assert "Hold it to" not in page, "readers say that to one another"


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "One more reading waits for a ruling."), (2, "2 more readings wait for a ruling.")],
)
def test_what_waits_is_counted_and_not_said(client: Client, note: Note, number: int, said: str) -> None:
    for _ in range(number):
        read_as(note, CANARY)
    page = page_of(client, note)
    assert said in page
    assert CANARY not in page


def test_a_note_that_was_opened_again_says_so_with_the_reason(
    client: Client, note: Note, ada: Viewer
) -> None:
    accept_reading(read_as(note, "One."), by=ada)
    reopen_note(note, "It may be another note.", by=ada)
    page = page_of(client, note)
    assert "It was opened again" in page
    assert "It may be another note." in page


def test_what_something_was_taken_out_of_is_told_from_what_was_rejected(
    client: Client, note: Note, ada: Viewer
) -> None:
    accept_reading(read_as(note, CANARY), by=ada)
    accept_reading(read_as(note, "[removed: a name]", by=ada), by=ada)
    page = page_of(client, note)
    assert "Reading 1 of 2 is not shown" in page
    assert CANARY not in page


def test_the_steps_are_in_the_order_in_which_they_were_taken(note: Note, ada: Viewer) -> None:
    first = read_as(note, "One.")
    accept_reading(first, by=ada)
    reopen_note(note, "Look again.", by=ada)
    second = read_as(note, "Two.")
    accept_reading(second, by=ada)
    history = history_of(note, ANYBODY)
    assert [step.reading for step in history] == [first, None, second]
    assert [decision.ruling.number for _, decision in history.decisions] == [1, 2, 3]
    note.refresh_from_db()
    assert history_of(note, ANYBODY).accepted.reading == second


def test_whoever_holds_the_receipt_sees_what_they_said_and_nothing_else_that_is_held(note: Note) -> None:
    own = read_as(note, "Mine.", witness=Reading.Witness.AUTHOR)
    other = read_as(note, "Another's.")
    shown = {step.reading: step.is_shown for step in history_of(note, ANYBODY, holds=True)}
    assert shown == {own: True, other: False}
    assert not any(step.is_shown for step in history_of(note, ANYBODY))


def test_a_history_takes_as_many_queries_for_one_reading_as_for_five(
    note: Note, ada: Viewer, robin: Viewer, django_assert_num_queries: Callable
) -> None:
    def look() -> None:
        fetched = Note.objects.for_showing().get(pk=note.pk)
        with django_assert_num_queries(4):
            history_of(fetched, ada)

    accept_reading(read_as(note, "One.", by=robin), by=ada)
    look()
    for number in range(4):
        reject_reading(read_as(note, f"{number}.", by=robin), "No.", by=ada)
    look()


# What is held, and everywhere it could come through


@pytest.fixture
def held(station: Station, ada: Viewer, robin: Viewer) -> dict[str, Reading]:
    """Readings that not everybody may read: two wait, one of them by the writer; one was rejected."""
    event = station.board.event
    note = show_to_all(note_on(photo_of(event, board=station.board), station, by=ada))
    accept_reading(read_as(note, "Say who decides."), by=ada)
    made = {
        "waiting": read_as(note, f"{CANARY} waits", by=robin),
        "rejected": read_as(note, f"{CANARY} rejected", by=robin),
        "offered": read_as(note, f"{CANARY} offered", witness=Reading.Witness.AUTHOR),
    }
    Reading.objects.filter(is_held=True).update(comment=f"{CANARY} remarked", verbatim=f"- {CANARY}")
    reject_reading(made["rejected"], "It says decides.", by=ada)
    return made


def test_nothing_held_is_on_a_page_in_the_stream_or_in_a_file(
    client: Client, held: dict[str, Reading], ben: Viewer, researcher: Viewer, station: Station
) -> None:
    note, board = held["waiting"].note, station.board
    event: Event = board.event
    join(board.code, by=ben)
    for viewer in (ANYBODY, ben, researcher):
        sign_in(client, viewer)
        at = [event.slug, board.slug]
        places = {"note": [note.identifier], "event": [event.slug]}
        places |= dict.fromkeys(["board", "board_live", "board_counts"], at)
        for name, args in places.items():
            page = client.get(reverse(name, args=args)).text
            assert CANARY not in page, name
        assert [version_of(client, reading) for reading in held.values()] == [404, 404, 404]
        assert CANARY not in repr(list(Export(event, viewer).rows()))
        changed = client.get(reverse("changes", args=[board.identifier]), {"after": 0})
        assert CANARY not in changed.text
    for audience in Audience:
        assert CANARY not in batch_since(board.pk, 0, audience).body.decode()


def sign_in(client: Client, viewer: Viewer) -> None:
    client.logout()
    if viewer.person:
        client.force_login(viewer.person)
    elif viewer.guest_key:
        remember_guest(welcomed := client.get("/healthz/"), viewer)
        client.cookies.update(welcomed.cookies)


def test_those_who_run_the_event_open_what_is_held_at_its_own_address(
    client: Client, held: dict[str, Reading], ada: Viewer
) -> None:
    client.force_login(ada.person)
    for reading in held.values():
        page = client.get(reading.get_absolute_url())
        assert page.status_code == 200
        assert "Not everybody sees this reading" in page.text


def test_a_reading_keeps_its_address_when_others_are_accepted(
    client: Client, note: Note, ada: Viewer
) -> None:
    first = read_as(note, "Ona.")
    accept_reading(first, by=ada)
    address = first.get_absolute_url()
    assert "Ona." in client.get(address).text
    accept_reading(read_as(note, "One."), by=ada)
    assert "Ona." in client.get(address).text


def test_the_line_of_a_rejected_import_is_in_no_file(board: Board, ada: Viewer) -> None:
    text = f"Power (1)\n- Ask {CANARY}\n"
    imported = import_transcript(board.event, text, by=ada, board=board)
    note = imported.board.notes.get()
    accept_reading(read_as(note, "Ask [removed: a name]", by=ada), by=ada)
    for viewer in (ANYBODY, ada):
        assert CANARY not in repr(list(Export(board.event, viewer).rows()))


def test_a_file_says_which_reading_the_words_are_from(board: Board, ada: Viewer) -> None:
    import_transcript(board.event, "Power (1)\n- Ask [...]\n", by=ada, board=board)
    note = board.notes.get()
    accept_reading(read_as(note, "Ask first"), by=ada)
    read_as(note, "Ask fist")
    Ruling.objects.filter(number=2).update(at="2027-05-12T10:00:00Z")
    (row,) = Export(board.event, ANYBODY).rows()
    facts = {name: row[name] for name in ("markup", "reading", "readings", "accepted_at")}
    assert facts == {
        "markup": "Ask first", "reading": 2, "readings": 3, "accepted_at": "2027-05-12T10:00:00+00:00",
    }  # fmt: skip


def test_a_file_changes_its_tag_with_every_reading(board: Board, note: Note) -> None:
    before = Export(board.event, ANYBODY).etag()
    read_as(note, "One.")
    assert Export(board.event, ANYBODY).etag() != before


@pytest.mark.parametrize("end", ["withdrawn by the receipt", "taken down"])
def test_an_ended_note_keeps_no_words_of_any_reading_nor_what_was_said_of_them(
    held: dict[str, Reading], ada: Viewer, ben: Viewer, end: str
) -> None:
    note = Note.objects.get(pk=held["waiting"].note_id)
    Ruling.objects.update(why=f"It says {CANARY}")
    if end == "taken down":
        take_down_note(note, "It names somebody.", by=ada)
    else:
        receipt = receipt_for(note.key)
        Note.objects.filter(pk=note.pk).update(receipt_hash=hash_of(receipt))
        withdraw_note(note, by=ben, receipt=receipt)
    kept = list(note.readings.values_list("text", "verbatim", "comment"))
    assert kept == [("", "", "")] * 4
    assert set(note.rulings.values_list("why", flat=True)) == {""}


# The picture beside it


def test_the_picture_of_a_note_is_shown_to_those_who_may_see_it(
    client: Client, station: Station, ada: Viewer
) -> None:
    photo = photo_of(station.board.event, board=station.board, published=False)
    note = show_to_all(note_on(photo, station, by=ada))
    address = photo.regions.get().close_up_address
    assert address not in page_of(client, note)
    client.force_login(ada.person)
    assert address in page_of(client, note)
