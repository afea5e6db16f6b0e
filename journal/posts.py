"""Acts on posts."""

from collections.abc import Sequence

from django.db import transaction

from events.models import Event
from journal.models import Post
from journal.writing import write_at_once
from people.guests import Viewer
from people.trace import leave_trace


@transaction.atomic
def publish_post(*, by: Viewer | None, body: str, events: Sequence[Event] = (), **fields: object) -> Post:
    """Publish a post; its body is sanitised before it is kept."""
    post = Post.objects.create(**fields)
    post.events.set(events)
    write_at_once(post, body, by=by)
    leave_trace("published", post, by=by)
    return post
