"""The drill: whatever was taken from sight after a backup stays so when the backup is brought back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from archive.backup.drilling import scratch_database, scratch_folder
from archive.backup.files import paths_in
from archive.backup.making import back_up
from archive.backup.replaying import replay
from archive.backup.restoring import restore
from archive.backup.tables import Tables, counted, differences, snapshot
from coproduce import tombstones
from coproduce.work import run_ready
from events.models import Event
from people.guests import Viewer
from people.models import Letter, Person
from responses.models import Board, Note
from tests.archive.backup.taking import EMPTIED, OUT_OF_SIGHT, POWERS, World

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "lapwingkept"
PAGES = ("/", "/events/wall-day/", "/people/", "/journal/", "/archive/?q={}")


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.TOMBSTONES = tmp_path / "media", tmp_path / "tombstones.jsonl"


@pytest.fixture
def world(
    ada: Viewer,
    steward: Viewer,
    make_event: Callable[..., Event],
    make_board: Callable[..., Board],
    post_note: Callable[..., Note],
) -> World:
    event = make_event(body=f"<p>Canarytext, and {KEPT}.</p>")
    coming = make_event("coming-day", date="2099-03-06", status=Event.Status.ANNOUNCED)
    return World(ada, steward, event, coming, make_board(event=event).stations.get(), post_note)


def word_of(name: str) -> str:
    return f"canary{name.replace(' ', '')}end"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def taken_since(world: World, folder: Path) -> Path:
    """The backup of everything, all of which was taken from sight after it."""
    cases = EMPTIED | OUT_OF_SIGHT | POWERS
    takes = [make(world, word_of(name)) for name, make in cases.items()]
    world.post_note(world.station, f"We keep {KEPT}.")
    run_ready()  # letters are emptied once they are sent
    backup = back_up(folder, keep=35)
    for take in takes:
        take()
    return backup


@pytest.fixture
def elsewhere(folder: Path) -> Iterator[Path]:
    """A scratch database and folder for the test's own restore."""
    folder.mkdir(exist_ok=True)
    with scratch_database(), scratch_folder(folder) as media:
        yield media


def as_counted() -> Tables:
    with snapshot() as (_, cursor):
        return counted(cursor)


def everything(media: Path) -> str:
    """Each word of the database and of every file."""
    return everything_in_the_database() + everything_in(media).decode("latin-1")


def everything_in_the_database() -> str:
    with snapshot() as (_, cursor):
        rows = []
        # Which words shown texts and spam have in common is counted word by word, of all texts together.
        for table in counted(cursor).keys() - {"journal_learnedword"}:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def everything_in(media: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in paths_in(media))


def pages(word: str) -> str:
    """What a stranger reads on the pages where things show, with the word looked for."""
    walls = [board.get_absolute_url() for board in Board.objects.all()]
    answers = [Client().get(page.format(word)) for page in (*PAGES, *walls)]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.content.decode().replace(f'value="{word}"', "") for answer in answers)


def found_in(words: dict[str, str], text: str) -> set[str]:
    return {name for name, word in words.items() if word in text}


def test_what_was_taken_away_would_come_back_and_goes_again(taken_since: Path, elsewhere: Path) -> None:
    """First without the list, which shows that the looking sees what is there; then by it, twice."""
    kept = tombstones.read(taken_since.parent.parent / "tombstones.jsonl")
    assert {one.kind for one in kept} >= tombstones.TAKES.keys()
    told = restore(taken_since, media=elsewhere, lists=[])
    emptied = {name: word_of(name) for name in EMPTIED}
    unseen = {name: word_of(name) for name in OUT_OF_SIGHT} | {"event": "Canarytext"}
    assert found_in(emptied, everything(elsewhere)) == emptied.keys()
    assert found_in(unseen | emptied, pages("canary")) >= {"event", "note", "listed person", "quotation"}

    replayed = replay(kept, told.manifest.moment)

    assert replayed.failed == []
    assert found_in(emptied, everything(elsewhere)) == set()
    assert found_in(unseen | emptied, pages("canary")) == set()
    assert KEPT in pages(KEPT)
    assert not Person.objects.get(email=f"{word_of('role')}@example.org").roles.exists()
    helper = Viewer(person=Person.objects.get(email=f"{word_of('appointment')}@example.org"))
    assert not Event.objects.get(slug="wall-day").is_moderated_by(helper)

    before, letters = as_counted(), Letter.objects.count()
    assert replay(kept, told.manifest.moment).failed == []
    assert differences(before, as_counted()) == []
    assert Letter.objects.count() == letters
