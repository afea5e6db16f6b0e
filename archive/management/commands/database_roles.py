"""`manage.py database_roles`: what the roles of the database may do, to be read or applied."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection, transaction

from archive.grants import statements


class Command(BaseCommand):
    help = "Prints the SQL that makes the roles for the site and for exports; --apply runs it as the owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prefix", default="coproduce", help="Roles are called PREFIX_web and PREFIX_export."
        )
        parser.add_argument("--apply", action="store_true", help="Run it on the database of DATABASE_URL.")

    def handle(self, *, prefix: str, apply: bool, **_: object) -> None:
        if not prefix.isidentifier() or not prefix.isascii():
            raise CommandError(f"“{prefix}” cannot begin the name of a role. Use letters, digits and _.")
        if not apply:
            self.stdout.write("\n".join(statements(prefix)))
            return
        run(prefix)
        self.stdout.write(
            f"{prefix}_web and {prefix}_export may do what docs/running.md says. "
            "Give each a password with \\password in psql, and name the first in DATABASE_URL."
        )


def run(prefix: str) -> None:
    """All of it or nothing; raises CommandError where this role may not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements(prefix):
                cursor.execute(statement)
    except ProgrammingError as error:
        raise CommandError(
            f"The roles could not be made ({str(error).splitlines()[0]}). "
            "Run this with the DATABASE_URL of the owner of the tables, who may create roles."
        ) from error
