"""`manage.py backup FOLDER`: the database and the pictures, checked after they are written."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.backup.making import back_up
from archive.backup.manifest import manifest_of

KEPT = 35  # days, as archive/retention.toml promises


class Command(BaseCommand):
    help = "Writes the database and the pictures into a folder, checks both, and deletes what is too old."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Where backups are kept: another disk than the site's.")
        parser.add_argument("--keep", type=int, default=KEPT, help="Days that a backup is kept.")

    def handle(self, *, folder: Path, keep: int, **_: object) -> None:
        if keep < 1:
            raise CommandError("Give a number of days to --keep, for example 35.")
        backup = back_up(folder.absolute(), keep=keep)
        said = manifest_of(backup)
        size = (said.dump["size"] + sum(file["size"] for file in said.media.values())) / 1_000_000
        self.stdout.write(
            f"{backup}: {said.rows:,} rows in {len(said.tables)} tables and {len(said.media):,} files, "
            f"{size:,.1f} MB, in {said.seconds} seconds."
        )
        if settings.MEDIA_BUCKET:
            self.stderr.write("The files in MEDIA_BUCKET are not among them: copy the bucket now.")
