"""Whatever has a permanent address, as a work that can be cited."""

from collections.abc import Callable, Iterator

from django.db.models import Model, QuerySet

from archive.cite.of_boards import board_work, note_work, picture_work, with_readings
from archive.cite.of_data import dataset, release_work
from archive.cite.of_outcomes import (
    amendment_work,
    call_work,
    decision_work,
    promise_work,
    statement_work,
    theme_work,
)
from archive.cite.of_records import (
    event_work,
    post_work,
    principle_work,
    quotation_work,
    set_work,
    story_work,
    wording_work,
)
from archive.cite.work import KINDS, Kind, Work
from archive.models import Release
from coproduce.languages import in_the_sites_language
from events.models import Event, Quotation
from journal.models import Post, State, Story, Version
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from principles.models import Principle, PrincipleSet, Wording
from responses.models import Activity, Board, Moderation, Note, Picture, Reading

__all__ = ["KINDS", "Kind", "Work", "dataset", "is_citable", "work_of", "works_of_notes"]

CHUNK = 500  # notes held in memory at a time


def _of_version(version: Version) -> Work:
    of = version.writing.of
    return event_work(of, version) if isinstance(of, Event) else post_work(of, version)


def _of_reading(reading: Reading) -> Work:
    return note_work(reading.note, reading)


MADE: dict[type[Model], Callable[..., Work]] = {
    Note: note_work,
    Reading: _of_reading,
    Board: board_work,
    Activity: board_work,
    Picture: picture_work,
    Event: event_work,
    Version: _of_version,
    Quotation: quotation_work,
    PrincipleSet: set_work,
    Principle: principle_work,
    Wording: wording_work,
    Post: post_work,
    Story: story_work,
    Theme: theme_work,
    Statement: statement_work,
    Decision: decision_work,
    Amendment: amendment_work,
    Promise: promise_work,
    Call: call_work,
    Release: release_work,
}


def work_of(thing: Model) -> Work:
    """`thing` as a work. Whether it may be seen was asked before: by the page, or by `archive.cite.finding`.

    Raises KeyError for what cannot be cited.
    """
    with in_the_sites_language():
        return MADE[type(thing)](thing)


def works_of_notes(notes: QuerySet[Note]) -> Iterator[Work]:
    """Notes as works, in their order, at constant memory and with the same few queries for every 500."""
    return (work_of(note) for note in with_readings(notes).iterator(chunk_size=CHUNK))


def is_citable(thing: Model) -> bool:
    """Whether a page that shows `thing` may offer its citation: only of what everybody can open."""
    return PUBLIC.get(type(thing), lambda _: True)(thing)


def _is_out(left: Note | Picture) -> bool:
    on = left.board if isinstance(left, Note) else left.drawing
    return (
        left.consent.public
        and left.moderation == Moderation.SHOWN
        and left.withdrawn_at is None
        and is_citable(on.event)
    )


PUBLIC: dict[type[Model], Callable[..., bool]] = {
    Note: _is_out,
    Picture: _is_out,
    Reading: lambda reading: not reading.is_held and is_citable(reading.note),
    Event: lambda event: event.status != Event.Status.DRAFT,
    Post: lambda post: post.is_published,
    Version: lambda version: version.published_at is not None and is_citable(version.writing.of),
    Story: lambda story: story.consent.public and story.state == State.SHOWN,
    Theme: lambda theme: is_citable(theme.event),
    Statement: lambda said: said.published_at is not None and is_citable(said.event),
    Decision: lambda said: said.published_at is not None and is_citable(said.event),
    Amendment: lambda amendment: amendment.opened_at is not None,
    Call: lambda call: call.opened_at is not None,
}
