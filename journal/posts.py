"""Acts on posts."""

from collections.abc import Sequence

from django.db import transaction

from coproduce.markup import clean
from events.models import Event
from journal.models import Post
from people.guests import Viewer
from people.trace import leave_trace


@transaction.atomic
def publish_post(*, by: Viewer | None, body: str, events: Sequence[Event] = (), **fields: object) -> Post:
    """Publish a post; its body is sanitised before it is kept."""
    post = Post.objects.create(body=clean(body), **fields)
    post.events.set(events)
    leave_trace("published", post, by=by)
    return post
