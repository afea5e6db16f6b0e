"""Who listens to an activity: everybody in one audience who reads one language is sent the same bytes."""

from enum import StrEnum
from typing import NamedTuple

from people.guests import Viewer
from responses.models import Activity, Note
from responses.models.notes import NoteQuerySet


class Audience(StrEnum):
    """What a stream may carry, fixed when it opens."""

    PUBLIC = "public"  # notes that anybody may read
    ROOM = "room"  # every note on the wall: who joined with the code, who leads or moderates it, its screens


class Place(NamedTuple):
    """Whose readers are sent the same bytes: an activity, an audience of it, and their language."""

    pk: int
    audience: Audience
    language: str


def audience_of(activity: Activity, viewer: Viewer) -> Audience:
    """The audience `viewer` belongs to; the same rule as `NoteQuerySet.visible_to`."""
    if viewer.screen_of == activity.pk or (viewer.person and activity.event.is_moderated_by(viewer)):
        return Audience.ROOM
    token = activity.token_of(viewer)
    in_room = bool(token) and activity.participants.in_the_room().filter(token=token).exists()
    return Audience.ROOM if in_room else Audience.PUBLIC


def notes_for(activity: Activity, audience: Audience) -> NoteQuerySet:
    """The notes on the wall of a board that every viewer in `audience` may read."""
    notes = Note.objects.on_the_wall().filter(board=activity.pk)
    return notes if audience == Audience.ROOM else notes.filter(consent__public=True)
