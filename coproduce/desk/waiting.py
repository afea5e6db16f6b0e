"""What waits to be looked at, of every kind, as one list."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from journal.models import Comment, Illustration, Report, Story
from journal.spam.learning import telling_words_of
from outcomes.models import Call, Signature
from people.guests import Viewer
from people.log_forms import kind_of
from responses.models import Moderation, Note, Option, Picture

# How like removed things something has to be to come after everything else of its day.
LIKE_SPAM = 0.9
MOST = 50  # on one page
# Of one kind at a time, so that a flood of one cannot fill the memory; the rest follows.
MOST_OF_A_KIND = 500
SEEN = 12  # characters of the digest that stands for the words as they were looked at


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody has to look at.

    `why` says in sentences why it waits, `likeness` (0 to 1) how like it is to what was removed
    before; the first is shown, the second only sorts.
    """

    kind: str
    thing: Model
    since: datetime
    words: str
    where: str
    address: str
    why: Sequence[str] = ()
    likeness: float = 0
    is_urgent: bool = False

    @property
    def ticked(self) -> str:
        """What stands for it, and for its words as they were shown, in a form."""
        return f"{self.kind}.{self.thing.identifier}.{seen(self.words)}"

    @property
    def order(self) -> tuple[bool, bool, datetime]:
        """What is urgent first, what is most like spam last, and else the oldest first."""
        return not self.is_urgent, self.likeness >= LIKE_SPAM, self.since


