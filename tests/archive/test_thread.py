"""A thread: everything that is mine, nothing that is not, and what came of each."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from archive.exports import to_csv
from archive.thread.files import NAMES, as_json, rows_of
from archive.thread.pieces import Kind
from archive.thread.threads import thread_of, thread_of_receipt
from events.models import Event, Series
from journal.models import Citation
from journal.writing import write_at_once
from outcomes.amendments import mark_amendment, open_amendment, propose_amendment
from outcomes.calls import make_call, open_call
from outcomes.decisions import update_decision
from outcomes.declining import decline_notes
from outcomes.signatures import sign
from outcomes.standing import standings_of
from outcomes.themes import make_theme
from people.guests import ANYBODY, Viewer
from principles.models import Principle
from responses.board import withdraw_note
from responses.models import Board, Note, Participant, Station
from responses.receipts import receipt_for
from responses.stubs import print_stubs
from tests.archive.threads import alone, everything, steps
from tests.cards import hold_cards, stand
from tests.drawings import hang_one, hold_drawing
from tests.outcomes.makers import decided, heard
from tests.polls import choose, hold_poll, suggest
from tests.sent import make_open_post, say
from tests.stories import call_for, told

pytestmark = pytest.mark.django_db
OWN, OTHERS = "tawnygrebe", "coldharrier"
Post = Callable[..., Note]


@pytest.fixture
def note(station: Station, post_note: Post) -> Note:
    return post_note(station, OWN)


@pytest.fixture
def principle(station: Station, make_set: Callable) -> Principle:
    """What the station asks about."""
    found = make_set().principles.first()
    station.pairings.create(principle=found)
    return found


# Whose it is


def test_a_thread_has_what_was_left_with_this_cookie_and_nothing_of_others(
    station: Station, post_note: Post, ben: Viewer, dee: Viewer, ada: Viewer
) -> None:
    for who, words in ((ben, OWN), (dee, OTHERS), (ada, OTHERS)):
        leave_one_of_each(station, who, words, post_note)
    mine = thread_of(ben)
    assert {piece.kind for piece in mine.pieces} >= {
        Kind.NOTE, Kind.OPTION, Kind.CHOICE, Kind.STAND, Kind.PICTURE, Kind.COMMENT, Kind.STORY,
    }  # fmt: skip
    assert OWN in everything(mine)
    assert OTHERS not in everything(mine)


def leave_one_of_each(station: Station, who: Viewer, words: str, post_note: Post) -> None:
    event = station.board.event
    post_note(station, words, by=who)
    key = uuid4().hex[:6]
    poll = hold_poll(event, "Bread", phase="propose")
    suggest(poll, words, by=who)
    voted = hold_poll(event, f"Bread {words}")
    choose(voted, who, f"Bread {words}")
    stand(hold_cards(event, f"We share {words}."), who, "Yes")
    hang_one(hold_drawing(event), words, by=who)
    say(make_open_post(f"post-{key}"), words, by=who)
    told(call_for(None, title=f"Call {key}"), words, by=who)


def test_a_receipt_opens_its_own_note_and_no_other_of_the_same_hand(
    station: Station, note: Note, post_note: Post
) -> None:
    second = post_note(station, OTHERS)
    assert alone(thread_of_receipt(receipt_for(note.key))).identifier == note.identifier
    assert OTHERS not in everything(thread_of_receipt(receipt_for(note.key)))
    assert alone(thread_of_receipt(receipt_for(second.key))).identifier == second.identifier


def test_a_receipt_that_fits_nothing_has_no_thread(note: Note) -> None:
    assert thread_of_receipt("") is None
    assert thread_of_receipt("not a receipt") is None
    assert thread_of_receipt(receipt_for(uuid4())) is None
    assert thread_of(ANYBODY).total == 0


def test_a_receipt_joins_what_the_cookie_holds_and_is_not_counted_twice(
    station: Station, note: Note, post_note: Post, ben: Viewer, dee: Viewer
) -> None:
    elsewhere = post_note(station, OTHERS, by=dee)
    codes = [receipt_for(one.key) for one in (note, elsewhere)]
    both = list(thread_of(ben, codes).pieces)
    assert [piece.identifier for piece in both] == [note.identifier, elsewhere.identifier]
    assert [piece.own_address for piece in both] == [
        f"/my-notes/{note.identifier}/", f"/receipt/{codes[1]}/",
    ]  # fmt: skip


def test_each_kind_of_receipt_opens_what_it_was_given_for(board: Board, dee: Viewer) -> None:
    picture = hang_one(hold_drawing(board.event), OWN, by=dee)
    comment = say(make_open_post(), OWN, by=dee)
    story = told(call_for(None), OWN, by=dee).story
    print_stubs(board, by=None, each=1)
    sheet = board.stations.get().stubs.get()
    kinds = {Kind.PICTURE: picture, Kind.COMMENT: comment, Kind.STORY: story, Kind.SHEET: sheet}
    for kind, thing in kinds.items():
        assert alone(thread_of_receipt(receipt_for(thing.key))).kind == kind


def test_an_account_has_what_was_left_while_signed_in_and_the_calls_it_signed(
    station: Station, post_note: Post, ada: Viewer, steward: Viewer
) -> None:
    statement = heard(post_note(station, OWN, by=ada), ada)
    call = open_call(make_call("Show the money", "Print it.", by=ada, statements=[statement]), by=ada)
    address = {"email": ada.person.email, "kind": "person"}
    sign(call, by=ada, key=uuid4(), name="Ada", will_do="I print mine.", **address)
    mine = list(thread_of(ada).pieces)
    assert [piece.kind for piece in mine] == [Kind.NOTE, Kind.SIGNATURE]
    assert mine[1].words == "I print mine."
    assert "call" in steps(mine[0])
    assert thread_of(steward).total == 0


def test_when_the_link_to_whoever_wrote_is_dropped_the_receipt_still_finds_it(
    note: Note, ben: Viewer
) -> None:
    Participant.objects.all().delete()
    assert thread_of(ben).total == 0
    assert alone(thread_of_receipt(receipt_for(note.key))).words == OWN


# Order and numbers


def test_events_come_by_their_day_across_a_series_and_what_is_of_none_comes_last(
    make_board: Callable[..., Board], make_event: Callable[..., Event], post_note: Post, ben: Viewer
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    say(make_open_post(), OWN, by=ben)
    for number, date in ((2, "2020-01-01"), (1, "2019-01-01")):
        event = make_event(f"day-{number}", date=date, series=series, position=number)
        post_note(make_board(event=event).stations.get(), by=ben)
    apart = make_event("apart", date="2019-06-01")
    post_note(make_board(event=apart).stations.get(), by=ben)
    whole = thread_of(ben)
    assert [part.event.slug if part.event else "" for part in whole.parts] == ["day-1", "apart", "day-2", ""]
    assert [part.event.slug for part in whole.of_series("walks").parts] == ["day-1", "day-2"]
    assert whole.series == [series]
    assert whole.of_series("no-such").total == 0


def test_the_numbers_of_a_thread_are_those_of_its_notes(
    station: Station, post_note: Post, ben: Viewer, ada: Viewer
) -> None:
    made = [post_note(station, f"Words {number}") for number in range(5)]
    decided(heard(made[0], ada), "done", ada)
    heard(made[1], ada)
    decline_notes([made[2]], "No.", by=ada)
    withdraw_note(made[4], by=ben)
    whole = thread_of(ben)
    assert whole.standings == standings_of(Note.objects.of(ben))
    assert (whole.total, whole.gone, whole.standings.total) == (5, 1, 4)


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_of_a_thread_do_not_grow(
    station: Station,
    post_note: Post,
    principle: Principle,
    ada: Viewer,
    number: int,
    django_assert_num_queries: Callable,
) -> None:
    for each in range(number):
        leave_one_of_each(station, ada, f"Words {each}", post_note)
        note = Note.objects.get(text=f"Words {each}")
        make_theme(station.board.event, f"Theme {each}", by=ada, notes=[note])
        statement = heard(note, ada, f"Heard {each}")
        update_decision(decided(statement, "done", ada, f"Done {each}"), "It stands.", by=ada)
        open_call(make_call(f"Call {each}", "Come.", by=ada, statements=[statement]), by=ada)
        draft = propose_amendment(principle, f"Other {each}", "Why.", by=ada, notes=[note])
        mark_amendment(open_amendment(draft, timezone.now() + timedelta(days=9), by=ada), "tick", by=ada)
        text = make_open_post(f"text-{each}")
        write_at_once(text, "<p>We met.</p>", by=ada)
        Citation.objects.create(writing=text.writing, note=note, version=1)
    with django_assert_num_queries(27):
        thread_of(ada)


# Files


def test_the_files_hold_the_same_and_no_receipt(
    station: Station, post_note: Post, note: Note, ben: Viewer, ada: Viewer
) -> None:
    decided(heard(note, ada), "done", ada)
    post_note(station, "=1+1")
    code = receipt_for(note.key)
    whole = thread_of(ben, [code])
    rows = list(rows_of(whole))
    assert [list(row) for row in rows] == [list(NAMES)] * 3
    assert [row["outcome"] for row in rows] == [
        "The organisers said they heard it", "It was decided: Done", None,
    ]  # fmt: skip
    kept = json.loads(as_json(whole))["thread"]
    assert [len(piece["came"]) for part in kept for piece in part["pieces"]] == [2, 0]
    table = b"".join(to_csv(rows_of(whole), NAMES)).decode()
    for secret in (code, note.receipt_hash, ben.guest_key):
        assert secret not in table + everything(whole)
