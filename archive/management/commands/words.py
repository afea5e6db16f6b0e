"""`manage.py words`: gathers the words that searches suggest."""

from django.core.management.base import BaseCommand

from archive.search.suggest import make_words


class Command(BaseCommand):
    help = "Gathers the words of the public record for “did you mean”; the site does it by itself each night."

    def handle(self, *, verbosity: int, **_: object) -> None:
        number = make_words()
        if verbosity:
            self.stdout.write(f"{number} words.")
