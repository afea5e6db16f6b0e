"""Taking what was reported out of sight, and putting it back: for each kind, by the acts it has.

The site carries it out, whoever decided: that stands on the report and in its trace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from journal.judging import REPORTED, hold_again, judge
from journal.models import Comment, State, Story
from people.guests import Viewer
from people.refusals import Refused
from responses.drawing_desk import hide_picture, show_picture
from responses.models import Moderation, Note, Option, Photo, Picture
from responses.moderation import hide_note, undo_hiding
from responses.photos.publishing import publish_photo, unpublish_photo
from responses.poll import hide_option, show_option

HELD = "Somebody reported it: {}."
HIDDEN = "Somebody reported this. It is hidden until whoever looks after it has looked."

type Hidden = Note | Option | Picture


@dataclass(frozen=True, slots=True)
class Acts:
    """How one kind of answer to a board is hidden and shown."""

    hide: Callable[..., Any]
    show: Callable[..., Any]


ACTS: dict[type, Acts] = {
    Note: Acts(hide_note, undo_hiding),
    Option: Acts(hide_option, show_option),
    Picture: Acts(hide_picture, show_picture),
}


# What a thing stands on: whatever happens to it, that is there.
STANDS_ON: dict[type[Model], Callable[..., Model]] = {
    Note: lambda note: note.board,
    Option: lambda option: option.poll,
    Picture: lambda picture: picture.drawing,
    Photo: lambda photo: photo.event,
    Comment: lambda comment: comment.post or comment.event,
    Story: lambda story: story.call,
}


def stands_on(thing: Model) -> Model:
    """The board, poll, drawing, event, post or call it is part of; a post or an event stands by itself."""
    return STANDS_ON.get(type(thing), lambda one: one)(thing)


def hide(thing: Model, reason: str) -> bool:
    """Take it out of sight until somebody decides; whether it was on show before and is not now."""
    thing.refresh_from_db()
    match thing:
        case Comment() | Story():
            return hold_again(thing, HELD.format(reason.lower()))
        case Photo() if thing.published_at:
            unpublish_photo(thing, by=None)
            return True
        case Note() | Option() | Picture() if thing.moderation == Moderation.SHOWN:
            return _hide(thing, HIDDEN)
    return False


def was_hidden_by_report(thing: Model, at: datetime) -> bool:
    """Whether the report of that time still keeps it out of sight, and nothing else came to pass since.

    What its writer changed since waits to be read like anything else.
    """
    thing.refresh_from_db()
    match thing:
        case Comment() | Story():
            changed = thing.edited_at is not None and thing.edited_at > at
            return thing.state == State.HELD and not changed
        case Photo():
            return thing.published_at is None and thing.taken_down_at is None
        case Note() | Option() | Picture():
            still = thing.withdrawn_at is None and thing.moderation == Moderation.HIDDEN
            return still and thing.moderation_why == HIDDEN
    return False


def put_back(thing: Model, *, by: Viewer) -> None:
    """Show again what a report took away; `by` decided so."""
    match thing:
        case Comment() | Story():
            judge(thing, State.SHOWN, by=by)
        case Photo():
            publish_photo(thing, by=None)
        case _:
            ACTS[type(thing)].show(thing, by=None)


def take_away(thing: Model, *, by: Viewer, as_spam: bool) -> None:
    """Take it away since a report about it was right; posts and events are for their writers to change."""
    thing.refresh_from_db()
    match thing:
        case Comment() | Story() if thing.state in (State.HELD, State.SHOWN):
            judge(thing, State.REMOVED, by=by, why=REPORTED, as_spam=as_spam)
        case Photo() if thing.published_at:
            unpublish_photo(thing, by=None)
        case Note() | Option() | Picture() if thing.withdrawn_at is None:
            _hide(thing, REPORTED)


def _hide(thing: Hidden, why: str) -> bool:
    try:
        ACTS[type(thing)].hide(thing, why, by=None)
    except Refused:
        # A mark counted with others, or one that was withdrawn in this moment.
        return False
    return True
