"""What came of each thing in a thread, as far as everybody may know it, and what is left once it ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from archive.thread.pieces import Kind
from archive.thread.threads import thread_of, thread_of_receipt
from events.models import Event
from journal.models import Citation
from outcomes.amendments import accept_amendment, mark_amendment, open_amendment, propose_amendment
from outcomes.calls import make_call
from outcomes.decisions import draft_decision, update_decision, withdraw_decision
from outcomes.declining import decline_notes
from outcomes.models import Amendment
from outcomes.standing import Standing
from outcomes.statements import draft_statement, withdraw_statement
from outcomes.themes import dissolve_theme, make_theme
from people.guests import Viewer
from principles.models import Principle
from responses.board import take_back_mark, take_down_note, withdraw_note
from responses.merges import merge_notes
from responses.models import Board, Note, Option, Station
from responses.moderation import hide_note
from responses.receipts import receipt_for
from tests.archive.threads import alone, everything, steps
from tests.cards import hold_cards, stand
from tests.outcomes.makers import decided, heard
from tests.polls import choose, hold_poll

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


@pytest.fixture
def amendment(principle: Principle, note: Note, ada: Viewer) -> Amendment:
    """Opened, to answer the note."""
    other = "Power is shared by all."
    draft = propose_amendment(principle, other, "People asked who.", by=ada, notes=[note])
    return open_amendment(draft, timezone.now() + timedelta(days=20), by=ada)


# What came of it


def test_a_note_that_nobody_answered_is_waiting(note: Note, ben: Viewer) -> None:
    piece = alone(thread_of(ben))
    assert piece.standing == Standing.WAITING
    assert piece.came == []


def test_the_way_from_a_note_to_the_decision_is_told_in_its_order(
    note: Note, ben: Viewer, ada: Viewer
) -> None:
    make_theme(note.board.event, "Who decides", by=ada, notes=[note])
    decision = decided(heard(note, ada), "will_do", ada)
    update_decision(decision, "The first list hangs.", by=ada, kind="done")
    piece = alone(thread_of(ben))
    assert steps(piece) == ["theme", "statement", "decision", "update"]
    assert piece.standing == Standing.ANSWERED
    assert [came.words for came in piece.came] == [
        "Who decides", "People ask who decides.", "We print a list.", "The first list hangs.",
    ]  # fmt: skip
    assert piece.came[2].what == "It was decided: We will do it"


def test_drafts_are_in_no_thread_not_even_of_who_writes_them(
    station: Station, post_note: Post, ada: Viewer, principle: Principle
) -> None:
    note = post_note(station, OWN, by=ada)
    event, statement = note.board.event, heard(note, ada)
    draft_statement(event, OTHERS, by=ada, notes=[note])
    draft_decision(event, "done", OTHERS, by=ada, statements=[statement])
    make_call(OTHERS, OTHERS, by=ada, event=event, statements=[statement])
    propose_amendment(principle, OTHERS, "Because.", by=ada, notes=[note])
    assert steps(alone(thread_of(ada))) == ["statement"]
    assert OTHERS not in everything(thread_of(ada))


def test_what_was_taken_back_says_so_and_counts_no_more(note: Note, ben: Viewer, ada: Viewer) -> None:
    statement = heard(note, ada)
    decision = decided(statement, "done", ada)
    withdraw_decision(decision, "It was not ours to say.", by=ada)
    assert "Taken back" in alone(thread_of(ben)).came[1].more[-1]
    assert alone(thread_of(ben)).standing == Standing.CITED
    withdraw_statement(statement, "We had misheard.", by=ada)
    piece = alone(thread_of(ben))
    assert piece.standing == Standing.WAITING
    assert "We had misheard." in piece.came[0].more[0]


def test_a_theme_taken_apart_is_not_told(note: Note, ben: Viewer, ada: Viewer) -> None:
    dissolve_theme(make_theme(note.board.event, "Who decides", by=ada, notes=[note]), by=ada)
    assert steps(alone(thread_of(ben))) == []


def test_a_declined_note_reads_why(note: Note, ben: Viewer, ada: Viewer) -> None:
    decline_notes([note], "The law says who decides.", by=ada)
    piece = alone(thread_of(ben))
    assert piece.standing == Standing.DECLINED
    assert [came.words for came in piece.came] == ["The law says who decides."]


def test_an_amendment_is_told_with_the_wording_it_made(
    note: Note, amendment: Amendment, ben: Viewer, dee: Viewer, ada: Viewer
) -> None:
    mark_amendment(amendment, "tick", by=ben)
    accept_amendment(amendment, "Twelve ticks and no challenge.", by=ada)
    said, marked = sorted(thread_of(ben).pieces, key=lambda piece: piece.kind != Kind.NOTE)
    assert [came.words for came in said.came] == ["Power is shared by all."] * 2
    assert thread_of(dee).total == 0
    assert marked.kind == Kind.AMENDMENT_MARK
    assert marked.marks == (("tick", "Agree"),)
    assert "Twelve ticks" in marked.came[0].words


def test_a_note_merged_into_another_has_what_came_of_that_one(
    station: Station, post_note: Post, ben: Viewer, dee: Viewer, ada: Viewer
) -> None:
    kept, double = post_note(station, "The same", by=dee), post_note(station, "The same", by=ben)
    merge_notes(kept, double, by=ada)
    heard(kept, ada)
    piece = alone(thread_of(ben))
    assert steps(piece) == ["statement"]
    assert piece.standing is None
    assert kept.label in piece.said[-1]


def test_a_text_that_cites_a_note_is_told_once_it_is_public(
    note: Note, ben: Viewer, make_event: Callable[..., Event]
) -> None:
    public = make_event("public-day", body="<p>We met.</p>")
    hidden = make_event("hidden-day", name=OTHERS, body="<p>We hid.</p>", status=Event.Status.DRAFT)
    for event in (public, hidden):
        Citation.objects.create(writing=event.writing, note=note, version=1)
    assert [came.address for came in alone(thread_of(ben)).came] == [public.get_absolute_url()]


# What ended


@pytest.mark.parametrize("end", ["withdraw", "take_down", "take_back"])
def test_a_note_that_ended_shows_its_tombstone_only(
    note: Note, station: Station, post_note: Post, ben: Viewer, ada: Viewer, end: str
) -> None:
    heard(note, ada)
    if end == "take_back":
        bare = post_note(station, "", mark="heart")
        take_back_mark(bare, by=ben)
        withdraw_note(note, by=ben)
    elif end == "withdraw":
        withdraw_note(note, by=ben)
    else:
        take_down_note(note, "It names somebody.", by=ada)
    for piece in thread_of(ben).pieces:
        assert piece.gone
        assert (piece.words, piece.marks, piece.said, list(piece.came), piece.standing) == (
            "",
            (),
            (),
            [],
            None,
        )
    assert OWN not in everything(thread_of(ben))
    assert OWN not in everything(thread_of_receipt(receipt_for(note.key)))


def test_a_hidden_note_says_why_and_counts_nowhere(note: Note, ben: Viewer) -> None:
    hide_note(note, "It names somebody.", by=None)
    piece = alone(thread_of(ben))
    assert piece.said == ("The organisers hid it: It names somebody.",)
    assert piece.standing is None


def test_a_choice_whose_words_were_taken_back_is_told_without_them(
    board: Board, ben: Viewer, dee: Viewer
) -> None:
    poll = hold_poll(board.event, "Bread", OTHERS)
    choose(poll, ben, "Bread", OTHERS)
    Option.objects.filter(text=OTHERS).update(moderation="hidden")
    piece = alone(thread_of(ben))
    assert piece.said == ("Bread", "One that cannot be read any more")


def test_what_was_done_at_an_event_that_is_a_draft_again_is_told_by_the_own_words_alone(
    board: Board, ben: Viewer
) -> None:
    choose(hold_poll(board.event, OTHERS), ben, OTHERS)
    stand(hold_cards(board.event, OTHERS), ben, "Yes")
    Event.objects.update(status=Event.Status.DRAFT)
    assert thread_of(ben).total == 0
