"""`manage.py seed`: the demo community, once."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, connection, transaction

from archive.demo.accounts import sign_ins as how_to_sign_in
from archive.demo.community import found_community
from archive.demo.enclosures import enclose_files
from archive.demo.photographs import hang_photographed_wall
from events.models import Series

SERIES = "coalitions-for-change"
# Any number will do, as long as nothing else takes the same lock.
LOCK = 20190306


class Command(BaseCommand):
    help = "Loads the demo community, unless it is here already, and says how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sign-ins", action="store_true", help="Load nothing; only say how to sign in to the demo."
        )

    def handle(self, *, sign_ins: bool, verbosity: int, **_: object) -> None:
        if not sign_ins:
            found = "The demo community is loaded." if seed() else "The demo community was here already."
            self.tell(found, verbosity)
        elif not is_here():
            raise CommandError("The demo is not here yet. Load it with: ./dev seed")
        self.tell(how_to_sign_in(), verbosity)

    def tell(self, text: str, verbosity: int) -> None:
        if verbosity:
            self.stdout.write(text)


def seed() -> bool:
    """Load the demo; False, and nothing changed, where it is already."""
    is_new = load_community()
    # Each file is kept in a transaction of its own.
    enclose_files()
    # What was read on a photograph can only follow once the photograph is made ready.
    hang_photographed_wall()
    if is_new:
        count_rows()
    return is_new


def count_rows() -> None:
    """Tells PostgreSQL how much there is now: until it counts by itself, it plans for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def load_community() -> bool:
    """Everything but the photographed wall, in one transaction; False where it is already."""
    try:
        with transaction.atomic():
            wait_for_others()
            if is_here():
                return False
            found_community()
    except IntegrityError as error:
        raise CommandError(
            "Something here has an address that the demo needs, so nothing was loaded. "
            f"The demo is for an empty site. ({str(error).splitlines()[0]})"
        ) from error
    return True


def is_here() -> bool:
    return Series.objects.filter(slug=SERIES).exists()


def wait_for_others() -> None:
    """Until the transaction ends, a second `seed` waits here and then finds everything done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
