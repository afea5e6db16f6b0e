"""Whatever is matched and undone, in whatever order: notes, readings and counts come out as they were."""

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Note, Photo, Reading, Region, TextState
from responses.photos.matching import confirm_matches, lines_of, undo_matching
from responses.photos.regions import add_region, make_note
from responses.readings.reading import read_note
from responses.tallies import tally_of_board
from tests.conftest import make_person
from tests.matched import LINES, STEP, hold_wall, line, picture_of
from tests.tries import tries


class NothingIsLost(TestCase):
    """Whatever is matched and undone, in whatever order: notes, readings and counts come out as they were."""

    @settings(max_examples=tries(40))
    @given(
        read=st.lists(st.integers(0, 3), min_size=1, max_size=5),
        steps=st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), max_size=4), max_size=3),
    )
    def test_matching_and_undoing(self, read: list[int], steps: list[list[tuple[int, int]]]) -> None:
        ada = Viewer(person=make_person("Ada", "steward"))
        readers = [Viewer(person=make_person(f"Reader{n}", "steward")) for n in range(3)]
        event = Event.objects.create(slug="wall", name="Wall", date="2019-03-06", status="in_progress")
        board, photo = hold_wall(event)
        boxes = [self.box(photo, place, readers[:readings], ada) for place, readings in enumerate(read)]
        before, lines, matchings = picture_of(board), lines_of(board).count(), []
        for step in steps:
            pairs = [(Region.objects.get(pk=boxes[at % len(boxes)]), line(board, no)) for at, no in step]
            try:
                with transaction.atomic():
                    matchings.append(confirm_matches(board, pairs, by=ada))
            except Refused:
                pass
            own = Note.objects.standing().filter(board=board, text_state=TextState.WAITING).count()
            tally = tally_of_board(board)
            assert (tally.total, tally.withdrawn) == (lines + own, 0)
            assert Reading.objects.filter(note__board=board).count() == len(before["readings"])
        for matching in matchings:
            undo_matching(matching, by=ada)
        assert picture_of(board) == before

    def box(self, photo: Photo, place: int, readers: list[Viewer], ada: Viewer) -> int:
        station = photo.board.stations.get(heading="Power")
        region = add_region(photo, (place * STEP, 0, 80, 80), by=ada, station=station)
        note = make_note(region, by=ada) if place % 3 != 2 or readers else None
        for reader in readers:
            read_note(note, by=reader, state="read", markup=LINES[place], mark="tick", region=region)
        return region.pk
