"""`manage.py migrate`, on a site that people use: docs/upgrading.md says in which order."""

from django.core.management.commands import migrate
from django.db import connections

from coproduce.migrating import patiently


class Command(migrate.Command):
    help = "Brings the tables up to date. Nobody who reads waits longer than a second for it."

    def handle(self, *args: object, **options: object) -> None:
        work = super().handle
        connection = connections[str(options["database"])]
        patiently(lambda: work(*args, **options), connection, say=self.stderr.write)
