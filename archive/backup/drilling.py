"""The drill: the newest backup restored beside the site, compared, and removed again."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.test.utils import override_settings

from archive.backup import manifest
from archive.backup.doing_again import MODELS
from archive.backup.restoring import Restored, lists_for, restore
from archive.backup.trouble import BackupTrouble
from archive.harvest.gone import GONE
from coproduce.databases import LISTENING
from coproduce.tombstones import due, read
from people.guests import ANYBODY

ENDING = "_restored"
# What is gone under one name, and listed under another.
NAMED = {"drawing": "picture"}


@dataclass(frozen=True, slots=True)
class Drilled:
    """Which backup came back, in how many seconds, and what came back that is gone from the site."""

    backup: Path
    seconds: float
    restored: Restored
    back: list[str]


def drill(folder: Path) -> Drilled:
    """Restores the newest backup of `folder` into a scratch database and folder, which it removes again.

    Raises BackupTrouble where there is none, or it cannot be brought back as it was.
    """
    if not (here := manifest.backups_in(folder)):
        raise BackupTrouble(f"There is no backup in {folder}. Make one: python manage.py backup {folder}")
    lists, gone, begun = lists_for(here[-1]), taken_away(), time.monotonic()
    with scratch_database(), scratch_folder(folder) as media:
        restored = restore(here[-1], media=media, lists=lists, linked=True)
        back = sorted(gone & shown_now())
    return Drilled(here[-1], time.monotonic() - begun, restored, back)


def taken_away() -> set[str]:
    """What everybody could see once and cannot now since somebody took it from sight, as "note 123ABC"."""
    listed = {f"{one.kind} {one.id}" for one in due(read())}
    return listed & {
        f"{NAMED.get(kind, kind)} {row}"
        for kind, (lost, column) in GONE.items()
        for row in lost().values_list(column, flat=True)
    }


def shown_now() -> set[str]:
    """What everybody can see, of the kinds that are announced when they go."""
    return {
        f"{NAMED.get(kind, kind)} {row}"
        for kind in GONE
        if (model := MODELS.get(NAMED.get(kind, kind)))
        for row in model.objects.visible_to(ANYBODY).values_list("identifier", flat=True)
    }


@contextmanager
def scratch_database() -> Iterator[str]:
    """An empty database beside the site's, which is the site's for the block and is dropped after it."""
    own = connection.settings_dict["NAME"]
    scratch = f"{own}{ENDING}"
    _on_the_side(f'DROP DATABASE IF EXISTS "{scratch}" WITH (FORCE)', f'CREATE DATABASE "{scratch}"')
    _turn_to(scratch)
    try:
        yield scratch
    finally:
        _turn_to(own)
        _on_the_side(f'DROP DATABASE IF EXISTS "{scratch}" WITH (FORCE)')


def _on_the_side(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _turn_to(name: str) -> None:
    for alias in {"default", LISTENING} & set(settings.DATABASES):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder on the disk of the backups, so that files need not be copied; MEDIA_ROOT for the block."""
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=beside))
    try:
        # What is done again deletes files: those of the drill, and never the site's.
        own = {"MEDIA_ROOT": folder / "media", "MEDIA_BUCKET": "", "TOMBSTONES": folder / "tombstones.jsonl"}
        with override_settings(**own):
            yield folder / "media"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
