"""The API: what anybody may see, one page after the other, and a sentence for every mistake."""

import json
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.api import api_views, finding
from archive.api.all_kinds import KINDS
from events.models import Event
from people.guests import Viewer
from people.limits import Limit
from responses.board import correct_note, withdraw_note
from responses.models import Mark, Note, Station
from responses.tallies import tally_of_board
from tests.archive.api.conftest import Walk

pytestmark = pytest.mark.django_db
CANARY = "a canary sings"
BAD = (
    "x=1", "limit=0", "limit=201", "limit=-1", "limit=%D9%A3", "limit=9999999999", "limit=1&limit=2",
    "cursor=x", "cursor=WzFd", "cursor=WyJub3RlcyIsMTAwMDAwMDAwMDAwMDAwMDAwMDAwXQ", "cursor=WyJldmVudHMiLDFd",
    "since=soon", "since=2026-13-01", "since=0001-01-01T00:00:00%2B14:00", "since=2026-11-22T17:38:46",
    "fields=secret", "fields=participant", "mark=x", "year=20", "q=" + "a" * 300, "mark__in=tick",
)  # fmt: skip


def asked(client: Client, address: str, status: int = 200) -> dict:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize("question", BAD)
def test_what_is_not_understood_is_said_in_a_sentence(client: Client, question: str) -> None:
    answer = client.get(f"/api/v1/notes?{question}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["status"], said["title"]) == (400, "Bad Request")
    assert said["detail"].endswith(".")


@pytest.mark.parametrize("path", ["cats", "notes/x", "cats/x", "notes/x/readings"])
def test_what_is_not_there_is_a_problem_too(client: Client, path: str) -> None:
    address = f"/api/v1/{path}"
    assert asked(client, address, 404)["status"] == 404
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"


def test_a_note_tells_its_words_only_where_both_are_agreed(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    free = post_note(station, "Read and used.")
    read_only = post_note(station, CANARY, research=False)
    post_note(station, CANARY, public=False)
    post_note(station, CANARY, public=False, research=False)
    told = {one["id"]: one for one in asked(client, "/api/v1/notes")["items"]}
    assert set(told) == {free.identifier, read_only.identifier}
    assert told[free.identifier]["words"] == "Read and used."
    assert told[read_only.identifier]["words"] is None
    assert told[read_only.identifier]["words_withheld"] == "not_for_research"
    assert CANARY not in client.get(f"/api/v1/notes/{read_only.identifier}/readings").text
    assert CANARY not in client.get("/api/v1/notes").text + client.get("/api/v1/tallies").text
    assert all(one["rights"]["statement"] for one in told.values())


def test_whoever_asks_gets_the_same_answer(
    client: Client, station: Station, post_note: Callable[..., Note], ada: Viewer, researcher: Viewer
) -> None:
    post_note(station, CANARY, public=False)
    said = client.get("/api/v1/notes").content
    for person in (ada.person, researcher.person):
        client.force_login(person)
        answer = client.get("/api/v1/notes")
        assert answer.content == said
        assert answer["Cache-Control"] == "no-cache"


def test_tallies_are_those_of_the_pages_and_show_the_challenge(
    client: Client, station: Station, post_note: Callable[..., Note], dee: Viewer
) -> None:
    for public in (True, False):
        post_note(station, "Yes.", public=public)
    against = post_note(station, "Who is not in the room?", mark=Mark.SQUARE)
    withdraw_note(post_note(station, "Gone.", by=dee), by=dee)
    (told,) = asked(client, "/api/v1/tallies?event=wall-day")["items"]
    tally = tally_of_board(station.board)
    assert told["marks"] == {mark: tally.marks[mark] for mark in Mark.values}
    assert (told["total"], told["withdrawn"]) == (tally.total, tally.withdrawn) == (3, 1)
    assert told["strongest_challenge"]["id"] == against.identifier


def test_an_answer_that_did_not_change_is_empty(
    client: Client, station: Station, post_note: Callable
) -> None:
    post_note(station)
    first = client.get("/api/v1/notes")
    again = client.get("/api/v1/notes", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    post_note(station, "More.")
    assert client.get("/api/v1/notes", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert first["X-Data-Version"] == first.json()["data_version"]


def test_it_can_be_looked_at_and_asked_from_another_website(client: Client) -> None:
    assert client.head("/api/v1/notes").content == b""
    assert client.head("/api/v1/notes").status_code == 200
    before = client.options("/api/v1/notes")
    assert (before.status_code, before["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert before["Access-Control-Allow-Headers"] == "If-None-Match"
    refused = client.put("/api/v1/notes")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "Set-Cookie" not in client.get("/api/v1/notes").headers


def test_sixty_questions_a_minute_and_then_a_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (LIMIT.most, LIMIT.seconds) == (60, 60)
    monkeypatch.setattr(api_views, "QUESTIONS", Limit("API questions in a test", 2, 10**9))
    statuses = [client.get("/api/v1/events").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get("/api/v1/events")
    assert int(refused["Retry-After"]) > 0
    assert refused["Content-Type"] == "application/problem+json"


LIMIT = api_views.QUESTIONS


def test_only_the_fields_asked_for(client: Client, station: Station, post_note: Callable) -> None:
    note = post_note(station)
    assert asked(client, "/api/v1/notes?fields=mark,url")["items"] == [
        {"id": note.identifier, "url": f"http://testserver/r/{note.identifier}/", "mark": "tick"}
    ]


def test_notes_are_narrowed_as_the_search_narrows_them(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    wanted = post_note(station, "Not power over us.", mark=Mark.SQUARE)
    post_note(station, "Biscuits.")
    for question in ("q=power", "mark=square", "mark=square&mark=heart", "event=wall-day&q=%22power+over%22"):
        found = asked(client, f"/api/v1/notes?{question}")["items"]
        assert [one["id"] for one in found] == [wanted.identifier]


def test_the_search_tells_what_the_page_finds_and_no_word_that_may_not_go(
    client: Client, walk: Walk, station: Station, post_note: Callable[..., Note]
) -> None:
    free = [post_note(station, f"Power {number}.") for number in range(3)]
    read_only = post_note(station, f"Power and {CANARY}", research=False)
    post_note(station, f"Power kept, {CANARY}", public=False)
    told = [one for page in walk("/api/v1/search?q=power&kind=note&limit=2") for one in page["items"]]
    assert sorted(one["id"] for one in told) == sorted(note.identifier for note in [*free, read_only])
    assert CANARY not in json.dumps(told)
    for wrong in ("q=power&x=1", "kind=cats", "after=x", "sort=odd", "cursor=x"):
        assert asked(client, f"/api/v1/search?{wrong}", 400)["detail"]


def test_what_has_no_title_of_its_own_is_told_by_its_kind(
    client: Client, station: Station, post_note: Callable[..., Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    post_note(station, "Power.")
    monkeypatch.setattr(finding, "_titles", lambda _hits: {})
    (one,) = asked(client, "/api/v1/search?q=power&kind=note")["items"]
    assert one["title"] == "Note"


def test_since_tells_what_changed_and_misses_nothing(
    client: Client, station: Station, post_note: Callable[..., Note], ben: Viewer
) -> None:
    old = post_note(station, "Old.")
    until = client.get("/api/v1/notes")["X-Settled-Until"]
    assert asked(client, f"/api/v1/notes?since={until}")["items"] == []
    correct_note(Note.objects.get(pk=old.pk), "Corrected.", by=ben)
    assert [one["words"] for one in asked(client, f"/api/v1/notes?since={until}")["items"]] == ["Corrected."]


@pytest.mark.parametrize("name", ["events", "notes", "tallies"])
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    client: Client, make_event: Callable[..., Event], make_board: Callable, post_note: Callable, name: str
) -> None:
    def fill(number: int) -> None:
        event = make_event(f"day-{number}")
        post_note(make_board(event=event).stations.get(), f"Words {number}.", mark=Mark.SQUARE)

    fill(0)
    client.get(f"/api/v1/{name}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/api/v1/{name}")
    fill(1)
    fill(2)
    with CaptureQueriesContext(connection) as three:
        assert len(asked(client, f"/api/v1/{name}")["items"]) == 3
    assert len(one) == len(three), sorted({q["sql"][:300] for q in three.captured_queries})


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["add", "change", "withdraw"]), st.integers(0, 8)), max_size=6))
def test_nobody_is_told_a_note_twice_or_not_at_all_while_rows_change(
    walk: Walk, station: Station, post_note: Callable[..., Note], ben: Viewer, acts: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        notes = [post_note(station, f"Words {number}.") for number in range(9)]
        withdrawn, told, coming = set(), [], iter(acts)
        for page in walk("/api/v1/notes?limit=2&fields=id"):
            told += [one["id"] for one in page["items"]]
            for what, number in list(coming)[:2]:
                note = Note.objects.get(pk=notes[number].pk)
                if what == "add":
                    post_note(station, f"New {len(told)}.")
                elif note.withdrawn_at is None and what == "change":
                    correct_note(note, f"Changed {len(told)}.", by=ben)
                elif note.withdrawn_at is None:
                    withdraw_note(note, by=ben)
                    withdrawn.add(note.identifier)
        assert len(told) == len(set(told))
        assert {note.identifier for note in notes} - withdrawn <= set(told)
        transaction.set_rollback(True)


def test_every_kind_answers_from_one_list_and_by_its_ids(client: Client) -> None:
    for name in KINDS:
        assert asked(client, f"/api/v1/{name}")["items"] == []


def test_removed_goes_from_page_to_page(
    walk: Walk, station: Station, post_note: Callable[..., Note], ben: Viewer
) -> None:
    notes = [post_note(station, f"Words {number}.") for number in range(5)]
    for note in notes:
        withdraw_note(note, by=ben)
    told = [one for page in walk("/api/v1/removed?limit=2") for one in page["items"]]
    assert [one["id"] for one in told] == [note.identifier for note in notes]
    assert "Words" not in json.dumps(told)
    assert {tuple(one) for one in told} == {("kind", "id", "since")}
