"""Acts on statements."""

from collections.abc import Callable

import pytest

from outcomes.models import Statement, StatementNote, Theme
from outcomes.statements import (
    UNCITED,
    cite_notes,
    cite_theme,
    correct_statement,
    draft_statement,
    edit_statement,
    publish_statement,
    uncite_note,
    withdraw_statement,
)
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Board, Note, Station
from responses.moderation import hide_note
from tests.outcomes.makers import heard

WORDS = "People ask who decides."


def acts_on(thing: Statement) -> list[str]:
    acts = Act.objects.filter(subject=thing.identifier).order_by("pk")
    return list(acts.values_list("verb", flat=True))


def test_a_statement_is_signed_and_cites_its_notes(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    notes = [post_note(station), post_note(station, "Name them.", public=False)]
    statement = draft_statement(station.board.event, f" {WORDS}\r\n", by=ada, notes=notes)
    assert (statement.text, statement.author) == (WORDS, ada.person)
    assert set(statement.notes.all()) == set(notes)
    assert acts_on(statement) == ["drafted", "cited_notes"]


def test_the_same_draft_sent_twice_is_one(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    first = draft_statement(station.board.event, WORDS, by=ada, notes=[note])
    again = draft_statement(station.board.event, WORDS, by=ada, notes=[note, note])
    assert again == first
    assert StatementNote.objects.count() == 1


def test_who_does_not_run_the_event_says_nothing_in_its_name(
    station: Station,
    post_note: Callable[..., Note],
    ada: Viewer,
    ben: Viewer,
    facilitator: Viewer,
    moderator: Viewer,
) -> None:
    note = post_note(station)
    statement = draft_statement(station.board.event, WORDS, by=ada)
    for act, *given in (
        (draft_statement, station.board.event, "Another."),
        (edit_statement, statement, "Another."),
        (cite_notes, statement, [note]),
        (uncite_note, statement, note),
        (publish_statement, statement),
        (correct_statement, statement, "Another.", "Because."),
        (withdraw_statement, statement, "Because."),
    ):
        for who in (ANYBODY, ben, facilitator, moderator):
            with pytest.raises(Refused, match="Only those who run this event"):
                act(*given, by=who)
    assert acts_on(statement) == ["drafted"]


def test_a_statement_without_words_is_none(make_event: Callable, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Say what you heard"):
        draft_statement(make_event(), " \n ", by=ada)
    with pytest.raises(Refused, match="3000 have to do"):
        draft_statement(make_event("other-day"), "a" * 3001, by=ada)


def test_only_notes_on_the_walls_of_its_event_are_cited(
    station: Station,
    post_note: Callable[..., Note],
    make_board: Callable[..., Board],
    make_event: Callable,
    ada: Viewer,
    ben: Viewer,
) -> None:
    elsewhere = make_board("Time", slug="other", event=make_event("other-day")).stations.get()
    gone, hidden, far = post_note(station), post_note(station, "Hidden."), post_note(elsewhere, "Far.")
    withdraw_note(gone, by=ben)
    hide_note(hidden, "It is a test.", by=ada)
    statement = draft_statement(station.board.event, WORDS, by=ada)
    for note in (gone, hidden, far):
        with pytest.raises(Refused, match="not on a wall of this event"):
            cite_notes(statement, [note], by=ada)
    assert not statement.cites.exists()


def test_citing_a_theme_cites_what_is_in_it_then(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer
) -> None:
    inside, gone, later = (post_note(station, f"Note {n}.") for n in range(3))
    theme = Theme.objects.create(event=station.board.event, name="Who decides", author=ada.person)
    theme.notes.set([inside, gone])
    withdraw_note(gone, by=ben)
    statement = draft_statement(station.board.event, WORDS, by=ada, themes=[theme])
    theme.notes.add(later)
    assert list(statement.notes.all()) == [inside]
    assert statement.cites.get().theme == theme
    assert cite_theme(statement, theme, by=ada) == 1
    assert cite_theme(statement, theme, by=ada) == 0


def test_a_theme_of_another_event_is_not_cited(station: Station, make_event: Callable, ada: Viewer) -> None:
    theme = Theme.objects.create(event=make_event("other-day"), name="Elsewhere", author=ada.person)
    with pytest.raises(Refused, match="not one of this event"):
        draft_statement(station.board.event, WORDS, by=ada, themes=[theme])
    assert not Statement.objects.exists()


def test_a_statement_is_published_only_with_a_note_that_stands(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer
) -> None:
    note = post_note(station)
    statement = draft_statement(station.board.event, WORDS, by=ada)
    with pytest.raises(Refused, match=str(UNCITED)):
        publish_statement(statement, by=ada)
    cite_notes(statement, [note], by=ada)
    withdraw_note(note, by=ben)
    with pytest.raises(Refused, match=str(UNCITED)):
        publish_statement(statement, by=ada)
    assert not Statement.objects.visible_to(ANYBODY).exists()


def test_publishing_twice_publishes_once(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    assert publish_statement(statement, by=ada).published_at == statement.published_at
    assert acts_on(statement).count("published") == 1


def test_what_is_public_is_corrected_and_keeps_what_it_said(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    with pytest.raises(Refused, match="Correct it"):
        edit_statement(statement, "People ask who pays.", by=ada)
    with pytest.raises(Refused, match="Say why"):
        correct_statement(statement, "People ask who pays.", " ", by=ada)
    correct_statement(statement, "People ask who pays.", "We misread POW-01.", by=ada)
    correct_statement(statement, "People ask who pays.", "Pressed twice.", by=ada)
    correct_statement(statement, "People ask who pays, and when.", "Shorter than the notes.", by=ada)
    said = list(statement.changes.order_by("number").values_list("number", "before", "why"))
    assert said == [
        (1, WORDS, "We misread POW-01."),
        (2, "People ask who pays.", "Shorter than the notes."),
    ]


def test_a_draft_is_changed_without_a_trail_of_words(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = draft_statement(station.board.event, WORDS, by=ada)
    with pytest.raises(Refused, match="is a draft"):
        correct_statement(statement, "Other.", "Why.", by=ada)
    assert edit_statement(statement, "People ask who pays.", by=ada).text == "People ask who pays."
    assert not statement.changes.exists()


def test_the_last_note_of_a_published_statement_stays(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer
) -> None:
    """Also where another one is cited that was withdrawn."""
    kept, gone = post_note(station), post_note(station, "Gone.")
    statement = heard(kept, ada)
    assert cite_notes(statement, [kept, gone], by=ada) == 1
    withdraw_note(gone, by=ben)
    with pytest.raises(Refused, match="at least one note"):
        uncite_note(statement, kept, by=ada)
    uncite_note(statement, gone, by=ada)
    uncite_note(statement, gone, by=ada)
    assert list(statement.notes.all()) == [kept]
    assert acts_on(statement).count("took_out_a_note") == 1


def test_what_is_taken_back_says_why_and_changes_no_more(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    statement = heard(note, ada)
    with pytest.raises(Refused, match="Say why"):
        withdraw_statement(statement, "", by=ada)
    gone = withdraw_statement(statement, "We misheard.", by=ada)
    assert withdraw_statement(statement, "Again.", by=ada).withdrawn_why == "We misheard."
    assert not gone.is_standing
    assert Statement.objects.visible_to(ANYBODY).get() == statement
    for act in (
        lambda: cite_notes(statement, [note], by=ada),
        lambda: correct_statement(statement, "Other.", "Why.", by=ada),
        lambda: publish_statement(statement, by=ada),
    ):
        with pytest.raises(Refused, match="taken back"):
            act()


def test_a_draft_is_for_those_who_run_the_event(
    station: Station, ada: Viewer, ben: Viewer, facilitator: Viewer, steward: Viewer
) -> None:
    statement = draft_statement(station.board.event, WORDS, by=ada)
    for who in (ANYBODY, ben, facilitator):
        assert not Statement.objects.visible_to(who).exists()
    for who in (ada, steward):
        assert Statement.objects.visible_to(who).get() == statement


def test_the_site_itself_may_say_what_was_heard(station: Station, post_note: Callable[..., Note]) -> None:
    statement = draft_statement(station.board.event, WORDS, by=None, notes=[post_note(station)])
    assert publish_statement(statement, by=None).author is None
