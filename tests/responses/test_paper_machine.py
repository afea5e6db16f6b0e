"""Whatever people do with a photographed wall, in whatever order: nothing is lost, and no note says more.

Runs of random steps on one board with a transcript, photographs and printed sheets: boxes, notes,
matching, readings, rulings, doubles, receipts, moderation and consent. After every step, what must
always hold is looked up in the tables.
"""

import pytest

from people.guests import ANYBODY
from responses.models import Moderation, Note, Photo, Reading, Region, Ruling, Stub
from responses.tallies import APART, tally_of_board
from responses.transcription import read_markup, to_markup
from tests.tries import tries
from tests.wall_steps import OFTEN, SELDOM, WallSteps

RUNS, STEPS = tries(8), 150


class PaperWall(WallSteps):
    """A wall of which it is looked up after each step whether all is as it must be."""

    def check(self) -> None:
        self.nothing_is_lost()
        for note in self.board.notes.standing().select_related("accepted"):
            self.says_what_was_accepted(note)
        self.what_was_taken_away_is_gone()
        self.nobody_sees_what_is_not_for_everybody()
        self.boxes_and_sheets_agree_with_their_notes()

    def nothing_is_lost(self) -> None:
        notes, tally = self.board.notes, tally_of_board(self.board)
        assert notes.count() == self.made
        assert Reading.objects.filter(note__board=self.board).count() == self.read
        ended = notes.filter(ending__in=[Note.Ending.WITHDRAWN, Note.Ending.TAKEN_DOWN])
        assert set(ended.values_list("pk", flat=True)) == self.ended
        counted = tally.total + sum(getattr(tally, place) for place in APART)
        assert counted == notes.standing().count() + len(self.ended)
        empty = notes.filter(ending=Note.Ending.NO_NOTE)
        assert not empty.exclude(readings=None, rulings=None, receipt_hash=None).exists()
        of_note = Ruling.objects.filter(note__board=self.board).exclude(reading=None)
        assert all(note == reading for note, reading in of_note.values_list("note", "reading__note"))
        numbers = list(self.board.changes.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    def says_what_was_accepted(self, note: Note) -> None:
        rulings = list(note.rulings.order_by("number"))
        assert [ruling.number for ruling in rulings] == list(range(1, len(rulings) + 1))
        accepted = [ruling for ruling in rulings if ruling.action == Ruling.Action.ACCEPT]
        assert note.accepted_id == (accepted[-1].reading_id if accepted else None)
        if accepted:
            words = to_markup(read_markup(note.accepted.text, imported=False))
            said = (note.accepted.note_id, words, note.accepted.text_state, accepted[-1].mark)
            assert (note.pk, note.text, note.text_state, note.mark) == said

    def what_was_taken_away_is_gone(self) -> None:
        gone = Note.objects.filter(pk__in=self.ended)
        assert not gone.exclude(text="", moderation_why="").exists()
        assert not Reading.objects.filter(note__in=gone).exclude(text="", verbatim="", comment="").exists()
        assert not Ruling.objects.filter(note__in=gone).exclude(why="").exists()
        ended = Note.objects.filter(board=self.board).exclude(withdrawn_at=None)
        assert not Region.objects.uncovered().filter(note__in=ended).exists()
        assert not ended.exclude(merged_into=None).exists()
        assert not Note.objects.filter(merged_into__in=ended).exists()

    def nobody_sees_what_is_not_for_everybody(self) -> None:
        for photo in Photo.objects.visible_to(ANYBODY):
            self.done["on show"] += 1
            assert photo.published_at
            assert not photo.covers
            for box in photo.regions.uncovered().exclude(note=None).select_related("note__consent"):
                note = box.note
                assert (note.withdrawn_at, note.moderation) == (None, Moderation.SHOWN)
                assert note.consent.public
        for reading in Reading.objects.visible_to(ANYBODY).select_related("note__consent"):
            assert reading.note.consent.public
            last = reading.rulings.order_by("number").last()
            assert reading.note.accepted_id
            assert last is None or last.action == Ruling.Action.ACCEPT

    def boxes_and_sheets_agree_with_their_notes(self) -> None:
        for box in Region.objects.uncovered().select_related("before", "note", "matching"):
            assert box.note is None or box.station_id == box.note.station_id
            if box.before:
                assert box.matching.undone_at is None
                assert box.before.ending == Note.Ending.NO_NOTE
        for stub in Stub.objects.exclude(note=None).select_related("note"):
            assert stub.note.receipt_hash == stub.receipt_hash
        stand = dict(Note.objects.filter(pk__in=self.chose).values_list("pk", "consent"))
        assert stand == self.chose


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(RUNS))
def test_nothing_is_lost_and_no_note_says_more(seed: int) -> None:
    wall = PaperWall(seed)
    wall.check()
    for _ in range(STEPS):
        wall.step = wall.chance.choice(OFTEN + SELDOM)
        getattr(wall, wall.step)()
        wall.check()
