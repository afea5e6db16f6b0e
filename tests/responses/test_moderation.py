"""Notes that wait, are shown, hidden with a reason, put back or pinned: nothing passes unseen."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import correct_note, take_back_mark, withdraw_note
from responses.hands import count_hands
from responses.imports import import_transcript
from responses.models import Board, Mark, Note, Reading, Station
from responses.moderation import (
    hide_note,
    pin_note,
    show_note,
    undo_hiding,
    undo_showing,
    unpin_note,
)
from responses.room import change_settings
from responses.tallies import tally_of_board

Post = Callable[..., Note]


@pytest.fixture
def moderated(station: Station, ada: Viewer) -> Station:
    """A station of a board where words wait."""
    change_settings(station.board, by=ada, is_premoderated=True)
    return station


def state(note: Note) -> str:
    note.refresh_from_db()
    return note.moderation


def is_seen(note: Note) -> bool:
    """Whether anybody at all may read it."""
    return Note.objects.visible_to(ANYBODY).on_the_wall().filter(pk=note.pk).exists()


def test_words_wait_and_a_mark_alone_goes_up_at_once(moderated: Station, post_note: Post) -> None:
    words, mark = post_note(moderated, "Please look."), post_note(moderated, "")
    assert (state(words), state(mark)) == ("waiting", "shown")
    assert not is_seen(words)
    tally = tally_of_board(moderated.board)
    assert (tally.total, tally.waiting) == (1, 1)


def test_organisers_wait_for_an_organiser_too(moderated: Station, post_note: Post, ada: Viewer) -> None:
    assert state(post_note(moderated, "Mine.", by=ada)) == "waiting"


def test_a_note_is_shown_by_an_organiser_alone(
    moderated: Station, post_note: Post, ada: Viewer, ben: Viewer, researcher: Viewer
) -> None:
    note = post_note(moderated)
    for stranger in (ben, researcher, ANYBODY):
        for act in (show_note, undo_hiding, undo_showing, pin_note, unpin_note):
            with pytest.raises(Refused, match="moderate this event"):
                act(note, by=stranger)
        with pytest.raises(Refused, match="moderate this event"):
            hide_note(note, "Because.", by=stranger)
    show_note(note, by=ada)
    assert is_seen(note)


def test_hiding_needs_a_reason_that_its_writer_is_shown(
    station: Station, post_note: Post, ada: Viewer, client: Client
) -> None:
    note = post_note(station)
    with pytest.raises(Refused, match="Say why"):
        hide_note(note, "  ", by=ada)
    with pytest.raises(Refused, match="301 characters"):
        hide_note(note, "n" * 301, by=ada)
    hide_note(note, "It names a neighbour.", by=ada)
    assert not is_seen(note)
    note.refresh_from_db()
    assert (note.moderation, note.moderation_why) == ("hidden", "It names a neighbour.")


def test_undoing_puts_a_note_back_where_it_was(moderated: Station, post_note: Post, ada: Viewer) -> None:
    note = post_note(moderated)
    hide_note(note, "Not now.", by=ada)
    undo_hiding(note, by=ada)
    assert state(note) == "waiting", "nobody had shown it"
    show_note(note, by=ada)
    hide_note(note, "Not now.", by=ada)
    undo_hiding(note, by=ada)
    assert state(note) == "shown"
    undo_showing(note, by=ada)
    assert state(note) == "waiting"
    hide_note(note, "Not now.", by=ada)
    undo_hiding(note, by=ada)
    assert state(note) == "waiting"


def test_where_nothing_waits_undoing_puts_a_note_back_on_the_wall(
    station: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(station)
    correct_note(note, "Say who decides, and when.", by=ben)
    hide_note(note, "Not now.", by=ada)
    undo_hiding(note, by=ada)
    assert state(note) == "shown"


def test_a_double_tap_on_undo_does_it_once(moderated: Station, post_note: Post, ada: Viewer) -> None:
    note = post_note(moderated)
    show_note(note, by=ada)
    hide_note(note, "Not now.", by=ada)
    for _ in range(2):
        undo_hiding(note, by=ada)
    assert state(note) == "shown"


def test_new_words_for_a_shown_note_wait_again(
    moderated: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(moderated, "Harmless.")
    show_note(note, by=ada)
    correct_note(note, "Not harmless.", by=ben)
    assert state(note) == "waiting"


def test_new_words_for_a_hidden_note_are_looked_at_wherever_it_was_hidden(
    station: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(station, "It was Jo.")
    hide_note(note, "It names somebody.", by=ada)
    correct_note(note, "It was somebody.", by=ben)
    note.refresh_from_db()
    assert (note.moderation, note.moderation_why) == ("waiting", "It names somebody.")
    show_note(note, by=ada)
    note.refresh_from_db()
    assert (note.moderation, note.moderation_why) == ("shown", "")


def test_nobody_shows_words_they_have_not_seen(
    moderated: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(moderated, "Harmless.")
    correct_note(note, "Not harmless.", by=ben)
    with pytest.raises(Refused, match="Read it again"):
        show_note(note, by=ada, reading=1)
    assert state(note) == "waiting"
    show_note(note, by=ada, reading=2)


@pytest.mark.parametrize("before", ["waiting", "hidden"])
def test_words_that_were_never_shown_stay_out_of_the_readings(
    station: Station, post_note: Post, ada: Viewer, ben: Viewer, client: Client, before: str
) -> None:
    change_settings(station.board, by=ada, is_premoderated=before == "waiting")
    note = post_note(station, "Canary words.")
    if before == "hidden":
        hide_note(note, "It names somebody.", by=ada)
    correct_note(note, "Mild words.", by=ben)
    show_note(note, by=ada)
    page = client.get(note.get_absolute_url())
    assert "Mild words." in page.text
    assert "Canary" not in page.text
    assert client.get(reverse("note_version", args=[note.identifier, 1])).status_code == 404
    client.force_login(ada.person)
    assert "Canary" in client.get(reverse("note_version", args=[note.identifier, 1])).text
    assert Reading.objects.visible_to(ben).filter(note=note).count() == 2


def test_imported_words_wait_too(board: Board, ada: Viewer) -> None:
    change_settings(board, by=ada, is_premoderated=True)
    import_transcript(board.event, "Power (2)\n\n- Say who decides.\n- [no text]\n", by=ada, board=board)
    tally = tally_of_board(board)
    assert (tally.total, tally.waiting) == (1, 1)


def test_imported_words_go_nowhere_where_under_18s_take_part(board: Board, ada: Viewer) -> None:
    change_settings(board, by=ada, may_include_under_18s=True)
    import_transcript(board.event, "Power (1)\n\n- Say who decides.\n", by=ada, board=board)
    note = Note.objects.get()
    assert (note.moderation, note.consent.public) == ("waiting", False)


# Pinning


def test_only_one_note_is_pinned_and_only_from_the_wall(
    moderated: Station, post_note: Post, ada: Viewer
) -> None:
    first, second = post_note(moderated, "One."), post_note(moderated, "Two.")
    with pytest.raises(Refused, match="Show it first"):
        pin_note(first, by=ada)
    for note in (first, second):
        show_note(note, by=ada)
        pin_note(note, by=ada)
    moderated.board.refresh_from_db()
    assert moderated.board.pinned_note == second
    unpin_note(first, by=ada)
    moderated.board.refresh_from_db()
    assert moderated.board.pinned_note == second
    unpin_note(second, by=ada)
    moderated.board.refresh_from_db()
    assert moderated.board.pinned_note is None


@pytest.mark.parametrize("leaving", ["hidden", "put back", "corrected", "withdrawn"])
def test_a_note_that_leaves_the_wall_is_pinned_no_longer(
    moderated: Station, post_note: Post, ada: Viewer, ben: Viewer, leaving: str
) -> None:
    note = post_note(moderated)
    show_note(note, by=ada)
    pin_note(note, by=ada)
    leave = {
        "hidden": lambda: hide_note(note, "Not now.", by=ada),
        "put back": lambda: undo_showing(note, by=ada),
        "corrected": lambda: correct_note(note, "Other words.", by=ben),
        "withdrawn": lambda: withdraw_note(note, by=ben),
    }
    leave[leaving]()
    moderated.board.refresh_from_db()
    assert moderated.board.pinned_note is None


def test_a_covered_note_is_not_pinned(station: Station, post_note: Post, ada: Viewer) -> None:
    change_settings(station.board, by=ada, hides_until_reveal=True)
    with pytest.raises(Refused, match="everybody can see"):
        pin_note(post_note(station), by=ada)


# What is left of them


def test_a_withdrawn_note_is_neither_shown_nor_hidden_nor_pinned(
    moderated: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(moderated)
    hide_note(note, "It says so and so.", by=ada)
    withdraw_note(note, by=ben)
    for act in (show_note, undo_hiding, undo_showing, pin_note):
        with pytest.raises(Refused, match="withdrawn meanwhile"):
            act(note, by=ada)
    note.refresh_from_db()
    assert note.moderation_why == "", "a reason may quote what was withdrawn"


def test_a_mark_that_was_hidden_can_be_taken_back(
    station: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(station, "", mark=Mark.SQUARE)
    hide_note(note, "A slip.", by=ada)
    take_back_mark(note, by=ben)
    assert tally_of_board(station.board).hidden == 0


def test_every_act_is_a_row_with_who_and_why_and_none_is_changed_after(
    moderated: Station, post_note: Post, ada: Viewer
) -> None:
    note = post_note(moderated)
    acts = Act.objects.filter(subject=note.identifier).order_by("pk")
    kept: list[tuple] = []
    for act in (
        lambda: show_note(note, by=ada),
        lambda: hide_note(note, "It names somebody.", by=ada),
        lambda: undo_hiding(note, by=ada),
        lambda: pin_note(note, by=ada),
        lambda: unpin_note(note, by=ada),
        lambda: undo_showing(note, by=ada),
    ):
        act()
        rows = list(acts.values_list())
        assert rows[: len(kept)] == kept
        assert len(rows) == len(kept) + 1
        kept = rows
    said = list(acts.values_list("verb", "person__name", "why"))
    assert said == [
        ("note_shown", "Ada", ""),
        ("note_hidden", "Ada", "It names somebody."),
        ("note_shown", "Ada", "Hiding undone."),
        ("note_pinned", "Ada", ""),
        ("note_unpinned", "Ada", ""),
        ("note_hidden", "Ada", "Back in the queue."),
    ]
    kinds = moderated.board.changes.filter(note=note).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["note_added", *(verb for verb, _, _ in said)]


def test_one_hand_of_a_count_is_not_moderated_alone(station: Station, ada: Viewer) -> None:
    """Its card on the wall stands for all of them, and would go with it."""
    count = count_hands(station, by=ada, key=uuid4(), mark=Mark.TICK, number=3).count
    hand = count.notes.first()
    with pytest.raises(Refused, match="Take the whole count back"):
        hide_note(hand, "A slip.", by=ada)
    assert state(hand) == "shown"
