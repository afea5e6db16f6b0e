"""The posts of the demo, two of them in a series."""

from archive.demo.tables import read_table
from events.models import Event
from journal.posts import edit_post, publish_post
from people.guests import Viewer

BYLINE = "The demo editors"


def publish_posts(*, by: Viewer) -> None:
    for row in read_table("posts")["posts"]:
        publish(row, by=by)


def publish(row: dict, *, by: Viewer) -> None:
    """A post as it stands in the table; the demo organiser is its author."""
    events = Event.objects.filter(slug__in=row.pop("events"))
    place = {name: row.pop(name, None) for name in ("series", "part", "parts")}
    tags = row.pop("tags", [])
    post = publish_post(by=by, byline=BYLINE, is_invented=True, events=events, **row)
    edit_post(
        post, by=None, title=post.title, summary=post.summary, byline=BYLINE, authors=[by.person],
        tags=tags, events=events, takes_comments=True, **place,
    )  # fmt: skip
