"""`manage.py digests`: write the digests that are due; a running site does it by itself."""

from django.core.management.base import BaseCommand

from archive.digests import write_due_digests


class Command(BaseCommand):
    help = "Writes the digests that are due; a worker sends them. Safe to run at any time."

    def handle(self, *, verbosity: int, **_: object) -> None:
        written = write_due_digests()
        if verbosity:
            self.stdout.write(f"Wrote {written} digest{'' if written == 1 else 's'}.")
