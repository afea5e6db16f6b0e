"""Whatever is read and decided: no count changes, and a note says what was accepted of it last."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.models import Mark, Note, Reading, Ruling, Station, TextState
from responses.readings.ruling import accept_own_reading, accept_reading, reject_reading, reopen_note
from responses.tallies import tally_of
from responses.transcription import read_markup, to_markup
from tests.paper import paper_note, read_as
from tests.tries import tries

MARKUP = st.sampled_from(
    [
        "One.", "Ona?", "[no text]", "[illegible]", "One [2 words]", "[one/own?] way", "~~One~~ two",
        "[drawing: a bridge]", "p[...]", "One\ntwo", "*One* [inserted: more]", "[note: on the back] One",
    ]
)  # fmt: skip
MARKS = st.sampled_from(Mark.values)
STEP = st.one_of(
    st.tuples(st.just("read"), MARKUP, MARKS),
    st.tuples(st.just("accept"), st.integers(0, 5), st.sampled_from(["", *Mark.values])),
    st.tuples(st.just("reject"), st.integers(0, 5), st.none()),
    st.tuples(st.just("reopen"), st.none(), st.none()),
    st.tuples(st.just("own"), MARKUP, MARKS),
)


class Told:
    """One note, what was accepted of it last, and what was done so far."""

    def __init__(self, station: Station, ada: Viewer) -> None:
        self.note, self.ada = paper_note(station), ada
        self.says = ("", TextState.WAITING, Mark.NOT_RECORDED)
        self.readings: list[Reading] = []

    def do(self, kind: str, what: object, mark: str | None) -> None:
        try:
            getattr(self, kind)(what, mark)
        except Refused:
            return

    def read(self, markup: str, mark: str) -> None:
        self.readings.append(read_as(self.note, markup, mark=mark))

    def accept(self, at: int, mark: str) -> None:
        if at < len(self.readings):
            reading = self.readings[at]
            accept_reading(reading, by=self.ada, mark=mark)
            seen = self.says[2] if reading.mark == Mark.NOT_RECORDED else reading.mark
            self.accepted(reading, mark or seen)

    def own(self, markup: str, mark: str) -> None:
        ruling = accept_own_reading(self.note, markup, by=self.ada, mark=mark)
        self.readings.append(ruling.reading)
        self.accepted(ruling.reading, mark)

    def accepted(self, reading: Reading, mark: str) -> None:
        text = to_markup(read_markup(reading.text, imported=False))
        self.says = (text, reading.text_state, mark)

    def reject(self, at: int, _: None) -> None:
        if at < len(self.readings):
            reject_reading(self.readings[at], "It says something else.", by=self.ada)

    def reopen(self, *_: None) -> None:
        reopen_note(self.note, "Look again.", by=self.ada)


@pytest.mark.django_db
@settings(
    max_examples=tries(40), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(st.tuples(st.booleans(), STEP), max_size=12))
def test_no_sequence_of_readings_and_rulings_changes_a_count(
    station: Station, ada: Viewer, steps: list[tuple[bool, tuple]]
) -> None:
    sheet = new_station(station)
    told = Told(sheet, ada), Told(sheet, ada)
    for first, (kind, what, mark) in steps:
        one = told[0] if first else told[1]
        one.do(kind, what, mark)
        assert tally_of(sheet.notes.all()).total == 2
    for one in told:
        note = Note.objects.get(pk=one.note.pk)
        assert (note.text, note.text_state, note.mark) == one.says
        numbers = list(note.rulings.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        held_and_rejected_agree(note)


def new_station(station: Station) -> Station:
    """A heading of its own, since all examples share one transaction."""
    number = station.board.stations.count() + 1
    return station.board.stations.create(heading=f"Heading {number}", code=f"H{number}", position=number)


def held_and_rejected_agree(note: Note) -> None:
    """What is for everybody was not rejected last; what the note stands on is for everybody."""
    shown = set(Reading.objects.visible_to(ANYBODY).filter(note=note).values_list("pk", flat=True))
    last = dict(note.rulings.exclude(reading=None).order_by("number").values_list("reading", "action"))
    assert not {pk for pk, action in last.items() if action == Ruling.Action.REJECT} & shown
    assert note.accepted_id is None or note.accepted_id in shown


@pytest.mark.django_db
def test_one_ruling_is_never_changed_by_another(station: Station, ada: Viewer) -> None:
    note = paper_note(station)
    first = accept_reading(read_as(note, "One."), by=ada, why="Clear.")
    before = Ruling.objects.filter(pk=first.pk).values().get()
    accept_own_reading(note, "Two.", by=ada, mark=Mark.TICK)
    reopen_note(note, "Look again.", by=ada)
    assert Ruling.objects.filter(pk=first.pk).values().get() == before
