"""A package of the archive, taken in by an empty site, makes the same archive again."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.search.query import Query
from archive.take.forms import form_called
from archive.take.rows import Taking
from archive.whole.restoring_notes import KEPT_BACK
from events.models import Event
from people.guests import ANYBODY
from responses.models import Board, Note, Station

pytestmark = pytest.mark.django_db
# What a package cannot bring back as it was: nobody is in a room any more, and readings that were
# not for everybody stayed where they were.
NOT_THE_SAME = {"boards": {"state"}, "notes": {"readings"}}


def packed(folder: Path, form: str = "package") -> Path:
    file = folder / f"{form}.zip"
    with file.open("wb") as written:
        written.writelines(form_called(form).write(Taking(Query(), ANYBODY)))
    return file


def tables_in(file: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table of a package, without the columns that cannot be the same."""
    tables = {}
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            table = name.rpartition("/")[2].removesuffix(".csv")
            if name.endswith(".csv"):
                text = io.StringIO(package.read(name).decode(), newline="")
                left_out = NOT_THE_SAME.get(table, set())
                rows = csv.DictReader(text)
                tables[table] = [{k: v for k, v in row.items() if k not in left_out} for row in rows]
    return tables


def empty_the_site() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE events_event, events_series, principles_principleset, journal_post CASCADE")
        cursor.execute("TRUNCATE journal_storycall, journal_postseries, people_organisation CASCADE")


def test_a_restored_package_makes_the_same_archive(tmp_path: Path) -> None:
    call_command("seed", verbosity=0)
    first = packed(tmp_path)
    before = tables_in(first)
    empty_the_site()
    call_command("import_archive", str(first), verbosity=0)
    (tmp_path / "again").mkdir()
    after = tables_in(packed(tmp_path / "again"))
    assert len(before["notes"]) > 100
    assert before.keys() == after.keys()
    for table, rows in before.items():
        assert after[table] == rows, table
    call_command("check_tallies", verbosity=0)


def test_words_that_stayed_with_their_board_are_known_to_be_missing(
    station: Station, post_note: Callable[..., Note], tmp_path: Path
) -> None:
    note = post_note(station, "For the room.", public=False, research=False)
    file = packed(tmp_path)
    empty_the_site()
    call_command("import_archive", str(file), verbosity=0)
    restored = Note.objects.get(identifier=note.identifier)
    assert restored.text == KEPT_BACK
    assert not restored.consent.public
    assert restored not in Note.objects.visible_to(ANYBODY)


def test_a_site_with_a_record_takes_no_package_in(station: Station, tmp_path: Path) -> None:
    file, before = packed(tmp_path), Event.objects.count()
    with pytest.raises(CommandError, match="a record on this site already"):
        call_command("import_archive", str(file), verbosity=0)
    assert Event.objects.count() == before


@pytest.mark.parametrize("flaw", ["cut", "changed", "missing", "no package", "no zip"])
def test_a_package_that_was_changed_or_cut_off_leaves_nothing(
    station: Station, post_note: Callable[..., Note], tmp_path: Path, flaw: str
) -> None:
    post_note(station, "For everybody.")
    broken = spoilt(packed(tmp_path), flaw)
    empty_the_site()
    with pytest.raises(CommandError):
        call_command("import_archive", str(broken), verbosity=0)
    assert not Event.objects.exists()
    assert not Board.objects.exists()


def spoilt(file: Path, flaw: str) -> Path:
    """A copy of a package with one thing wrong."""
    broken = file.with_name("broken.zip")
    if flaw == "no zip":
        broken.write_bytes(file.read_bytes()[:2000])
        return broken
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(broken, "w") as part:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith("notes.csv") and "_" not in name:
                if flaw == "missing":
                    continue
                content = {"cut": content[:-40], "changed": content.replace(b"tick", b"heart", 1)}.get(
                    flaw, content
                )
            if flaw == "no package" and name.endswith("datapackage.json"):
                continue
            part.writestr(name, content)
    return broken
