"""The counts that the database keeps are those of the notes, whatever anybody does, in whatever order."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from coproduce.work.overview import overview
from events.models import Event
from events.record import announce_event
from people.consent import consent_given
from people.guests import Viewer
from people.models import Act, Person
from people.refusals import Refused
from principles.models import Principle, PrincipleSet
from responses.board import (
    add_note,
    change_consent,
    correct_note,
    take_back_mark,
    take_down_note,
    withdraw_note,
)
from responses.hands import count_hands, take_back_hands
from responses.imports import import_transcript
from responses.kept_counts import ask_for_a_check, check_kept_counts, differences, mend_tallies
from responses.merges import keep_apart, merge_notes
from responses.models import Board, HandCount, Mark, Note, Station, TallyRow
from responses.moderation import hide_note, show_note, undo_hiding
from responses.readings.ruling import accept_own_reading, reopen_note
from responses.room import change_phase, change_settings, close_activity, open_activity
from responses.tallies import kept_tallies, kept_tally, tallies_by, tally_of
from tests.responses.test_races import at_once
from tests.tries import tries

BY_NOTES_AND_ROWS = (
    ("station", "station"),
    ("board__event", "station__board__event"),
    ("station__pairings__principle", "station__pairings__principle"),
)
AUTHORS = (Viewer(guest_key="ben"), Viewer(guest_key="dee"))
author, mark = st.sampled_from(AUTHORS), st.sampled_from([Mark.TICK, Mark.SQUARE])
Post = Callable[..., Note]


def assert_kept() -> None:
    """Kept counts are the counts: row by row, and as tallies of whatever they are added up to."""
    assert differences() == []
    assert kept_tally(TallyRow.objects.all()) == tally_of(Note.objects.all())
    for of_note, of_row in BY_NOTES_AND_ROWS:
        kept, counted = kept_tallies(TallyRow.objects.all(), of_row), tallies_by(Note.objects.all(), of_note)
        assert kept == {key: tally for key, tally in counted.items() if key in kept}
        assert all(tally.total == 0 for key, tally in counted.items() if key not in kept)


class Kept(RuleBasedStateMachine):
    """Two stations, one of which asks about two principles, and everything that is done to notes."""

    notes = Bundle("notes")
    counts = Bundle("counts")

    @initialize()
    def open_a_board(self) -> None:
        self.ada = Viewer(person=Person.objects.create_user(f"{uuid4()}@example.org", name="Ada"))
        self.event = announce_event(
            by=None, organisers=[self.ada.person], slug=f"day-{uuid4()}", name="Day", date="2019-03-06",
            status="in_progress",
        )  # fmt: skip
        self.board = Board.objects.create(event=self.event, slug="wall", name="Wall")
        self.stations = [
            Station.objects.create(board=self.board, heading=heading, code=heading[:3].upper(), position=at)
            for at, heading in enumerate(("Power", "Time"), 1)
        ]
        made = PrincipleSet.objects.create(slug=f"set-{uuid4().hex[:8]}", name="Lanterns")
        for at in (1, 2):
            principle = Principle.objects.create(set=made, position=at, name=f"P{at}", slug=f"p-{at}")
            self.stations[0].pairings.create(principle=principle)
        open_activity(self.board, by=self.ada)
        # All runs share one transaction: what is counted at its start as empty would be searched row by row.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    @rule(target=notes, by=author, words=st.sampled_from(["", "one", "two"]), mark=mark, at=st.integers(0, 1))
    def post(self, by: Viewer, words: str, mark: str, at: int) -> Note:
        consent = consent_given(public=True, research=at == 0)
        try:
            facts = {"key": uuid4(), "mark": mark, "consent": consent, "words": words}
            return add_note(self.stations[at], by=by, **facts).note
        except Refused:
            return multiple()

    @rule(note=notes, by=author, words=st.sampled_from(["", "one", "three"]))
    def correct(self, note: Note, by: Viewer, words: str) -> None:
        self._try(lambda: correct_note(note, words, by=by))

    @rule(note=notes, by=author, public=st.booleans(), research=st.booleans())
    def change_consent(self, note: Note, by: Viewer, public: bool, research: bool) -> None:
        self._try(lambda: change_consent(note, consent_given(public=public, research=research), by=by))

    @rule(note=notes, by=author, act=st.sampled_from([withdraw_note, take_back_mark]))
    def end(self, note: Note, by: Viewer, act: Callable[..., None]) -> None:
        self._try(lambda: act(note, by=by))

    @rule(note=notes)
    def take_down(self, note: Note) -> None:
        self._try(lambda: take_down_note(note, "Not here.", by=self.ada))

    @rule(note=notes)
    def hide(self, note: Note) -> None:
        self._try(lambda: hide_note(note, "Not now.", by=self.ada))

    @rule(note=notes, act=st.sampled_from([undo_hiding, show_note]))
    def show(self, note: Note, act: Callable[..., None]) -> None:
        self._try(lambda: act(note, by=self.ada))

    @rule(one=notes, other=notes, act=st.sampled_from([merge_notes, merge_notes, keep_apart]))
    def merge_or_part(self, one: Note, other: Note, act: Callable[..., None]) -> None:
        self._try(lambda: act(one, other, by=self.ada))

    @rule(note=notes, words=st.sampled_from(["[no text]", "read so", "[illegible]", "half [...]"]), mark=mark)
    def rule_on(self, note: Note, words: str, mark: str) -> None:
        self._try(lambda: accept_own_reading(note, words, by=self.ada, mark=mark))

    @rule(note=notes)
    def reopen(self, note: Note) -> None:
        self._try(lambda: reopen_note(note, "Look again.", by=self.ada))

    @rule(target=counts, mark=mark, number=st.integers(1, 4))
    def count_in_the_room(self, mark: str, number: int) -> HandCount:
        return count_hands(self.stations[1], by=self.ada, key=uuid4(), mark=mark, number=number).count

    @rule(count=counts)
    def take_hands_back(self, count: HandCount) -> None:
        self._try(lambda: take_back_hands(count, by=self.ada))

    @rule(target=notes)
    def import_a_wall(self) -> Note:
        text = f"Power (2)\n\n- five {uuid4().hex[:6]}\n- [no text]\n"
        import_transcript(self.event, text, by=self.ada, board=self.board)
        return Note.objects.filter(board=self.board).latest("pk")

    @rule(phase=st.sampled_from(["collect", "reveal"]), covers=st.booleans(), waits=st.booleans())
    def go_on(self, phase: str, covers: bool, waits: bool) -> None:
        change_settings(self.board, by=self.ada, hides_until_reveal=covers, is_premoderated=waits)
        change_phase(self.board, phase, by=self.ada)

    @rule(act=st.sampled_from([close_activity, open_activity]))
    def open_or_close(self, act: Callable[..., None]) -> None:
        act(self.board, by=self.ada)

    @invariant()
    def the_counts_are_kept(self) -> None:
        assert_kept()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Refused:
            return


@pytest.mark.usefixtures("db")
def test_kept_counts_are_the_counts_whatever_is_done() -> None:
    Kept.TestCase.settings = settings(
        max_examples=tries(20), stateful_step_count=30, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    Kept.TestCase().runTest()


@pytest.mark.django_db(transaction=True)
def test_kept_counts_are_the_counts_when_many_act_at_once(
    make_board: Callable[..., Board], post_note: Post
) -> None:
    one, other = make_board("Power", "Time").stations.all()
    people = [Viewer(guest_key=f"guest {index}") for index in range(12)]

    def act(index: int) -> None:
        station, by = (one, other)[index % 2], people[index]
        note = post_note(station, f"Note {index}", by=by)
        post_note((other, one)[index % 2], "", by=by, mark=Mark.SQUARE)
        correct_note(note, "Said again", by=by)
        if index % 3 == 0:
            withdraw_note(note, by=by)

    at_once(12, act)
    assert_kept()
    assert kept_tally(TallyRow.objects.all()).total == 12 + 8


@pytest.mark.django_db(transaction=True)
def test_statements_that_move_notes_of_the_same_stations_at_once_do_not_lock_each_other_out(
    make_board: Callable[..., Board], post_note: Post
) -> None:
    """Each has notes of its own, and all share the kept counts."""
    stations = list(make_board(*(f"{at} sides" for at in range(8))).stations.all())
    own = [[post_note(station, "One").pk for station in stations[:: 1 if at % 2 else -1]] for at in range(4)]

    def move(index: int) -> None:
        for moderation in ("hidden", "shown", "waiting") * 3:
            Note.objects.filter(pk__in=own[index]).update(moderation=moderation)

    at_once(4, move)
    assert_kept()
    assert kept_tally(TallyRow.objects.all()).waiting == 32


@pytest.mark.django_db
def test_an_event_that_becomes_a_draft_is_counted_for_those_who_run_it_alone(
    station: Station, post_note: Post, ada: Viewer, cleo: Viewer
) -> None:
    post_note(station)
    Event.objects.update(status=Event.Status.DRAFT)
    assert kept_tally(TallyRow.objects.visible_to(cleo)).total == 0
    assert kept_tally(TallyRow.objects.visible_to(ada)).total == 1


@pytest.mark.django_db
def test_a_faulty_count_is_told_and_mended(
    station: Station, post_note: Post, capsys: pytest.CaptureFixture
) -> None:
    post_note(station)
    post_note(station, "", mark=Mark.SQUARE)
    call_command("check_tallies")
    assert "Every kept count is the number of its notes." in capsys.readouterr().out
    TallyRow.objects.filter(mark=Mark.TICK).update(number=7)
    TallyRow.objects.filter(mark=Mark.SQUARE).delete()
    with pytest.raises(SystemExit) as ended:
        call_command("check_tallies")
    assert ended.value.code == 1
    told = capsys.readouterr().out
    assert "7 kept, 1 counted" in told
    assert "0 kept, 1 counted" in told
    call_command("check_tallies", "--mend")
    assert "2 kept counts were put right." in capsys.readouterr().out
    assert_kept()
    assert Act.objects.filter(verb="tallies_mended", subject=station.identifier).exists()


@pytest.mark.django_db
def test_a_change_that_no_trigger_saw_is_found(station: Station, post_note: Post) -> None:
    note = post_note(station)
    with connection.cursor() as cursor:
        # What is still to be checked at the end of the transaction would forbid the next statement.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE responses_note DISABLE TRIGGER tally_rows_moved")
        Note.objects.filter(pk=note.pk).update(mark=Mark.SQUARE)
        cursor.execute("ALTER TABLE responses_note ENABLE TRIGGER tally_rows_moved")
    assert [(one.mark, one.kept, one.counted) for one in differences()] == [("square", 0, 1), ("tick", 1, 0)]
    assert len(mend_tallies(by=None)) == 2
    assert_kept()


@pytest.mark.django_db
def test_the_counts_are_checked_once_a_day_and_a_fault_stands_where_a_steward_sees_it(
    station: Station, post_note: Post, do_work: Callable[[], int]
) -> None:
    post_note(station)
    ask_for_a_check(), ask_for_a_check()
    assert DBTaskResult.objects.filter(task_path=check_kept_counts.module_path).count() == 1
    do_work()
    assert overview().failed == []
    DBTaskResult.objects.all().delete()
    TallyRow.objects.update(number=7)
    ask_for_a_check()
    do_work()
    (failed,) = overview().failed
    assert (failed.what, failed.trouble) == ("Check kept counts", "CountsDiffer")


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 3])
def test_tallies_of_the_archive_take_one_query_however_many_stations(
    make_board: Callable[..., Board], post_note: Post, django_assert_num_queries: Callable, how_many: int
) -> None:
    for station in make_board(*("Power", "Time", "Care")[:how_many]).stations.all():
        post_note(station)
    with django_assert_num_queries(1):
        assert len(kept_tallies(TallyRow.objects.all(), "station")) == how_many
