"""Pages that show nothing of the responses to any event but one, so that other events leave them alone.

That this is so is shown for each of them by tests/rules/test_kept_pages.py.
"""

from django.urls import Resolver404, resolve

from events.models import Event

# The routes, and what they call the slug of the event. Visitors see these while people respond.
OF_ONE_EVENT = {
    "event": "slug",
    "board": "event",
    "poll": "event",
    "cards": "event",
    "drawing": "event",
}


def event_of(path: str) -> int | None:
    """The primary key of the one event that the page at `path` shows responses to; None for all others."""
    try:
        # As the environ has it: the bytes of UTF-8, one character each.
        match = resolve(path.encode("latin-1").decode())
    except (Resolver404, UnicodeError):
        return None
    name = OF_ONE_EVENT.get(match.url_name or "")
    if name is None or match.namespaces:
        return None
    return Event.objects.filter(slug=match.kwargs[name]).values_list("pk", flat=True).first()
