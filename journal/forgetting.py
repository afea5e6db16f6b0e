"""Emptying what people typed, sent in and reported in its time; `archive/retention.toml` promises it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from journal.illustrations import withdraw_illustration
from journal.models import Comment, Draft, Illustration, Report, State, Story

MONTH, YEAR = timedelta(days=30), timedelta(days=365)


def forget_drafts(now: datetime) -> int:
    """Delete what nobody went on typing for a year before `now`; how many drafts."""
    return Draft.objects.filter(saved_at__lte=now - YEAR).delete()[0]


@transaction.atomic
def forget_sent(now: datetime) -> int:
    """Empty what is due at `now`; returns of how many rows something was emptied. Again changes nothing.

    A month after it was sent: the address with a comment. A month after it was decided: the address with a
    report. After a year: the address with a story, what stands for a writer, the words of what was
    removed, and those of reports.
    """
    return sum((*_of_writers(now), *_of_removed(now), _of_pictures(), *_of_reports(now)))


def _of_writers(now: datetime) -> list[int]:
    due = Comment.objects.filter(sent_at__lte=now - MONTH).exclude(email="").update(email="")
    a_year_old = {"sent_at__lte": now - YEAR}
    told = Story.objects.filter(**a_year_old).exclude(email="").update(email="")
    return [due, told] + [
        kind.objects.filter(**a_year_old).exclude(writer="").update(writer="") for kind in (Comment, Story)
    ]


def _of_removed(now: datetime) -> list[int]:
    """The words of what has been removed for a year; its code still says why it is not shown."""
    removed = {"state": State.REMOVED, "decided_at__lte": now - YEAR}
    words = ((Comment, {"text": "", "name": ""}), (Story, {"text": "", "title": "", "topic": "", "name": ""}))
    numbers = []
    for kind, empty in words:
        decided = Coalesce(Max("judgements__at"), "sent_at")
        due = kind.objects.annotate(decided_at=decided).filter(**removed).exclude(text="")
        numbers.append(kind.objects.filter(pk__in=due.values("pk")).update(**empty))
    return numbers


def _of_pictures() -> int:
    """The pictures of stories whose words went."""
    emptied = {"story__state": State.REMOVED, "story__text": "", "withdrawn_at": None}
    pictures = list(Illustration.objects.filter(**emptied))
    for picture in pictures:
        withdraw_illustration(picture, by=None)
    return len(pictures)


def _of_reports(now: datetime) -> list[int]:
    decided = Report.objects.exclude(decided_at=None)
    told = decided.filter(decided_at__lte=now - MONTH).exclude(email="")
    old = decided.filter(decided_at__lte=now - YEAR).filter(~Q(text="") | ~Q(answer=""))
    return [told.update(email=""), old.update(text="", answer="")]
