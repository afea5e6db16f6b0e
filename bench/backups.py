"""How long it takes to back up and bring back many notes, beside pg_dump and pg_restore alone."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from django.test import override_settings

from archive.backup import programs
from archive.backup.drilling import drill, scratch_database
from archive.backup.making import back_up
from archive.backup.manifest import DUMP, manifest_of
from bench.figures import Figure
from bench.million import fill

NOTES = 100_000
ROUNDS = 5


def backups(database: str, number: int = NOTES) -> Iterator[Figure]:
    """A backup and a drill of a database of `number` notes, `ROUNDS` times, each beside its floor."""
    fill(number)
    with _own_folders() as folder:
        made, alone, drilled, bare = [], [], [], []
        for _ in range(ROUNDS):
            made.append(_seconds(partial(back_up, folder, keep=35)))
            alone.append(_seconds(partial(_dump, folder / "alone")))
            drilled.append(_seconds(partial(drill, folder)))
            bare.append(_seconds(partial(_restore, folder / "alone")))
            _forget_minutes(folder)
        rows = manifest_of(sorted(folder.glob("2*Z"))[-1]).rows
    yield Figure(f"backup of {rows:,} rows", "s", made, alone, "pg_dump alone")
    yield Figure("restored, compared, done again", "s", drilled, bare, "pg_restore alone")


def _dump(path: Path) -> None:
    programs.run("pg_dump", "--format=custom", f"--file={path}")


def _restore(path: Path) -> None:
    with scratch_database() as name:
        programs.run("pg_restore", f"--dbname={name}", "--no-owner", str(path))


def _forget_minutes(folder: Path) -> None:
    """Two backups are never of the same second."""
    newest = sorted(folder.glob("2*Z"))[-1]
    newest.rename(folder / f"2000-01-01T{len(list(folder.glob('2000*'))):06}Z")
    assert (folder / "2000-01-01T000000Z" / DUMP).exists()


@contextmanager
def _own_folders() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        here = Path(name)
        own = {"MEDIA_ROOT": here / "media", "TOMBSTONES": here / "tombstones.jsonl"}
        with override_settings(**own):
            (here / "backups").mkdir()
            yield here / "backups"


def _seconds(work: partial) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
