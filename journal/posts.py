"""Acts on posts: what is known of them, and from when readers see them. Their words are a `Writing`."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.citing import tell
from journal.models import Post, PostSeries, Writing
from journal.publishing import publish_text
from journal.slugs import free_slug
from journal.writing import write_at_once
from people.guests import Viewer
from people.models import Person
from people.refusals import Refused
from people.trace import leave_trace

UNTITLED = gettext_lazy("Give the post a title.")
NOT_YOURS = gettext_lazy("Only those who write this post and the stewards can do that.")
NO_WORDS = gettext_lazy("Write the text first. A post without words is not published.")
MOST_PARTS = 500


@transaction.atomic
def publish_post(*, by: Viewer | None, body: str, events: Sequence[Event] = (), **fields: object) -> Post:
    """Put a post that was written already on record; its body is sanitised before it is kept."""
    post = Post.objects.create(**fields)
    post.events.set(events)
    write_at_once(post, body, by=by)
    leave_trace("published", post, by=by)
    return post


@transaction.atomic
def begin_post(title: str, *, by: Viewer | None) -> Post:
    """A post that only those who write it see; whoever begins it is its first author.

    Refuses somebody who may not organise, and a title without words.
    """
    if by is not None and not by.may_organise:
        raise Refused(_("Only organisers begin posts. A steward can make you one."))
    title, person = _titled(title), by.person if by else None
    slug = free_slug(Post.objects.all(), title, "post")
    post = Post.objects.create(title=title, slug=slug, by=person)
    if person:
        post.authors.create(person=person)
    leave_trace("began", post, by=by)
    return post


@transaction.atomic
def edit_post(
    post: Post, *, by: Viewer | None, title: str, summary: str, byline: str,
    authors: Sequence[Person | str], series: PostSeries | str | None, part: int | None,
    tags: Sequence[str], events: Sequence[Event], takes_comments: bool, parts: int | None = None,
) -> None:  # fmt: skip
    """Change what is known of a post. Its address stays as it was made.

    `authors` are people on record, or names, in order; `series` is one that there is, the name of a
    new one, or none, and `parts` how many it will have, where that is known. Events that `by` may not
    see stay linked. Refuses a place in the series that another post has.
    """
    _must_write(post, by)
    post.title, post.summary, post.byline = _titled(title), summary.strip(), " ".join(byline.split())
    post.takes_comments = takes_comments
    _place(post, series, part, parts, by=by)
    post.save(update_fields=["title", "summary", "byline", "takes_comments", "series", "part"])
    _name_authors(post, authors)
    post.tags.set(tags)
    post.events.set({*events, *_unseen(post, by)})
    leave_trace("changed", post, by=by)


@transaction.atomic
def found_post_series(name: str, *, by: Viewer | None) -> PostSeries:
    """A series of posts, or the one that has this name already."""
    name = " ".join(name.split())
    if there := PostSeries.objects.filter(name__iexact=name).first():
        return there
    slug = free_slug(PostSeries.objects.all(), name, "series")
    series = PostSeries.objects.create(name=name[:200], slug=slug)
    leave_trace("founded", series, by=by)
    return series


@transaction.atomic
def date_post(post: Post, at: datetime | None, *, by: Viewer | None) -> None:
    """Let readers see a post from `at` on: now, later or on a day gone by; None takes it back.

    Its latest version is put on show first, unless readers see the post already. Refuses a post
    without a text, and raises journal.publishing.NotPublished where something has to be put right.
    """
    _must_write(post, by)
    if at is not None and not post.is_published:
        _show_latest(post, by)
    was_public, post.published_at = post.is_published, at
    post.save(update_fields=["published_at"])
    if at is not None and not was_public:
        _tell_cited(post)
    leave_trace(_what_happened(post, was_public=was_public), post, by=by)


def _tell_cited(post: Post) -> None:
    """Whoever follows what it cites could not open it when its text was put on show."""
    for number in set(post.writing.citations.values_list("version", flat=True)):
        tell(post.writing, number)


def _what_happened(post: Post, *, was_public: bool) -> str:
    if post.published_at is None:
        # Nobody ever saw one that was to be published later.
        return "unpublished" if was_public else "unscheduled"
    if post.published_at > timezone.now():
        return "scheduled"
    return "redated" if was_public else "published"


def _show_latest(post: Post, by: Viewer | None) -> None:
    writing = Writing.objects.filter(post=post).first()
    if writing is None or not writing.version:
        raise Refused(NO_WORDS)
    if writing.shown != writing.version:
        publish_text(writing, by=by)


def _place(
    post: Post, series: PostSeries | str | None, part: int | None, parts: int | None, *, by: Viewer | None
) -> None:
    """Give `post` its place in the series, and the series its length, where that is known."""
    if isinstance(series, str):
        series = found_post_series(series, by=by) if series.strip() else None
    post.series, post.part = series, part if series else None
    if series is None:
        return
    _must_be_free(post)
    if parts is not None:
        PostSeries.objects.filter(pk=series.pk).update(parts=parts)


def _must_be_free(post: Post) -> None:
    if post.part is None:
        return
    if not 1 <= post.part <= MOST_PARTS:
        raise Refused(
            _("The parts of a series are counted from 1 to %(most_parts)s.") % {"most_parts": MOST_PARTS}
        )
    PostSeries.objects.select_for_update().get(pk=post.series.pk)
    if post.series.posts.filter(part=post.part).exclude(pk=post.pk).exists():
        raise Refused(
            _("“%(series)s” has a part %(part)s already. Give this one another number.")
            % {"series": post.series, "part": post.part}
        )


def _name_authors(post: Post, authors: Sequence[Person | str]) -> None:
    post.authors.all().delete()
    for position, author in enumerate(authors):
        named = {"person": author} if isinstance(author, Person) else {"name": " ".join(author.split())[:200]}
        post.authors.create(position=position, **named)


def _unseen(post: Post, by: Viewer | None) -> Sequence[Event]:
    """Its events that `by` cannot see, and so did not take away."""
    return post.events.exclude(pk__in=Event.objects.visible_to(by)) if by else ()


def _must_write(post: Post, by: Viewer | None) -> None:
    if by is not None and not post.is_run_by(by):
        raise Refused(NOT_YOURS)


def _titled(title: str) -> str:
    if not (title := " ".join(title.split())):
        raise Refused(UNTITLED)
    return title[:200]
