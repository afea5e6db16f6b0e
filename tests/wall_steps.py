"""What people do with a photographed wall, one random step after another."""

from collections import Counter
from collections.abc import Callable
from random import Random

from django.db import transaction

from events.record import announce_event
from people.consent import consent_given
from people.guests import Viewer
from people.refusals import Refused
from responses.board import change_consent, correct_note, take_down_note, withdraw_note
from responses.merges import keep_apart, merge_notes
from responses.models import Mark, Matching, Note, Photo, Reading, Region, Stub
from responses.moderation import hide_note, show_note, undo_hiding, undo_showing
from responses.photos import regions
from responses.photos.covering import cover_boxes
from responses.photos.matching import boxes_to_match, confirm_matches, lines_of, undo_matching
from responses.photos.publishing import (
    Said,
    apply_words_basis,
    describe_photo,
    publish_photo,
    unpublish_photo,
)
from responses.readings.reading import read_note
from responses.readings.ruling import accept_own_reading, accept_reading, reject_reading, reopen_note
from responses.stubs import print_stubs, tie_stub, untie_stub
from responses.tallies import APART, tally_of_board
from tests.conftest import make_person
from tests.matched import LINES, hold_wall
from tests.reading import photo_of
from tests.sheets import code_on

SHEETS = 3
WORDS = [LINES[0], LINES[1], "Something else", "One [2 words]", "[removed: a name] said so"]
MARKS = [Mark.TICK, Mark.SQUARE, Mark.NOT_RECORDED]
BEN = Viewer(guest_key="ben")


