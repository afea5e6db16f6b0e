"""The lock under every act on a photograph."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Event
from events.running import must_run
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Photo


@contextmanager
def standing_photo(
    photo: Photo, *, by: Viewer | None, guard: Callable[[Event, Viewer | None], None] = must_run
) -> Iterator[Photo]:
    """The photograph as it is now, with its row lock until the transaction around everything ends.

    `guard` refuses who may not do it: unless told otherwise, who does not run its event (None is
    the site itself). Refuses one that was taken down.
    """
    with transaction.atomic():
        photo = locked_photo(photo)
        guard(photo.event, by)
        if photo.taken_down_at:
            raise Refused(_("This photograph was taken down before. Nothing of it is left."))
        yield photo


def locked_photo(photo: Photo) -> Photo:
    rows = Photo.objects.select_for_update(of=("self",)).select_related("event", "board__event", "station")
    return rows.get(pk=photo.pk)
