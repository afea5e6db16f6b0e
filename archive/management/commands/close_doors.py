"""`manage.py close_doors`: sign everybody out and end every open way in, after a breach."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from archive.closing_doors import STILL_OPEN, close_doors


class Command(BaseCommand):
    help = "Ends all sessions, open activities, links, invitations and waiting files; see breach.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would end, and end nothing")

    def handle(self, *, dry_run: bool, **_: object) -> None:
        told = "would end" if dry_run else "ended"
        for name, number in close_doors(only_look=dry_run).items():
            self.stdout.write(f"{name}: {number} {told}")
        self.stdout.write(STILL_OPEN)
