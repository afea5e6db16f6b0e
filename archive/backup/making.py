"""Writing a backup: the database in one snapshot, then the pictures, then proof that both are whole."""

import os
import shutil
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from archive.backup import files, manifest, programs, tables
from archive.backup.listing import mend_list
from archive.backup.manifest import DUMP, LIST, MEDIA, PARTIAL, Manifest
from archive.backup.trouble import BackupTrouble

PRIVATE = 0o700
# One that runs for longer is none that somebody still writes.
ABANDONED = timedelta(days=1)


def back_up(folder: Path, *, keep: int) -> Path:
    """Writes a backup into `folder`, then deletes those older than `keep` days; where it is.

    It is not seen as one before it is whole: killed at any moment, it leaves the earlier ones as they
    were. Raises BackupTrouble.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    now = datetime.now(UTC)
    partial = folder / f"{manifest.called(now)}{PARTIAL}"
    try:
        partial.mkdir(mode=PRIVATE)
    except FileExistsError:
        raise BackupTrouble(f"{partial} is being written by somebody else.") from None
    try:
        finished = _write(folder, partial, now)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    forget_old(folder, keep=keep, now=now)
    return finished


def _write(folder: Path, partial: Path, now: datetime) -> Path:
    begun = time.monotonic()
    found = Manifest(now.isoformat(), 0, versions(), **_database(partial), media={})
    # Files are there before their row and go after it: what the dump names is still there.
    found = replace(found, media=_media(folder, partial))
    keep_list(partial)
    replace(found, seconds=round(time.monotonic() - begun, 1)).write(partial)
    manifest.checked(partial)
    _settle(partial)
    finished = partial.with_name(partial.name.removesuffix(PARTIAL))
    partial.rename(finished)
    _settle(folder)
    keep_list(folder)
    return finished


def _database(partial: Path) -> dict[str, object]:
    """The dump, and what every table held at the moment it shows."""
    dump = partial / DUMP
    left_out = [f"--exclude-table-data={name}" for name in tables.LEFT_OUT]
    with tables.snapshot() as (name, cursor):
        programs.run("pg_dump", "--format=custom", f"--snapshot={name}", f"--file={dump}", *left_out)
        counted = tables.counted(cursor)
    return {"dump": {"size": dump.stat().st_size, "sha256": files.digest_of(dump)}, "tables": counted}


def _media(folder: Path, partial: Path) -> files.Files:
    """The pictures, unless they lie in a bucket, which has to keep its own earlier versions."""
    if settings.MEDIA_BUCKET:
        return {}
    last = manifest.backups_in(folder)[-1:]
    known = manifest.manifest_of(last[0]).media if last else {}
    before = last[0] / MEDIA if last else None
    return files.copy_new(Path(settings.MEDIA_ROOT), partial / MEDIA, before, known)


def keep_list(folder: Path) -> None:
    """Puts the list of what was taken from sight, made whole, into `folder`; there is never half of it."""
    mend_list()
    source = Path(settings.TOMBSTONES)
    # A name of its own: a backup and the hourly copy may come here at the same moment.
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f"{LIST}.", delete_on_close=False) as new:
        new.write(source.read_bytes() if source.exists() else b"")
        new.flush()
        os.fsync(new.fileno())
        Path(new.name).replace(folder / LIST)


def versions() -> dict[str, str]:
    """What the backup was made with: the site's own code by the last migration of each app."""
    done = MigrationRecorder(connection).applied_migrations()
    last: dict[str, str] = {}
    for app, name in sorted(done):
        last[f"migration {app}"] = name
    programs_ = {"postgresql": str(connection.pg_version), "django": version("django")}
    return programs_ | last


def forget_old(folder: Path, *, keep: int, now: datetime) -> list[Path]:
    """Deletes backups older than `keep` days, and halves of a day ago; never the last one that is whole."""
    limit, gone = now - timedelta(days=keep), []
    for backup in manifest.backups_in(folder)[:-1]:
        if backup.name < manifest.called(limit):
            # By another name first: half a backup is never taken for one.
            away = backup.rename(backup.with_name(f"{backup.name}{PARTIAL}"))
            shutil.rmtree(away)
            gone.append(backup)
    for half in folder.glob(f"*{PARTIAL}"):
        if half.name < manifest.called(now - ABANDONED):
            shutil.rmtree(half, ignore_errors=True)
    return gone


def _settle(folder: Path) -> None:
    """On disk before anybody relies on it."""
    for path in folder.rglob("*") if folder.name.endswith(PARTIAL) else (folder,):
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
