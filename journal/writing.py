"""Acts on the texts of events and posts."""

from django.db import transaction
from django.utils import timezone

from coproduce.identifiers import new_identifier
from coproduce.markup import clean
from events.models import Event
from journal.models import Post, Writing
from people.guests import Viewer
from people.trace import leave_trace


@transaction.atomic
def write_at_once(of: Event | Post, html: str, *, by: Viewer | None) -> Writing:
    """Give `of` a text of one block that readers see at once: for what comes written already."""
    owner = {"event": of} if isinstance(of, Event) else {"post": of}
    writing = Writing.objects.create(**owner, version=1, shown=1)
    block = {"id": new_identifier(), "kind": "text", "html": clean(html)}
    writing.versions.create(
        number=1, blocks=[block], by=by.person if by else None, published_at=timezone.now()
    )
    leave_trace("wrote", of, by=by)
    return writing
