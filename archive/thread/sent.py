"""What somebody sent in or signed, and how they marked proposed wordings, as pieces of a thread."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.thread.came import of_text
from archive.thread.pieces import Came, Kind, Piece
from events.models import Event
from journal.models import Citation, Comment, Post, State, Story, Writing
from journal.spam.writers import writers_of
from outcomes.models import Amendment, AmendmentMark, Call, Signature
from people.guests import Viewer
from responses.models import Mark
from responses.models.activities import Token
from responses.receipts import hash_of, receipt_of

WITHHELD = gettext_lazy("It was on a page that you may not see any more.")


def marks_of(viewer: Viewer) -> Iterator[Piece]:
    """Marks on proposed wordings, one piece for each wording."""
    if viewer.is_anybody:
        return
    token = Token(Concat("amendment__salt", Value(viewer.key)))
    public = Amendment.objects.visible_to(viewer).filter(opened_at__isnull=False)
    own = AmendmentMark.objects.filter(token=token, amendment__in=public)
    made: defaultdict[Amendment, list[AmendmentMark]] = defaultdict(list)
    for mark in own.select_related("amendment__principle", "amendment__event__series", "amendment__result"):
        made[mark.amendment].append(mark)
    events = _seen(Event, (one.event_id for one in made), viewer)
    for amendment, marks in made.items():
        yield _marked(amendment, marks, amendment.event if amendment.event_id in events else None)


def _marked(amendment: Amendment, marks: list[AmendmentMark], event: Event | None) -> Piece:
    return Piece(
        kind=Kind.AMENDMENT_MARK, identifier=amendment.identifier, at=min(mark.at for mark in marks),
        event=event, name=_("A proposed wording of %(principle)s") % {"principle": amendment.principle},
        words=amendment.text,
        address=amendment.get_absolute_url(), came=tuple(_decided(amendment)),
        marks=tuple((mark.mark, mark.get_mark_display()) for mark in marks),
    )  # fmt: skip


def _decided(amendment: Amendment) -> Iterator[Came]:
    if amendment.decided_at:
        what = _("%(state)s, with a reason") % {"state": amendment.get_state_display()}
        yield Came(
            amendment.decided_at, f"amendment-{amendment.identifier}-decided", what, amendment.decided_why,
            amendment.get_absolute_url(),
        )  # fmt: skip


def comments_of(viewer: Viewer, codes: Sequence[str]) -> Iterator[Piece]:
    """Comments that were sent."""
    sent = Comment.objects.of(viewer) | Comment.objects.filter(receipt_hash__in=map(hash_of, codes))
    answers = Count("answered_by", filter=Q(answered_by__state=State.SHOWN), distinct=True)
    found = list(
        sent.select_related("post", "event__series").annotate(answer_count=answers).order_by("sent_at")
    )
    events = _seen(Event, (comment.event_id for comment in found), viewer)
    posts = _seen(Post, (comment.post_id for comment in found), viewer)
    for comment in found:
        yield _comment(comment, is_seen=comment.event_id in events or comment.post_id in posts)


def _comment(comment: Comment, *, is_seen: bool) -> Piece:
    code = receipt_of(comment.key, comment.receipt_hash or "")
    facts = {
        "kind": Kind.COMMENT, "identifier": comment.identifier, "at": comment.sent_at,
        "event": comment.event if is_seen else None,
        "name": _("A comment on “%(page)s”") % {"page": comment.post or comment.event}
        if is_seen
        else _("A comment"),
        "own_address": reverse("my_comment", args=[code]) if code else "",
    }  # fmt: skip
    if comment.state == State.WITHDRAWN:
        return Piece(**facts, gone=_("You took it back."))
    shown = is_seen and comment.state == State.SHOWN
    marked = comment.mark != Mark.NOT_RECORDED
    return Piece(
        **facts, words=comment.text, address=comment.get_absolute_url() if shown else "",
        marks=((comment.mark, comment.get_mark_display()),) if marked else (),
        said=tuple(_of_sent(comment)) if is_seen else (str(WITHHELD),),
        came=tuple(_answered(comment, shown=shown)),
    )  # fmt: skip


def _of_sent(sent: Comment | Story) -> Iterator[str]:
    if sent.state != State.SHOWN:
        yield f"{sent.get_state_display()}."
    if sent.reason:
        yield sent.reason


def _answered(comment: Comment, *, shown: bool) -> Iterator[Came]:
    if shown and comment.answer_count:
        said = ngettext(
            "%(number)s answer to it on the page",
            "%(number)s answers to it on the page",
            comment.answer_count,
        )
        key = f"comment-{comment.identifier}"
        yield Came(
            comment.sent_at,
            key,
            said % {"number": comment.answer_count},
            address=comment.get_absolute_url(),
        )


def stories_of(viewer: Viewer, codes: Sequence[str]) -> Iterator[Piece]:
    """Stories that were told, each with the texts that cite it."""
    told = Q(receipt_hash__in=[hash_of(code) for code in codes])
    if viewer.key:
        told |= Q(writer__in=writers_of(viewer))
    if viewer.person:
        told |= Q(person=viewer.person)
    found = list(Story.objects.filter(told).select_related("call").order_by("sent_at"))
    cited: defaultdict[int, list[Came]] = defaultdict(list)
    texts = Writing.objects.visible_to(viewer).filter(shown__isnull=False)
    for citation in _of_texts(Citation.objects.filter(story__in=found, writing__in=texts)):
        cited[citation.story_id].append(of_text(citation))
    return (_story(story, cited[story.pk]) for story in found)


def _of_texts(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    return citations.select_related("writing__event", "writing__post").order_by("at", "pk")


def _story(story: Story, came: list[Came]) -> Piece:
    code = receipt_of(story.key, story.receipt_hash or "")
    facts = {
        "kind": Kind.STORY, "identifier": story.identifier, "at": story.sent_at,
        "name": _("A story for “%(call)s”") % {"call": story.call} if story.call.opens_at else _("A story"),
        "own_address": reverse("my_story", args=[code]) if code else "",
    }  # fmt: skip
    if story.state == State.WITHDRAWN:
        return Piece(**facts, gone=_("You took it back."))
    words = "\n".join(filter(None, (story.title, story.text)))
    address = story.get_absolute_url() if story.state == State.SHOWN else ""
    return Piece(**facts, words=words, address=address, said=tuple(_of_sent(story)), came=came)


def signatures_of(viewer: Viewer) -> Iterator[Piece]:
    """Calls for action that were signed while signed in."""
    if viewer.person is None:
        return
    signed = Signature.objects.filter(person=viewer.person, call__in=Call.objects.visible_to(viewer))
    for one in signed.select_related("call__event__series").order_by("asked_at"):
        facts = {
            "kind": Kind.SIGNATURE, "identifier": one.identifier, "at": one.asked_at,
            "event": one.call.event, "name": _("You signed “%(call)s”") % {"call": one.call},
            "address": one.call.get_absolute_url(),
        }  # fmt: skip
        if one.state == Signature.State.WITHDRAWN:
            yield Piece(**facts, gone=_("You took it back."))
        else:
            said = filter(None, (f"{one.get_state_display()}.", one.why))
            yield Piece(**facts, words=one.will_do, said=tuple(said))


def _seen(model: type[Event | Post], keys: Iterable[int | None], viewer: Viewer) -> set[int]:
    """The primary keys among `keys` of what `viewer` may see."""
    known = {key for key in keys if key}
    return set(model.objects.visible_to(viewer).filter(pk__in=known).values_list("pk", flat=True))
