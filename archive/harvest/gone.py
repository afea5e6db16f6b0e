"""What everybody could see once and nobody can any more: announced by its permanent id, without a word.

Where it is not on record whether anybody ever saw a thing, it is announced: one too many costs a reader
nothing, since an id says nothing, and one too few would leave a withdrawn note in somebody's copy.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import DateTimeField, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from archive.models import Release
from events.models import Event, RecordChange
from journal.models import Post, Story
from outcomes.models import Call, Decision, Promise, Statement, Theme
from people.guests import ANYBODY
from people.models import Act
from responses.models import Change, Moderation, Note, Picture
from responses.models.drawings import COVERED as COVERED_PICTURE
from responses.models.notes import COVERED

# What is consented to with the posting itself has two times, microseconds apart.
A_MOMENT = timedelta(seconds=5)
SHOWN_ONCE = ("published", "redated", "unpublished")
LEFT_OUT = ("removed", "left_out")
LONGEST_NUMBER = 9  # digits
CHANGED_CONSENT = Q(consented_at__gt=F("added_at") + A_MOMENT)
OFF_THE_WALL = ~Q(moderation=Moderation.SHOWN) | Q(withdrawn_at__isnull=False)


def back_to_draft() -> QuerySet[Event]:
    """Events that were published and are a draft again."""
    published = RecordChange.objects.filter(kind=RecordChange.Kind.PUBLISHED)
    return Event.objects.filter(Exists(published.filter(event=OuterRef("pk"))), status=Event.Status.DRAFT)


def gone_events() -> QuerySet[Event]:
    return back_to_draft().annotate(stamp=F("changed_at"))


def gone_notes() -> QuerySet[Note]:
    """Withdrawn, hidden, merged, kept back since, or of an event that is a draft again."""
    changes = Change.objects.filter(note=OuterRef("pk"))
    shown = Exists(changes.filter(kind=Change.Kind.NOTE_SHOWN))
    asked_again = Exists(changes.filter(kind=Change.Kind.CONSENT_CHANGED)) | CHANGED_CONSENT
    of_draft = Q(board__event__in=back_to_draft())
    was_public = Q(consent__public=True) | asked_again
    came_up = ~Q(moderation=Moderation.WAITING) | shown
    is_not_now = OFF_THE_WALL | Q(consent__public=False) | Q(merged_into__isnull=False) | of_draft
    known = ~Q(board__event__status=Event.Status.DRAFT) | of_draft
    lost = Note.objects.filter(was_public, came_up, is_not_now, known)
    # What is covered for now comes back by itself, unless it went meanwhile.
    return lost.exclude(COVERED & ~OFF_THE_WALL & Q(consent__public=True)).annotate(stamp=F("changed_at"))


def gone_pictures() -> QuerySet[Picture]:
    of_draft = Q(drawing__event__in=back_to_draft())
    known = ~Q(drawing__event__status=Event.Status.DRAFT) | of_draft
    hidden = Q(moderation=Moderation.HIDDEN) | Q(withdrawn_at__isnull=False) | of_draft
    lost = Picture.objects.filter(known, hidden, consent__public=True)
    return lost.exclude(COVERED_PICTURE & ~OFF_THE_WALL).annotate(stamp=F("changed_at"))


def gone_posts() -> QuerySet[Post]:
    """Taken back, or dated anew for a day to come."""
    acts = Act.objects.filter(subject_kind=Post._meta.verbose_name, subject=OuterRef("identifier"))
    taken_back = Q(published_at=None, writing__shown__isnull=False)
    put_off = Q(Exists(acts.filter(verb__in=SHOWN_ONCE)), published_at__gt=timezone.now())
    return Post.objects.filter(taken_back | put_off).annotate(stamp=F("changed_at"))


def gone_stories() -> QuerySet[Story]:
    """Those that were shown once and are not now: taken back, removed, looked at again, or kept back."""
    lost = Story.objects.filter(shown_at__isnull=False).exclude(pk__in=Story.objects.visible_to(ANYBODY))
    return lost.exclude(call__opens_at=None).annotate(stamp=F("changed_at"))


def gone_promises() -> QuerySet[Promise]:
    down = Q(taken_down_at__isnull=False, event=None) | Q(taken_down_at__isnull=False, event__in=_public())
    return _with_event(Promise.objects.filter(down | Q(event__in=back_to_draft())))


def gone_themes() -> QuerySet[Theme]:
    apart = Q(dissolved_at__isnull=False, event__in=_public())
    return _with_event(Theme.objects.filter(apart | Q(event__in=back_to_draft())))


def gone_statements() -> QuerySet[Statement]:
    return _with_event(Statement.objects.filter(published_at__isnull=False, event__in=back_to_draft()))


def gone_decisions() -> QuerySet[Decision]:
    return _with_event(Decision.objects.filter(published_at__isnull=False, event__in=back_to_draft()))


def gone_calls() -> QuerySet[Call]:
    return _with_event(Call.objects.filter(opened_at__isnull=False, event__in=back_to_draft()))


def gone_quotations() -> QuerySet[Act]:
    """The traces of those that were left out: the row of a quotation goes with its words."""
    acts = Act.objects.filter(subject_kind="quotation", verb__in=LEFT_OUT)
    return acts.annotate(stamp=F("at"))


def gone_releases() -> QuerySet[Release]:
    """Releases whose file is not kept any more, since something in it was withdrawn."""
    return Release.objects.visible_to(ANYBODY).filter(file="").annotate(stamp=F("changed_at"))


def _public() -> QuerySet[Event]:
    return Event.objects.visible_to(ANYBODY)


def _with_event(lost: QuerySet) -> QuerySet:
    """What goes with its event is gone from then on."""
    last = Greatest("changed_at", "event__changed_at", output_field=DateTimeField())
    return lost.annotate(stamp=last)


# By kind: what went, and the column that holds its permanent id.
GONE: dict[str, tuple[Callable[[], QuerySet[Model]], str]] = {
    "note": (gone_notes, "identifier"),
    "drawing": (gone_pictures, "identifier"),
    "event": (gone_events, "identifier"),
    "quotation": (gone_quotations, "subject"),
    "post": (gone_posts, "identifier"),
    "story": (gone_stories, "identifier"),
    "theme": (gone_themes, "identifier"),
    "statement": (gone_statements, "identifier"),
    "decision": (gone_decisions, "identifier"),
    "promise": (gone_promises, "identifier"),
    "call": (gone_calls, "identifier"),
    "release": (gone_releases, "number"),
}


def is_gone(kind: str, identifier: str) -> bool:
    """Whether everybody could once see the thing of this kind and id; False for a kind that never goes."""
    if kind not in GONE or (kind == "release" and not is_number(identifier)):
        return False
    lost, column = GONE[kind]
    return lost().filter(**{column: identifier}).exists()


def is_number(identifier: str) -> bool:
    """Whether it can be the number of a release."""
    return identifier.isascii() and identifier.isdigit() and len(identifier) <= LONGEST_NUMBER
