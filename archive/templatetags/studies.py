"""What somebody's studies make of a note, for its page, which knows no archive."""

from django import template

from archive.models import Study
from archive.studies.reading import Within, within
from people.guests import Viewer
from responses.models import Note

register = template.Library()


@register.simple_tag
def studies_on(note: Note, viewer: Viewer) -> list[Within]:
    """The viewer's studies with what they make of `note`: nothing is asked for who is not signed in."""
    return within(note, viewer)


@register.simple_tag
def studies_to_code_in(viewer: Viewer) -> list[Study]:
    """The studies of the viewer; one query, and none for who is not signed in."""
    return list(Study.objects.visible_to(viewer)[:20]) if viewer.person else []


@register.filter
def codes_at(put: dict[int, list], note: Note) -> list:
    """The codes that are on `note`."""
    return put.get(note.pk, [])
