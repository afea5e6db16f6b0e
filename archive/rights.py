"""Who may take what is free for research and not public."""

from events.models import Event
from people.guests import Viewer
from people.terms import has_accepted


def sees_research(viewer: Viewer, event: Event | None = None) -> bool:
    """Whether words that only researchers may use go to this viewer: of `event`, or of everything.

    They need the role, over the site or in the event (which includes whoever runs it), and to have
    accepted the terms as they are today.
    """
    if not has_accepted(viewer):
        return False
    return viewer.is_researcher or (event is not None and event.is_researched_by(viewer))
