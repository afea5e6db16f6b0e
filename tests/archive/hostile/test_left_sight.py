"""Files that were made before something left sight: none of them may still be fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.models import ExportJob
from archive.search.query import Query
from archive.take.jobs import ask_for_file, checked, make
from events.models import Event
from journal.publishing import unpublish_text
from people.guests import ANYBODY, Viewer
from tests.archive.take.conftest import Wall

pytestmark = pytest.mark.django_db

STATE = ExportJob.State


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def made(form: str = "package") -> ExportJob:
    job = ask_for_file(form, Query(), by=ANYBODY).job
    make(job)
    job.refresh_from_db()
    assert job.state == STATE.READY
    return job


def test_a_file_goes_with_a_write_up_that_was_taken_away(
    wall: Wall, make_event: Callable[..., Event], ada: Viewer
) -> None:
    event = make_event("written-day", "The lapwingtext stood here.", name="Written day")
    job = made()
    unpublish_text(event.writing, by=ada, why="It named somebody.")
    assert checked(job).state == STATE.GONE
