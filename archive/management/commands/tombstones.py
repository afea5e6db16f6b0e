"""`manage.py tombstones [FOLDER]`: the list of what was taken from sight, made whole, and a copy of it."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from archive.backup.listing import mend_list
from archive.backup.making import keep_list
from coproduce.tombstones import read


class Command(BaseCommand):
    help = "Makes the list of what was taken from sight whole, and copies it into a folder of backups."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="Where backups are kept.")

    def handle(self, *, folder: Path | None, **_: object) -> None:
        added = mend_list()
        if folder:
            keep_list(folder.absolute())
        self.stdout.write(f"{settings.TOMBSTONES}: {len(read()):,} lines, {added} of them added now.")
