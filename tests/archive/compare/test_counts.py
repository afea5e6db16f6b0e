"""What is compared is counted as the pages count it, and from the kept counts."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.compare.counts import by_event, by_principle
from archive.compare.principles import across_events, figure_of
from archive.compare.sets import compared
from events.models import Event
from outcomes.contested import made_of
from people.guests import ANYBODY, Viewer
from principles.models import Principle, Wording
from responses.answers import answers_to
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note
from responses.tallies import Tally, tally_of
from tests.tries import tries

NOTES = st.lists(
    st.tuples(
        st.integers(0, 1),  # the station
        st.sampled_from([mark for mark in Mark if mark != Mark.NOT_RECORDED]),
        st.booleans(),  # public
        st.sampled_from(["stands", "withdrawn", "hidden", "pinned to the other too", "moved"]),
    ),
    max_size=8,
)


def made_up(stations: list[Station], notes: list[tuple], post_note: Callable[..., Note], ben: Viewer) -> None:
    Note.objects.all().delete()
    wordings = list(Wording.objects.order_by("principle__position"))
    for number, (at, mark, public, what) in enumerate(notes):
        note = post_note(stations[at], f"Line {number}.", mark=mark, public=public)
        if what == "withdrawn":
            withdraw_note(note, by=ben)
        elif what == "hidden":
            hide_note(note, "It names somebody.", by=None)
        elif what == "pinned to the other too":
            note.wordings.add(*wordings)
        elif what == "moved":
            note.wordings.set([wordings[1 - at]])


def same(one: Tally, other: Tally) -> bool:
    """By everything that a comparison counts; it leaves where notes came from to the pages."""
    facts = ("marks", "withdrawn", "hidden", "waiting", "merged", "covered")
    return all(getattr(one, fact) == getattr(other, fact) for fact in facts)


@settings(max_examples=tries(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=NOTES)
def test_the_figures_are_those_of_the_pages(
    stations: list[Station], post_note: Callable[..., Note], ben: Viewer, ada: Viewer, notes: list[tuple]
) -> None:
    made_up(stations, notes, post_note, ben)
    for viewer in (ANYBODY, ben, ada):
        for principle in Principle.objects.select_related("set"):
            answers, across = answers_to(principle, viewer), across_events(principle, viewer)
            assert [one.event for one in across.events] == [event for event, _ in answers.by_event]
            for one, (_, tally) in zip(across.events, answers.by_event, strict=True):
                assert same(one.counted.tally, tally)
                assert one.counted.tally.text_states == tally.text_states
            assert (across.agreement, across.challenge) == (answers.agreement, answers.challenge)
            for of in ("marks", "words", "wordings"):
                assert figure_of(across, of).sums.total == answers.tally.total
        events = Event.objects.visible_to(viewer)
        for one in made_of(Principle.objects.all(), viewer, events):
            counted = by_principle([one.principle.pk], viewer).get((one.principle.pk,))
            assert same(counted.tally if counted else Tally(), one.tally)


@settings(max_examples=tries(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=NOTES)
def test_over_time_every_note_counts_once(
    stations: list[Station], post_note: Callable[..., Note], ben: Viewer, notes: list[tuple]
) -> None:
    made_up(stations, notes, post_note, ben)
    events, whole = Event.objects.visible_to(ANYBODY), tally_of(Note.objects.all())
    principles = [principle.pk for principle in Principle.objects.all()]
    for chosen in (None, principles):
        (counted,) = by_event(events, ANYBODY, chosen).values() if notes else [None]
        assert same(counted.tally if counted else Tally(), whole)


def test_the_wordings_add_up_to_the_notes(
    power: Principle, stations: list[Station], post_note: Callable[..., Note]
) -> None:
    post_note(stations[0], "On the first.")
    newer = power.wordings.create(version=2, text="Power is passed on.", status="checked")
    post_note(stations[0], "On the second.")
    post_note(stations[0], "On both.").wordings.add(newer, power.wordings.get(version=1))
    post_note(stations[0], "On none.").wordings.clear()
    figure = figure_of(across_events(power, ANYBODY), "wordings")
    assert [column.name for column in figure.columns] == ["wording_2", "wording_1", "none_on_record"]
    assert figure.lines[0].values == (2, 1, 1)


def test_what_a_board_covers_is_not_counted(power: Principle, answered: list[Note]) -> None:
    Board.objects.update(hides_until_reveal=True)
    assert figure_of(across_events(power, ANYBODY)).sums.total == 0
    assert all(one.counted.tally.total == 0 for one in compared(None, ANYBODY))
    assert sum(one.tally.total for one in by_event(Event.objects.all(), ANYBODY).values()) == 0


def test_an_event_in_draft_counts_for_those_who_run_it_alone(
    power: Principle, answered: list[Note], ada: Viewer
) -> None:
    Event.objects.update(status=Event.Status.DRAFT)
    assert across_events(power, ANYBODY).events == []
    assert all(one.counted.tally.total == 0 for one in compared(None, ANYBODY))
    assert by_event(Event.objects.visible_to(ANYBODY), ANYBODY) == {}
    assert figure_of(across_events(power, ada)).sums.total == 3


@pytest.mark.parametrize("young", [True, False])
def test_the_part_of_boards_with_under_18s_is_known(
    power: Principle, answered: list[Note], young: bool
) -> None:
    Board.objects.update(may_include_under_18s=young)
    (one,) = across_events(power, ANYBODY).events
    assert one.counted.young.total == (3 if young else 0)
    assert figure_of(across_events(power, ANYBODY)).is_kept_back is young
