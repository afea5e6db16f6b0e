"""`manage.py restore_drill FOLDER`: proves that the newest backup can be brought back. For a weekly timer."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.backup.drilling import drill


class Command(BaseCommand):
    help = "Restores the newest backup beside the site, compares it, removes it, and says how long it took."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Where backups are kept.")

    def handle(self, *, folder: Path, **_: object) -> None:
        told = drill(folder.absolute())
        if troubles := [*told.back, *told.restored.replayed.failed]:
            raise CommandError(
                f"{told.backup.name} came back, and so did what is gone: {', '.join(troubles[:10])}."
            )
        self.stdout.write(
            f"{told.backup.name} came back in {told.seconds:.1f} seconds: "
            f"{told.restored.manifest.rows:,} rows, equal in every table, {told.restored.files:,} files. "
            f"{told.restored.replayed}"
        )
