"""The comments on a page, as they stand there: each with its answers, and what is no longer shown."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.comments import closes_at, why_closed
from journal.models import Comment, Post, State
from journal.spam.writers import writers_of
from people.guests import Viewer

GONE = {
    State.REMOVED: gettext_lazy("A comment was taken away by whoever looks after this page."),
    State.WITHDRAWN: gettext_lazy("A comment was taken back by whoever wrote it."),
    State.HELD: gettext_lazy("A comment is being looked at again."),
}


@dataclass(slots=True)
class Thread:
    """One comment with the answers to it; `gone` is a sentence where it is not shown any more."""

    comment: Comment
    is_own: bool = False
    gone: str = ""
    answers: list["Thread"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How its writer is called."""
        person = self.comment.person
        return (person.name if person else self.comment.name) or "A participant"

    @property
    def waits(self) -> bool:
        """Whether only its writer sees it here."""
        return self.is_own and self.comment.state == State.HELD


@dataclass(slots=True)
class Section:
    """All that a page says of the comments on it; `closed` is a sentence where it takes no more."""

    on: Post | Event
    threads: list[Thread]
    number: int
    closed: str
    until: datetime | None

    @property
    def is_open(self) -> bool:
        return not self.closed

    @property
    def is_there(self) -> bool:
        """Whether the page has anything to say of comments."""
        return self.is_open or bool(self.threads)

    @property
    def write_address(self) -> str:
        return reverse("post_comment" if isinstance(self.on, Post) else "event_comment", args=[self.on.slug])


def comments_on(on: Post | Event, viewer: Viewer) -> Section:
    """The comments on a post or record that `viewer` may see, the oldest first; one query.

    What was shown and is no longer leaves a line without a word of it, and one's own that wait
    are there for their writer.
    """
    of = {"post" if isinstance(on, Post) else "event": on}
    writers = writers_of(viewer)
    told = Q(state=State.SHOWN) | Q(shown_at__isnull=False) | Q(state=State.HELD, writer__in=writers)
    comments = Comment.objects.filter(told, **of).select_related("person").order_by("sent_at", "pk")
    threads = {comment.pk: _thread(comment, writers) for comment in comments}
    for thread in threads.values():
        if (above := threads.get(thread.comment.answers_id)) is not None:
            above.answers.append(thread)
    top = [thread for thread in threads.values() if thread.comment.answers_id is None]
    shown = sum(thread.comment.state == State.SHOWN for thread in threads.values())
    return Section(on, top, shown, why_closed(on), closes_at(on))


def _thread(comment: Comment, writers: list[str]) -> Thread:
    is_own = comment.writer in writers
    is_there = comment.state == State.SHOWN or (is_own and comment.state == State.HELD)
    return Thread(comment, is_own, "" if is_there else GONE[comment.state])
