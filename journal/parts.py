"""Where a post stands among the parts of its series."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journal.models import Post, PostSeries
from people.guests import Viewer


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a post in its series, and what comes before and after it, as a viewer may see them."""

    series: PostSeries
    words: str
    before: Post | None
    after: Post | None


def place_of(post: Post, viewer: Viewer) -> Place | None:
    """None for a post that stands alone."""
    if post.series is None:
        return None
    parts = list(Post.objects.visible_to(viewer).filter(series=post.series).in_order())
    at = parts.index(post)
    after = parts[at + 1] if at + 1 < len(parts) else None
    return Place(post.series, words_of(post), parts[at - 1] if at else None, after)


def words_of(post: Post) -> str:
    """Which part of its series a post is: "part 1 of 4"; empty where it has no number."""
    if post.part is None:
        return ""
    return (
        _("part %(part)s of %(parts)s") % {"part": post.part, "parts": post.series.parts}
        if post.series.parts
        else _("part %(part)s") % {"part": post.part}
    )
