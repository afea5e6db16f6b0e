"""What is taken away: the numbers of the page, and only the words that may go."""

import csv
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client

from archive.columns import NAMES
from archive.exports import to_csv
from archive.rows import Export
from events.models import Event
from people.consent import consent_given, consent_on_basis
from people.guests import ANYBODY, Viewer
from people.terms import accept_terms
from responses.board import correct_note, take_back_mark, withdraw_note
from responses.imports import import_transcript
from responses.models import Board, Mark, Note, Origin, Reading, Station, TextState
from responses.tallies import tally_of_board
from responses.words import tidy_words

FILES = ("notes.csv", "notes-for-spreadsheets.csv", "notes.jsonl")
CANARY = "a canary sings"


def take(client: Client, name: str = "notes.csv", slug: str = "wall-day") -> str:
    answer = client.get(f"/events/{slug}/{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def table(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(take(client), newline="")))


def test_the_numbers_of_a_file_are_the_numbers_of_the_page(
    client: Client, station: Station, post_note: Callable[..., Note], dee: Viewer
) -> None:
    for public, research in ((True, True), (True, False), (False, True), (False, False)):
        post_note(station, "Some words", public=public, research=research)
    post_note(station, "", mark=Mark.SQUARE)
    withdraw_note(post_note(station, "Gone soon", by=dee), by=dee)
    take_back_mark(post_note(station, "", by=dee, mark=Mark.HEART), by=dee)
    tally, rows = tally_of_board(station.board), table(client)
    assert len(rows) == tally.total == 5
    assert Counter(row["mark"] for row in rows) == tally.marks
    assert Counter(row["text_state"] for row in rows) == tally.text_states
    assert client.get("/events/wall-day/notes.csv")["X-Withdrawn"] == str(tally.withdrawn) == "1"


def test_all_three_files_hold_the_same_rows(client: Client, event_of_paper: Event) -> None:
    lines = [json.loads(line) for line in take(client, "notes.jsonl").splitlines()]
    rows = table(client)
    assert [row["note"] for row in rows] == [line["note"] for line in lines]
    assert list(rows[0]) == list(lines[0]) == list(NAMES)
    safe = take(client, "notes-for-spreadsheets.csv")
    assert safe.startswith("\ufeff")
    assert len(list(csv.reader(io.StringIO(safe, newline="")))) == len(rows) + 1


@pytest.fixture
def event_of_paper(make_event: Callable[..., Event], make_set: Callable) -> Event:
    event = make_event()
    event.principle_sets.add(make_set())
    import_transcript(event, "Power | Time (3)\n- Say ~~who~~ [word?] £5 →\n- [no text]\n- = ask\n", by=None)
    return event


def test_a_paper_note_takes_all_its_facts_along(client: Client, event_of_paper: Event) -> None:
    first, second, third = (json.loads(line) for line in take(client, "notes.jsonl").splitlines())
    note = Note.objects.get(identifier=first["note"])
    assert first["permalink"].endswith(note.get_absolute_url())
    assert first["verbatim"] == "- Say ~~who~~ [word?] £5 →"
    assert first["markup"] == "Say ~~who~~ [word?] £5 →"
    assert first["plain"] == note.plain
    assert (first["mark"], first["text_state"], first["origin"]) == ("not_recorded", "read", "paper")
    assert len(first["principles"]) == len(first["wordings"]) == 2
    assert first["wording_versions"] == [1, 1]
    assert (first["consent_public"], first["consent_wording"]) == (True, None)
    assert first["consent_basis"]
    assert (second["text_state"], second["markup"], second["words_withheld"]) == ("no_text", "", "")
    assert third["reading"] == 1


@pytest.mark.parametrize("name", FILES)
def test_words_go_only_where_consent_lets_them(
    client: Client, station: Station, post_note: Callable[..., Note],
    ada: Viewer, researcher: Viewer, steward: Viewer, name: str,
) -> None:  # fmt: skip
    for public, research in ((True, True), (True, False), (False, True), (False, False)):
        post_note(station, f"{CANARY} {public} {research}", public=public, research=research)
    for viewer in (ada, steward):
        accept_terms(by=viewer, purpose="A study of this event.", body="")
    for viewer, expected in (
        (ANYBODY, {"True True"}),
        (ada, {"True True", "False True"}),
        (steward, {"True True", "False True"}),
        # The role without the terms is not enough.
        (researcher, {"True True"}),
    ):
        client.logout()
        if viewer.person:
            client.force_login(viewer.person)
        text = take(client, name)
        heard = {answer for answer in _answers() if f"{CANARY} {answer}" in text}
        assert heard == expected


def _answers() -> Iterator[str]:
    return (f"{public} {research}" for public in (True, False) for research in (True, False))


def test_a_row_without_its_words_says_why(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, CANARY, public=False)
    post_note(station, CANARY, research=False)
    post_note(station, "", public=False, research=False)
    assert [row["words_withheld"] for row in table(client)] == ["not_public", "not_for_research", ""]


@pytest.mark.parametrize("name", FILES)
def test_a_withdrawn_note_leaves_no_text_in_the_export(
    client: Client, station: Station, post_note: Callable[..., Note], dee: Viewer, name: str
) -> None:
    note = post_note(station, CANARY, by=dee)
    correct_note(note, f"{CANARY} twice", by=dee)
    assert CANARY in take(client, name)
    withdraw_note(note, by=dee)
    after = take(client, name)
    assert CANARY not in after
    assert note.identifier not in after


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_a_draft_are_not_there_for_strangers(
    client: Client, ada: Viewer, researcher: Viewer, make_event: Callable[..., Event], name: str
) -> None:
    make_event("draft-day", status=Event.Status.DRAFT)
    assert client.get(f"/events/draft-day/{name}").status_code == 404
    client.force_login(researcher.person)
    assert client.get(f"/events/draft-day/{name}").status_code == 404
    client.force_login(ada.person)
    assert client.get(f"/events/draft-day/{name}").status_code == 200


def test_a_file_says_its_name_and_that_it_must_be_asked_for_again(client: Client, board: Board) -> None:
    answer = client.get("/events/wall-day/notes.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="wall-day-notes.csv"'
    assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
    assert "no-cache" in answer["Cache-Control"]


def test_an_unchanged_file_is_not_sent_twice_and_a_withdrawal_changes_it(
    client: Client, station: Station, post_note: Callable[..., Note], dee: Viewer
) -> None:
    note = post_note(station, by=dee)
    known = {"If-None-Match": client.get("/events/wall-day/notes.csv")["ETag"]}
    assert client.get("/events/wall-day/notes.csv", headers=known).status_code == 304
    withdraw_note(note, by=dee)
    assert client.get("/events/wall-day/notes.csv", headers=known).status_code == 200


def test_what_a_researcher_got_is_kept_by_no_shared_cache(
    client: Client, board: Board, researcher: Viewer
) -> None:
    client.force_login(researcher.person)
    assert "no-store" in client.get("/events/wall-day/notes.csv")["Cache-Control"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_file_takes_as_many_questions_for_one_note_as_for_three(
    station: Station, post_note: Callable[..., Note], django_assert_num_queries: Callable, how_many: int
) -> None:
    for _ in range(how_many):
        post_note(station)
    export = Export(station.board.event, ANYBODY)
    with django_assert_num_queries(4):
        assert len(list(export.rows())) == how_many


def many_notes(station: Station, how_many: int) -> None:
    consent, start = consent_on_basis("Published before."), station.notes.count()
    notes = Note.objects.bulk_create(
        Note(
            board=station.board, station=station, number=start + number, key=uuid4(), mark=Mark.TICK,
            text_state=TextState.READ, origin=Origin.PAPER, text="Some words " * 8, consent=consent,
        )
        for number in range(1, how_many + 1)
    )  # fmt: skip
    Reading.objects.bulk_create(
        Reading(note=note, number=1, witness="imported_record", text=note.text, verbatim=note.text,
                text_state=note.text_state, mark=note.mark)
        for note in notes
    )  # fmt: skip


def peak(event: Event) -> int:
    """The most memory, in bytes, that writing the file of `event` takes at any one time."""
    tracemalloc.start()
    for _piece in to_csv(Export(event, ANYBODY).rows()):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_file_of_seven_times_the_notes_takes_the_same_memory(station: Station) -> None:
    event = station.board.event
    many_notes(station, 1000)
    peak(event)
    small = peak(event)
    many_notes(station, 6000)
    assert peak(event) < 1.5 * small


def test_the_archive_lists_events_with_their_numbers(
    client: Client, station: Station, post_note: Callable[..., Note], dee: Viewer
) -> None:
    post_note(station)
    withdraw_note(post_note(station, by=dee), by=dee)
    page = client.get("/archive/")
    assert "1 note, and 1 withdrawn" in page.text
    for name in FILES:
        assert f'href="/events/wall-day/{name}"' in page.text
    for column in NAMES:
        assert f"<code>{column}</code>" in page.text


def test_an_empty_archive_says_so(client: Client, db: None) -> None:
    assert "No notes yet" in client.get("/archive/").text


def test_the_archive_keeps_drafts_to_those_who_run_them(
    client: Client, make_board: Callable[..., Board], make_event: Callable[..., Event],
    post_note: Callable[..., Note], ada: Viewer,
) -> None:  # fmt: skip
    event = make_event("draft-day", name="Hidden day", status=Event.Status.DRAFT)
    post_note(make_board(event=event).stations.get())
    assert "Hidden day" not in client.get("/archive/").text
    client.force_login(ada.person)
    assert "Hidden day" in client.get("/archive/").text


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_archive_takes_as_many_questions_for_one_event_as_for_three(
    client: Client, make_board: Callable[..., Board], make_event: Callable[..., Event],
    post_note: Callable[..., Note], django_assert_num_queries: Callable, how_many: int,
) -> None:  # fmt: skip
    for number in range(how_many):
        post_note(make_board(event=make_event(f"day-{number}")).stations.get())
    with django_assert_num_queries(9):
        client.get("/archive/")


def test_typed_words_stay_as_typed(client: Client, station: Station, post_note: Callable[..., Note]) -> None:
    words = tidy_words('=1+1 "quoted", ~~not struck~~ [...] \n second line → £')
    post_note(station, words)
    (row,) = table(client)
    assert row["plain"] == row["markup"] == words
    assert consent_given(public=True, research=True).wording.version == int(row["consent_wording"])
