"""The lock under every act on a photograph."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Photo


@contextmanager
def standing_photo(photo: Photo, *, by: Viewer | None) -> Iterator[Photo]:
    """The photograph as it is now, with its row lock until the transaction around everything ends.

    Refuses who does not run its event (None is the site itself), and one that was taken down.
    """
    with transaction.atomic():
        photo = locked_photo(photo)
        must_run(photo.event, by)
        if photo.taken_down_at:
            raise Refused("This photograph was taken down before. Nothing of it is left.")
        yield photo


def must_run(event: Event, by: Viewer | None) -> None:
    """Refuse unless the site itself or one who runs the event acts.

    As `responses.board.must_run`, which stands on this package: a note that ends is covered.
    """
    if by is not None and not event.is_run_by(by):
        raise Refused("Only those who run this event can do that.")


def locked_photo(photo: Photo) -> Photo:
    rows = Photo.objects.select_for_update(of=("self",)).select_related("event", "board__event", "station")
    return rows.get(pk=photo.pk)
