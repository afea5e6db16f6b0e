"""`manage.py import_archive FILE`: an empty site takes in a package, a bag or a release."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.whole.restoring import restore_archive
from people.refusals import Refused


class Command(BaseCommand):
    help = "Puts a package of an archive on record again, on a site that has no record yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The zip of a Data Package, a bag or a release.")

    def handle(self, *, file: Path, verbosity: int, **_: object) -> None:
        try:
            numbers = restore_archive(file, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for table, number in numbers.items() if verbosity else ():
            self.stdout.write(f"{number:8} {table}")
