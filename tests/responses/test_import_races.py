"""Two organisers who import the same wall at the same moment."""

from collections.abc import Callable

import pytest

from events.models import Event
from responses.imports import import_transcript
from tests.responses.test_imports import TEXT
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_file_from_four_at_once_is_imported_once(make_event: Callable[..., Event]) -> None:
    event = make_event()
    done = at_once(4, lambda _: import_transcript(event, TEXT, by=None))
    board = event.activities.get()
    assert sorted(each.added for each in done) == [0, 0, 0, 9]
    assert board.notes.count() == 9
    assert board.transcripts.count() == board.changes.count() == board.change_number == 1
