"""What other pages say of the reading desk."""

from django import template

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Note, Origin
from responses.models.photos import notes_to_read_by
from responses.paper_steps import Steps, steps_of
from responses.readings.progress import Progress
from responses.readings.queue import progress_of

register = template.Library()


@register.simple_tag
def reading_progress(event: Event, viewer: Viewer, board: Board | str = "") -> Progress:
    """How far the reading of the event's notes from paper has come, or of one board's."""
    return progress_of(event, viewer, board or None)


@register.simple_tag
def may_read(note: Note, viewer: Viewer) -> bool:
    """Whether `viewer` may read the note at the desk; asks only about notes from paper."""
    if note.origin != Origin.PAPER or viewer.person is None:
        return False
    return notes_to_read_by(viewer).filter(pk=note.pk).exists()


@register.simple_tag
def paper_steps(event: Event, viewer: Viewer, progress: Progress | str = "") -> Steps:
    """What lies between the event's photographs and its record; `progress` where the page knows it."""
    return steps_of(event, viewer, progress or None)
