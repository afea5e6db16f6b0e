"""`manage.py forget`: drop the links between devices and notes or readings whose time is up."""

from django.core.management.base import BaseCommand

from archive.forgetting import forget_due


class Command(BaseCommand):
    help = "Forgets who left what on activities that closed long enough ago; safe to run at any time."

    def handle(self, *, verbosity: int, **_: object) -> None:
        forgotten = forget_due()
        if verbosity:
            self.stdout.write(str(forgotten))
