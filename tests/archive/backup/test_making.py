"""A backup is whole or it is none, and a damaged one is refused before anything is changed."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection

from archive.backup import manifest, programs, tables
from archive.backup.drilling import drill
from archive.backup.making import back_up, forget_old, keep_list
from archive.backup.restoring import restore
from archive.backup.trouble import BackupTrouble
from people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

# Stands for pg_dump: says that it has begun, and takes for ever.
STUCK = """#!/bin/sh
[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 99.0" && exit
touch "$STARTED"; exec sleep 600
"""


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.TOMBSTONES = tmp_path / "media", tmp_path / "tombstones.jsonl"
    (tmp_path / "media" / "one").mkdir(parents=True)
    (tmp_path / "media" / "one" / "whole.jpg").write_bytes(b"a picture")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_comes_back_equal_and_unchanged_files_are_kept_once(folder: Path) -> None:
    Person.objects.create_user("ada@example.org", name="Ada")
    first = back_up(folder, keep=35)
    first = first.rename(first.with_name("2026-01-01T000000Z"))
    (site.MEDIA_ROOT / "one" / "small.jpg").write_bytes(b"a small picture")
    second = back_up(folder, keep=9999)
    told = drill(folder)
    assert told.backup == second
    assert told.restored.files == 2
    assert not [path for path in folder.iterdir() if path.name.startswith("drill-")]
    both = [backup / manifest.MEDIA / "one" / "whole.jpg" for backup in (first, second)]
    assert both[0].stat().st_ino == both[1].stat().st_ino
    assert "ada@example.org" not in (second / manifest.NAME).read_text()
    for path, name in ((second / manifest.DUMP, "dump"), (second / manifest.MEDIA / "one/small.jpg", "file")):
        whole = path.read_bytes()
        path.write_bytes(whole[:-4])
        with pytest.raises(BackupTrouble, match="is damaged, so nothing was done"):
            restore(second, media=folder / name, lists=[])
        path.write_bytes(whole)
    with pytest.raises(BackupTrouble, match="is not empty: it has"):
        restore(second, media=folder / "media", lists=[])
    assert Person.objects.get().name == "Ada"


def test_one_row_that_differs_is_told(folder: Path) -> None:
    """The same digests see what the drill must not miss."""
    Person.objects.create_user("ada@example.org", name="Ada")
    with tables.snapshot() as (_, cursor):
        before = tables.counted(cursor)
    Person.objects.update(name="Adb")
    with tables.snapshot() as (_, cursor):
        after = tables.counted(cursor)
    assert tables.differences(before, after) == ["people_person has other contents in its 1 rows."]
    assert tables.differences(before, before) == []


def test_a_kill_while_a_backup_is_written_leaves_the_earlier_one(folder: Path, tmp_path: Path) -> None:
    earlier = back_up(folder, keep=35)
    stuck = tmp_path / "bin" / "pg_dump"
    stuck.parent.mkdir()
    stuck.write_text(STUCK)
    stuck.chmod(0o755)
    started = tmp_path / "started"
    environment = os.environ | {"PATH": f"{stuck.parent}:{os.environ['PATH']}", "STARTED": str(started)}
    environment |= {"MEDIA_ROOT": str(site.MEDIA_ROOT), "TOMBSTONES": str(site.TOMBSTONES)}
    words = [sys.executable, "manage.py", "backup", str(folder)]
    running = subprocess.Popen(words, cwd=site.BASE_DIR, env=environment, start_new_session=True)
    while not started.exists() and running.poll() is None:
        os.sched_yield()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert started.exists()
    assert list(folder.glob("*.partial"))
    assert manifest.backups_in(folder) == [earlier]
    assert manifest.checked(earlier).rows > 0


def made(folder: Path, *days_ago: int) -> list[Path]:
    """Backups of so many days ago, as far as anybody looks who deletes them."""
    now = datetime.now(UTC)
    backups = [folder / manifest.called(now - timedelta(days=days)) for days in days_ago]
    for backup in backups:
        backup.mkdir(parents=True)
        (backup / manifest.NAME).write_text("{}")
    return backups


def test_old_backups_go_and_the_last_one_never_does(folder: Path) -> None:
    old, newer = made(folder, 40, 10)
    (folder / f"{manifest.called(datetime.now(UTC) - timedelta(days=3))}.partial").mkdir()
    assert forget_old(folder, keep=35, now=datetime.now(UTC)) == [old]
    assert forget_old(folder, keep=1, now=datetime.now(UTC)) == []
    assert [path.name for path in folder.iterdir()] == [newer.name]


@pytest.mark.parametrize("name", ["../outside.jpg", "/etc/outside", "one/../../outside.jpg", ""])
def test_no_file_of_a_backup_is_put_outside_of_the_media(folder: Path, name: str) -> None:
    (backup,) = made(folder, 1)
    said = manifest.Manifest("2026-11-01T10:00:00+00:00", 1, {}, {}, {}, {name: {"size": 0, "sha256": ""}})
    said.write(backup)
    with pytest.raises(BackupTrouble, match="is no backup"):
        manifest.manifest_of(backup)


def test_the_list_is_copied_for_nobody_else_to_read_and_leaves_nothing_beside_it(folder: Path) -> None:
    folder.mkdir()
    Path(site.TOMBSTONES).write_text("{}\n")
    Path(site.TOMBSTONES).chmod(0o644)
    keep_list(folder)
    keep_list(folder)
    (copy,) = folder.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.read_text() == "{}\n"


def test_a_dump_program_older_than_the_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "version_of", lambda _path: 9)
    with pytest.raises(BackupTrouble, match=r"of pg_dump version 9 is here.*install the package postgresql"):
        programs.fitting("pg_dump", connection)
