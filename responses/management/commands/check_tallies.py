"""`manage.py check_tallies`: compare the counts that the database keeps with the notes themselves."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from responses.kept_counts import differences, mend_tallies


class Command(BaseCommand):
    help = "Compares kept counts with the notes; prints each difference and ends with 1 where there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Put right what differs, and end with 0.")

    def handle(self, *, mend: bool, verbosity: int, **_: object) -> None:
        found = mend_tallies(by=None) if mend else differences()
        for one in found:
            self.stdout.write(str(one))
        if verbosity and not found:
            self.stdout.write("Every kept count is the number of its notes.")
        elif verbosity:
            done = "were put right" if mend else "differ. Put them right with: manage.py check_tallies --mend"
            self.stdout.write(f"{len(found)} kept count{'' if len(found) == 1 else 's'} {done}.")
        if found and not mend:
            sys.exit(1)
