"""`manage.py restore BACKUP`: brings a backup back, and lets nothing come back that was withdrawn since."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.backup import manifest
from archive.backup.restoring import keep_gathered, lists_for, restore

NO_LIST = (
    "There is no list of what was withdrawn after that backup: TOMBSTONES is {}, which does not exist. "
    "Put the one of the lost machine there, or say --without-tombstones, and look by hand for what people "
    "had taken away."
)


class Command(BaseCommand):
    help = "Brings a backup back into an empty database, and does again what was withdrawn since."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="One backup, or the folder of all: then the newest.")
        parser.add_argument("--into", metavar="DATABASE_URL", help="Another database than the site's own.")
        parser.add_argument("--media", type=Path, help="Another folder than MEDIA_ROOT.")
        parser.add_argument("--over", action="store_true", help="Delete what is in the database before.")
        parser.add_argument("--without-tombstones", action="store_true", help="Go on where the list is lost.")

    def handle(self, *, backup: Path, into: str | None, media: Path | None, **options: object) -> None:
        if into or media:
            sys.exit(again(into, media))
        chosen = newest(backup.absolute())
        if not Path(settings.TOMBSTONES).exists() and not options["without_tombstones"]:
            raise CommandError(NO_LIST.format(settings.TOMBSTONES))
        lists = lists_for(chosen)
        told = restore(chosen, media=Path(settings.MEDIA_ROOT), lists=lists, over=bool(options["over"]))
        keep_gathered(lists)
        self.stdout.write(
            f"Restored {chosen.name}: {told.manifest.rows:,} rows, equal in every table, and {told.files:,} "
            f"files. {told.replayed}"
        )
        for sentence in told.replayed.failed:
            self.stderr.write(f"Not done again, look at it by hand: {sentence}")


def newest(path: Path) -> Path:
    """The backup at `path`, or the newest in that folder."""
    if (path / manifest.NAME).exists():
        return path
    if here := manifest.backups_in(path):
        return here[-1]
    raise CommandError(f"There is no backup in {path}.")


def again(into: str | None, media: Path | None) -> int:
    """The same command with other settings, in a process of its own: Django knows one database at a time."""
    kept, skip = [], False
    for word in sys.argv:
        if not skip and not word.startswith(("--into", "--media")):
            kept.append(word)
        skip = word in ("--into", "--media")
    elsewhere = {"DATABASE_URL": into, "LISTEN_DATABASE_URL": "", "DATABASE_REPLICA_URL": ""} if into else {}
    if media:
        tombstones = os.environ.get("TOMBSTONES") or str(settings.TOMBSTONES)
        elsewhere |= {"MEDIA_ROOT": str(media.absolute()), "TOMBSTONES": tombstones}
    return subprocess.call([sys.executable, *kept], env=os.environ | elsewhere)  # noqa: S603  this command
