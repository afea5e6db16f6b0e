"""`manage.py export_site DIR`: the whole public site as files."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.whole.copying import NotACopy, copy_site


class Command(BaseCommand):
    help = "Writes everything that everybody can read as pages and files that need no server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Empty, not there, or an older copy.")

    def handle(self, *, folder: Path, verbosity: int, **_: object) -> None:
        try:
            copy = copy_site(folder)
        except NotACopy as refusal:
            raise CommandError(str(refusal)) from refusal
        for address, status in sorted(copy.broken.items()):
            self.stderr.write(f"{address} answered {status}; links to it lead to {copy.place(address)}")
        if verbosity:
            self.stdout.write(f"{len(copy.pages)} pages in {folder}. Any file server can show them.")
