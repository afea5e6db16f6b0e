"""`manage.py pictures`: do the folders of pictures and the rows agree."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from coproduce.images.keeping import missing, orphans, remove_orphans
from journal.models import Attachment, Illustration
from responses.models import Photo, Picture


class Command(BaseCommand):
    help = "Reports folders of pictures that nothing shows, and pictures whose files are gone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--remove", action="store_true", help="Delete the folders that nothing shows, for good."
        )

    def handle(self, *, remove: bool, verbosity: int, **_: object) -> None:
        known = folders()
        left = remove_orphans(known) if remove else len(orphans(known))
        if verbosity:
            done = "removed" if remove else "found; --remove deletes what is there"
            self.stdout.write(f"{left} folder{'' if left == 1 else 's'} without a picture {done}.")
        if gone := missing(known):
            raise CommandError(
                f"{len(gone)} of {len(known)} pictures have no files. Restore MEDIA_ROOT from the back-up "
                f"that belongs to this database. Their folders: {', '.join(gone)}"
            )


def folders() -> set[str]:
    """The folders of all rows of every kind: whoever keeps files elsewhere adds theirs here."""
    named = (
        Picture.objects.standing().values_list("files", flat=True),
        Photo.objects.standing().values_list("files", flat=True),
        Illustration.objects.filter(withdrawn_at=None).values_list("files", flat=True),
        Attachment.objects.filter(withdrawn_at=None).values_list("folder", flat=True),
    )
    return set().union(*named)
