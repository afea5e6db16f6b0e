"""Bringing a backup back: checked first, compared afterwards, and nothing comes back that was withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from archive.backup import files, manifest, programs, tables
from archive.backup.manifest import DUMP, LIST, MEDIA, Manifest
from archive.backup.replaying import Replayed, replay
from archive.backup.trouble import BackupTrouble
from coproduce.listening import connection_for_listening
from coproduce.tombstones import Tombstone, append, read

TABLES = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the backup's manifest, how many files were put, and what was done again."""

    manifest: Manifest
    files: int
    replayed: Replayed


def restore(
    backup: Path, *, media: Path, lists: Iterable[Path], over: bool = False, linked: bool = False
) -> Restored:
    """Fills the site's database, and the folder `media`, with a backup; then does again what was withdrawn.

    `lists` are files of tombstones; together they have to reach further than the backup does. The
    database has to be empty; with `over` what is in it is deleted. Raises BackupTrouble, before anything
    is changed wherever that can be known before.
    """
    found = manifest.checked(backup)
    told = gathered(lists)
    _make_room(over=over)
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    programs.run("pg_restore", f"--dbname={_name()}", *words, str(backup / DUMP))
    _must_be_equal(found)
    put = files.bring_back(found.media, backup / MEDIA, media, linked=linked)
    # Newer code than the backup's: its acts need its tables.
    call_command("migrate", interactive=False, verbosity=0)
    return Restored(found, put, replay(told, found.moment))


def gathered(lists: Iterable[Path]) -> set[Tombstone]:
    return {one for path in lists for one in read(path)}


def lists_for(backup: Path) -> list[Path]:
    """Where lines may be: the site's own list, the copy beside the backups, and those in each of them."""
    beside = [path / LIST for path in manifest.backups_in(backup.parent)]
    return [path for path in (Path(settings.TOMBSTONES), backup.parent / LIST, *beside) if path.exists()]


def keep_gathered(lists: Iterable[Path]) -> None:
    """Puts into the site's own list what it lacks of the others: it may be a new machine's."""
    own = set(read())
    if more := sorted(gathered(lists) - own, key=lambda one: one.at):
        append(more)


def _make_room(*, over: bool) -> None:
    with connection_for_listening().cursor() as cursor:
        cursor.execute(TABLES)
        (number,) = cursor.fetchone()
        if number and not over:
            raise BackupTrouble(
                f"The database “{_name()}” is not empty: it has {number} tables. Restore into an empty one "
                "(createdb), or say --over to delete what is in it."
            )
        if number:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connections.close_all()


def _name() -> str:
    return connection_for_listening().settings_dict["NAME"] or connection.settings_dict["NAME"]


def _must_be_equal(found: Manifest) -> None:
    with tables.snapshot() as (_, cursor):
        differing = tables.differences(found.tables, tables.counted(cursor))
    if differing:
        raise BackupTrouble(
            "What was restored is not what was backed up. " + " ".join(differing[:5]) + " Do not use it."
        )