class WallSteps:
    """`ended` holds the notes that somebody took away, `chose` what is ticked or was chosen for a note.

    `made` and `read` are how many notes and readings there ever were, `done` which acts went well.
    """

    def __init__(self, seed: int) -> None:
        self.chance, self.done = Random(seed), Counter()
        self.readers = [Viewer(person=make_person(name, "steward")) for name in ("Ada", "Eve", "Fay")]
        self.ada = self.readers[0]
        people = [reader.person for reader in self.readers]
        event = announce_event(
            by=None, organisers=people, slug="wall-day", name="Day", date="2019-03-06", status="in_progress"
        )
        self.board, photo = hold_wall(event)
        self.photos = [photo, photo_of(event, published=False, words="")]
        self.stations = list(self.board.stations.order_by("position"))
        print_stubs(self.board, by=self.ada, each=SHEETS)
        self.made = self.read = self.board.notes.count()
        self.ended: set[int] = set()
        self.chose: dict[int, int] = {}

    # Boxes and what they show

    def add_box(self) -> None:
        x, photo = 70 * self.chance.randrange(10), self.chance.choice(self.photos)
        station = self.chance.choice([*self.stations, self.stations[0], self.stations[0], None])
        self.try_to(lambda: regions.add_region(photo, (x, 0, 80, 80), by=self.ada, station=station))

    def make_a_note(self) -> None:
        box, sheet = self.a_box(), self.chance.choice([None, None, 1, 2, 3])
        if box and (note := self.try_to(lambda: regions.make_note(box, by=self.ada, sheet=sheet))):
            self.made += 1
            self.was_tied(note)

    def change_a_box(self) -> None:
        box, note, station = self.a_box(), self.a_note(), self.chance.choice(self.stations)
        at = (70 * self.chance.randrange(10), 50, 80, 80)
        acts = (
            lambda: regions.show_note(box, note, by=self.ada),
            lambda: regions.part_note(box, by=self.ada),
            lambda: regions.remove_region(box, by=self.ada),
            lambda: regions.place_region(box, station, by=self.ada),
            lambda: regions.move_region(box, at, by=self.ada),
        )
        if box:
            self.keeps_counted_lines(self.chance.choice(acts))

    def match(self) -> None:
        boxes, notes = boxes_to_match(self.board), list(lines_of(self.board))
        if boxes and notes:
            pairs = [(self.chance.choice(boxes), self.chance.choice(notes)) for _ in range(2)]
            self.keeps_counted_lines(lambda: confirm_matches(self.board, pairs, by=self.ada))

    def undo_a_match(self) -> None:
        if made := list(Matching.objects.filter(board=self.board).order_by("pk")):
            self.keeps_counted_lines(lambda: undo_matching(self.chance.choice(made), by=self.ada))

    # Readings and rulings

    def read_one(self) -> None:
        words, note, by = self.chance.choice(WORDS), self.a_note(), self.chance.choice(self.readers)
        said = {"state": "partly" if "[2" in words else "read", "markup": words}
        mark, before = self.chance.choice(MARKS), note.readings.count()
        self.keeps_counts(lambda: read_note(note, by=by, mark=mark, comment="Hm.", **said))
        self.read += note.readings.count() - before

    def accept(self) -> None:
        if reading := self.a_reading():
            mark, why = self.chance.choice(["", "", *MARKS]), "Clear."
            self.keeps_counts(lambda: accept_reading(reading, by=self.ada, mark=mark, why=why))

    def accept_own(self) -> None:
        note, words, mark = self.a_note(), self.chance.choice(WORDS), self.chance.choice(MARKS)
        before = note.readings.count()
        self.keeps_counts(lambda: accept_own_reading(note, words, by=self.ada, mark=mark))
        self.read += note.readings.count() - before

    def reject(self) -> None:
        if reading := self.a_reading():
            self.keeps_counts(lambda: reject_reading(reading, "It says something else.", by=self.ada))

    def reopen(self) -> None:
        note = self.a_note()
        self.keeps_counts(lambda: reopen_note(note, "Look again.", by=self.ada))

    # Doubles and moderation

    def decide_on_doubles(self) -> None:
        doubles = list(self.board.notes.standing().exclude(text="").select_related("board"))
        double = self.chance.choice(doubles)
        alike = [one for one in doubles if one.text == double.text and one != double] or doubles
        kept, act = self.chance.choice(alike), self.chance.choice([merge_notes, merge_notes, keep_apart])
        if kept != double:
            self.try_to(lambda: act(kept, double, by=self.ada), named=act.__name__)

    def moderate(self) -> None:
        note, act = self.a_note(), self.chance.choice([show_note, undo_hiding, undo_showing, None])
        self.try_to(lambda: act(note, by=self.ada) if act else hide_note(note, "Not now.", by=self.ada))

    # Receipts, consent, what everybody may see

    def tie(self) -> None:
        note, number = self.a_note(), self.chance.randint(1, SHEETS)
        if self.keeps_counted_lines(lambda: tie_stub(note, number, by=self.ada)):
            self.was_tied(note)

    def untie(self) -> None:
        stub = self.chance.choice(list(Stub.objects.filter(station__board=self.board)))
        note = stub.note_id
        if self.try_to(lambda: untie_stub(stub, by=self.ada) or True):
            del self.chose[note]

    def hold_a_receipt(self) -> None:
        tied = Stub.objects.filter(station__board=self.board).exclude(note=None)
        if not (stubs := list(tied.select_related("note__board").order_by("pk"))):
            return
        stub = self.chance.choice(stubs)
        note, receipt, words = stub.note, code_on(stub), self.chance.choice(WORDS)
        consent = consent_given(public=self.chance.random() < 0.7, research=False)
        before = note.readings.count()
        if self.chance.random() < 0.5:
            self.keeps_counts(lambda: correct_note(note, words, by=BEN, receipt=receipt), named="correct")
        elif self.keeps_counts(lambda: change_consent(note, consent, by=BEN, receipt=receipt) or True):
            self.chose[note.pk] = consent.pk
        self.read += note.readings.count() - before

    def take_away(self) -> None:
        note = self.a_note()
        stub = Stub.objects.filter(note=note).first()
        if self.chance.random() < 0.2 and self.try_to(lambda: self.end(note, stub) or True):
            self.ended.add(note.pk)

    def end(self, note: Note, stub: Stub | None) -> None:
        if stub:
            withdraw_note(note, by=BEN, receipt=code_on(stub))
        else:
            take_down_note(note, "It has to go.", by=self.ada)

    def describe(self) -> None:
        photo = Photo.objects.get(pk=self.chance.choice(self.photos).pk)
        basis = self.chance.choice(["", "Told.", "Told.", "Asked."])
        said = Said(alt="A wall.", basis="nobody", words_basis=basis, board=photo.board)
        self.keeps_counts(lambda: describe_photo(photo, said, by=self.ada))
        if self.chance.random() < 0.6:
            before = photo.words_basis
            self.keeps_counts(lambda: apply_words_basis(photo, by=self.ada, basis_before=before))

    def publish(self) -> None:
        photo, act = (
            self.chance.choice(self.photos),
            self.chance.choice([publish_photo] * 4 + [unpublish_photo]),
        )
        self.keeps_counts(lambda: act(photo, by=self.ada) or True)

    def cover(self) -> None:
        photo, x = self.chance.choice(self.photos), 70 * self.chance.randrange(10)
        if self.chance.random() < 0.2:
            self.keeps_counts(lambda: cover_boxes(photo, [(x, 0, 90, 90)], "A face.", by=self.ada))

    def let_the_work_be_done(self) -> None:
        Photo.objects.update(covers=[])

    # How a step is done

    def a_note(self) -> Note:
        """One that stands, more often one of the newest, or now and then any."""
        notes = self.board.notes.order_by("-pk").select_related("board", "station")
        listed = list(notes.standing()[:3] if self.chance.random() < 0.9 else notes)
        return self.chance.choice(listed)

    def a_reading(self) -> Reading | None:
        readings = list(self.a_note().readings.select_related("note__board").order_by("number"))
        return self.chance.choice(readings) if readings else None

    def a_box(self) -> Region | None:
        boxes = Region.objects.select_related("photo__event", "station__board__event", "note__board")
        return self.chance.choice(list(boxes.order_by("pk")) or [None])

    def was_tied(self, note: Note) -> None:
        note = Note.objects.get(pk=note.pk)
        if note.receipt_hash:
            self.chose[note.pk] = note.consent_id

    def try_to(self, act: Callable[[], object], *, named: str = "") -> object:
        """What the act gives; None where it was refused. Anything else it raises is an error."""
        try:
            with transaction.atomic():
                given = act()
        except Refused as refusal:
            self.done[f"refused: {refusal}"] += 1
            return None
        self.done[named or self.step] += 1
        return given

    def keeps_counts(self, act: Callable[[], object], *, named: str = "") -> object:
        before = self.counts()
        given = self.try_to(act, named=named)
        assert self.counts() == before
        return given

    def keeps_counted_lines(self, act: Callable[[], object]) -> object:
        """Notes that were made for a box may end and stand again; those of the transcript may not."""
        before = lines_of(self.board).count()
        given = self.try_to(act)
        assert lines_of(self.board).count() == before
        return given

    def counts(self) -> tuple[int, int]:
        tally = tally_of_board(self.board)
        return sum(getattr(tally, place) for place in APART) + tally.total, tally.withdrawn


OFTEN = (
    *("add_box", "make_a_note", "make_a_note", "make_a_note", "change_a_box", "match", "match"),
    *("read_one", "read_one", "read_one", "accept", "accept", "hold_a_receipt"),
)
SELDOM = (
    *("undo_a_match", "accept_own", "reject", "reopen", "decide_on_doubles", "moderate", "tie", "untie"),
    *("hold_a_receipt", "take_away", "describe", "publish", "cover", "let_the_work_be_done"),
)