def seen(words: str) -> str:
    """A stand-in for words: nobody decides about others than those they saw."""
    return hashlib.sha256(words.encode()).hexdigest()[:SEEN]


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Everything that waits for `viewer`, in the order to look at it; seven queries."""
    found = [found_one for kind in KINDS.values() for found_one in kind.waiting(viewer)]
    return sorted(found, key=lambda one: one.order)


def with_telling_words(shown: Sequence[Waiting]) -> list[tuple[Waiting, list[str]]]:
    """Each with the words that make it most like what was removed before; for what looks like spam alone."""
    like = [one for one in shown if one.likeness >= LIKE_SPAM]
    words = (
        dict(zip(map(id, like), telling_words_of([one.words for one in like]), strict=True)) if like else {}
    )
    return [(one, words.get(id(one), [])) for one in shown]


def _notes(viewer: Viewer) -> QuerySet[Note]:
    there = Event.objects.moderated_by(viewer)
    notes = Note.objects.visible_to(viewer).filter(board__event__in=there)
    return notes.select_related("station", "board__event")


def _note(note: Note) -> Waiting:
    why = _("This board shows words once somebody has looked at them.")
    if note.moderation_why:
        why = _("Hidden before: %(why)s") % {"why": note.moderation_why}
    where = {"heading": note.station.heading, "event": note.board.event.name}
    return Waiting(
        "note", note, note.added_at, "\n".join((note.mark, note.text, note.signed)),
        _("Note under %(heading)s, %(event)s") % where, note.get_absolute_url(), [why],
    )  # fmt: skip


def _options(viewer: Viewer) -> QuerySet[Option]:
    there = Event.objects.moderated_by(viewer)
    return Option.objects.visible_to(viewer).filter(poll__event__in=there).select_related("poll__event")


def _option(option: Option) -> Waiting:
    where = _("Suggestion in %(poll)s, %(event)s") % {
        "poll": option.poll.name,
        "event": option.poll.event.name,
    }
    return Waiting("option", option, option.added_at, option.text, where, option.get_absolute_url())


def _pictures(viewer: Viewer) -> QuerySet[Picture]:
    there = Event.objects.moderated_by(viewer)
    pictures = Picture.objects.visible_to(viewer).filter(drawing__event__in=there)
    return pictures.select_related("drawing__event")


def _picture(picture: Picture) -> Waiting:
    where = _("Drawing in %(drawing)s, %(event)s") % {
        "drawing": picture.drawing.name,
        "event": picture.drawing.event.name,
    }
    words = "\n".join((picture.alt, picture.group, picture.expression))
    return Waiting("picture", picture, picture.added_at, words, where, picture.get_absolute_url())


def _comments(viewer: Viewer) -> QuerySet[Comment]:
    comments = Comment.objects.visible_to(viewer).moderated_by(viewer)
    return comments.select_related("post", "event", "person", "answers")


def _comment(comment: Comment) -> Waiting:
    on = comment.post or comment.event
    return Waiting(
        "comment", comment, comment.sent_at, "\n".join((comment.mark, comment.name, comment.text)),
        _("Comment on %(on)s") % {"on": on}, on.get_absolute_url(),
        _translated(comment.held_because), comment.likeness,
    )  # fmt: skip


def _translated(reasons: Sequence[str]) -> list[str]:
    """Kept reasons, those that are the same each time in the language of whoever looks."""
    return [_(why) for why in reasons]


def _stories(viewer: Viewer) -> QuerySet[Story]:
    stories = Story.objects.visible_to(viewer).moderated_by(viewer)
    return stories.select_related("call", "consent", "person").prefetch_related(
        Prefetch("illustrations", Illustration.objects.filter(withdrawn_at=None), to_attr="pictures")
    )


def _story(story: Story) -> Waiting:
    # Its pictures too: one that was added meanwhile is not shown with words that were looked at before.
    pictures = [picture.identifier for picture in story.pictures]
    return Waiting(
        "story", story, story.sent_at, "\n".join((story.title, story.name, story.text, *pictures)),
        _("Story for %(call)s") % {"call": story.call}, story.get_absolute_url(),
        _translated(story.held_because), story.likeness,
    )  # fmt: skip


def _reports(viewer: Viewer) -> QuerySet[Report]:
    return Report.objects.visible_to(viewer).select_related(*REPORT_PARTS)


def _report(report: Report) -> Waiting:
    about = report.about
    # A comment has no name of its own: what it is on tells it apart.
    where = _("Report about %(kind)s “%(about)s”") % {"kind": kind_of(about), "about": about}
    if isinstance(about, Comment):
        where = _("Report about a comment on %(about)s") % {"about": about.post or about.event}
    why = [_("Somebody reported it: “%(reason)s”.") % {"reason": report.get_reason_display()}]
    if report.hid_it:
        why.append(_("It is out of sight until you decide."))
    return Waiting(
        "report", report, report.reported_at, "\n".join((report.reason, report.text)),
        where, about.get_absolute_url(), why,
        is_urgent=report.reason in Report.URGENT,
    )  # fmt: skip


def _signatures(viewer: Viewer) -> QuerySet[Signature]:
    signatures = Signature.objects.visible_to(viewer).filter(call__in=Call.objects.run_by(viewer))
    return signatures.select_related("call").order_by("confirmed_at", "pk")


def _signature(signature: Signature) -> Waiting:
    return Waiting(
        "signature", signature, signature.confirmed_at or signature.asked_at,
        "\n".join((signature.kind, signature.name, signature.organisation, signature.will_do)),
        _("Signature of %(call)s") % {"call": signature.call},
        reverse("call_signatures", args=[signature.call.identifier]),
        [_("It counts. Its words are public once somebody has read them.")],
    )  # fmt: skip


REPORT_PARTS = (
    "note__station", "note__board__event", "option__poll__event", "picture__drawing__event", "photo__event",
    "comment__post", "comment__event", "story__call", "post", "event",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is found, among all that this viewer decides upon, and told."""

    all_of: Callable[[Viewer], QuerySet]
    told: Callable[[Model], Waiting]
    waits: dict[str, str]

    def waiting(self, viewer: Viewer) -> Iterator[Waiting]:
        return map(self.told, self.all_of(viewer).filter(**self.waits)[:MOST_OF_A_KIND])


_MODERATED = {"moderation": Moderation.WAITING}
_HELD = {"state": "held"}
KINDS = {
    "note": Kind(_notes, _note, _MODERATED),
    "option": Kind(_options, _option, _MODERATED),
    "picture": Kind(_pictures, _picture, _MODERATED),
    "comment": Kind(_comments, _comment, _HELD),
    "story": Kind(_stories, _story, _HELD),
    "signature": Kind(_signatures, _signature, {"state": Signature.State.HELD}),
    "report": Kind(_reports, _report, {"outcome": ""}),
}
