"""No way round moderation: whatever people do, in whatever order, no word is seen that nobody showed.

Runs of random steps on one board where words wait, by people who answer, by those who run it,
with old tabs and doubled requests. After every step, what anybody and everybody in the room
can see is compared with what was shown by hand.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from archive.rows import Export
from events.record import announce_event
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Person
from people.refusals import Refused
from responses.board import add_note, change_consent, correct_note, take_back_mark, withdraw_note
from responses.imports import import_transcript
from responses.models import Board, Mark, Note, Reading, Station
from responses.moderation import hide_note, pin_note, show_note, undo_hiding, undo_showing
from responses.room import (
    change_phase,
    change_settings,
    close_activity,
    lock_station,
    open_activity,
    unlock_station,
)
from responses.tallies import tally_of_board
from tests.tries import tries

RUNS, STEPS = tries(50), 40
AUTHORS = (Viewer(guest_key="ben"), Viewer(guest_key="dee"))
WITNESS = Viewer(guest_key="witness")  # sits in the room and leaves nothing
WORDS = st.sampled_from(["", "one", "two", "three", "four"])
author = st.sampled_from(AUTHORS)


class Moderated(RuleBasedStateMachine):
    """A pre-moderated board. `shown` holds every (note, words) that an organiser put on the wall."""

    notes = Bundle("notes")

    @initialize()
    def open_a_board(self) -> None:
        self.ada = Viewer(person=Person.objects.create_user(f"{uuid4()}@example.org", name="Ada"))
        event = announce_event(
            by=None, organisers=[self.ada.person], slug=f"day-{uuid4()}", name="Day", date="2019-03-06",
            status="in_progress",
        )  # fmt: skip
        self.board = Board.objects.create(event=event, slug="wall", name="Wall", is_premoderated=True)
        self.station = Station.objects.create(board=self.board, heading="Power", code="POW", position=1)
        open_activity(self.board, by=self.ada)
        self.board.participants.create(token=self.board.token_of(WITNESS), joined_at=timezone.now())
        self.shown: set[tuple[int, str]] = set()
        # All runs share one transaction: what is counted at its start as empty would be searched row by row.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    # Those who answer

    @rule(target=notes, by=author, words=WORDS, mark=st.sampled_from([Mark.TICK, Mark.SQUARE]))
    def post(self, by: Viewer, words: str, mark: str) -> Note:
        return self._sent(by, uuid4(), words, mark)

    @rule(target=notes, by=author, words=WORDS)
    def post_twice(self, by: Viewer, words: str) -> Note:
        key = uuid4()
        self._sent(by, key, words, Mark.HEART)
        return self._sent(by, key, words, Mark.HEART)

    @rule(note=notes, by=author, words=WORDS)
    def send_an_old_form_again(self, note: Note, by: Viewer, words: str) -> None:
        self._sent(by, note.key, words, note.mark)

    @rule(note=notes, by=author, words=WORDS)
    def correct(self, note: Note, by: Viewer, words: str) -> None:
        """With the note as it was when the page was opened, however long ago."""
        self._try(lambda: correct_note(note, words, by=by))

    @rule(note=notes, by=author, public=st.booleans())
    def say_where_it_may_go(self, note: Note, by: Viewer, public: bool) -> None:
        self._try(lambda: change_consent(note, consent_given(public=public, research=True), by=by))

    @rule(note=notes, by=author)
    def withdraw(self, note: Note, by: Viewer) -> None:
        self._try(lambda: withdraw_note(note, by=by))

    @rule(note=notes, by=author)
    def take_back(self, note: Note, by: Viewer) -> None:
        self._try(lambda: take_back_mark(note, by=by))

    @rule(note=notes, by=author)
    def show_oneself(self, note: Note, by: Viewer) -> None:
        for act in (show_note, undo_hiding, undo_showing, pin_note):
            with pytest.raises(Refused):
                act(note, by=by)

    # Those who run it

    @rule(note=notes)
    def show(self, note: Note) -> None:
        now = Note.objects.get(pk=note.pk)
        if self._try(lambda: show_note(note, by=self.ada, reading=now.readings.count())):
            self.shown.add((note.pk, now.text))

    @rule(note=notes, reading=st.integers(1, 3))
    def show_from_an_old_tab(self, note: Note, reading: int) -> None:
        read = Reading.objects.filter(note=note.pk, number=reading).first()
        if self._try(lambda: show_note(note, by=self.ada, reading=reading)) and read:
            self.shown.add((note.pk, read.text))

    @rule(note=notes)
    def hide(self, note: Note) -> None:
        self._try(lambda: hide_note(note, "Not now.", by=self.ada))

    @rule(note=notes)
    def undo(self, note: Note) -> None:
        self._try(lambda: undo_hiding(note, by=self.ada))

    @rule(note=notes)
    def put_back(self, note: Note) -> None:
        self._try(lambda: undo_showing(note, by=self.ada))

    @rule(note=notes)
    def pin(self, note: Note) -> None:
        self._try(lambda: pin_note(note, by=self.ada))

    @rule(target=notes, words=st.sampled_from(["five", "six"]))
    def import_a_wall(self, words: str) -> Note:
        text = f"Power (1)\n\n- {words} {uuid4().hex[:6]}\n"
        import_transcript(self.board.event, text, by=self.ada, board=self.board)
        return Note.objects.filter(board=self.board).latest("pk")

    @rule(phase=st.sampled_from(["collect", "collect", "reveal", "mark"]), covers=st.booleans())
    def go_on(self, phase: str, covers: bool) -> None:
        change_settings(self.board, by=self.ada, hides_until_reveal=covers)
        change_phase(self.board, phase, by=self.ada)

    @rule(young=st.booleans())
    def say_who_takes_part(self, young: bool) -> None:
        """Words wait for either reason, or for both."""
        change_settings(self.board, by=self.ada, is_premoderated=True)
        change_settings(self.board, by=self.ada, may_include_under_18s=young, is_premoderated=not young)

    @rule(act=st.sampled_from([close_activity, open_activity]))
    def open_or_close(self, act: Callable[..., None]) -> None:
        act(self.board, by=self.ada)

    @rule(act=st.sampled_from([lock_station, unlock_station]))
    def lock(self, act: Callable[..., None]) -> None:
        act(self.station, by=self.ada)

    # What must hold after every step

    @rule()
    def take_the_files_away(self) -> None:
        pks = dict(Note.objects.filter(board=self.board).values_list("identifier", "pk"))
        rows = list(Export(self.board.event, ANYBODY).rows())
        assert {(pks[row["note"]], row["markup"]) for row in rows if row["markup"]} <= self.shown
        assert tally_of_board(self.board).total == Note.objects.on_the_wall().filter(board=self.board).count()

    # What must hold after every step; whoever is in the room sees all that anybody else does.

    @invariant()
    def nothing_is_seen_that_nobody_showed(self) -> None:
        seen = Note.objects.visible_to(WITNESS).filter(board=self.board).exclude(text="")
        assert set(seen.values_list("pk", "text")) <= self.shown
        readings = Reading.objects.visible_to(WITNESS).filter(note__board=self.board).exclude(text="")
        assert set(readings.values_list("note", "text")) <= self.shown
        pinned = Note.objects.filter(pinned_on=self.board).exclude(text="")
        assert set(pinned.values_list("pk", "text")) <= self.shown

    def _sent(self, by: Viewer, key: UUID, words: str, mark: str) -> Note:
        consent = consent_given(public=True, research=True)
        try:
            return add_note(self.station, by=by, key=key, mark=mark, consent=consent, words=words).note
        except Refused:
            return multiple()

    def _try(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except Refused:
            return False
        return True


@pytest.mark.usefixtures("db")
def test_no_way_round_moderation() -> None:
    """Two thousand steps at most in a thorough run: fifty runs of forty."""
    Moderated.TestCase.settings = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    Moderated.TestCase().runTest()
