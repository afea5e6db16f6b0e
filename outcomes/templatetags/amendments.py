"""Amendments, for the pages of principles and notes, which know no outcomes."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outcomes.amendment_marks import Marks, marks_by
from outcomes.amendments import may_propose as may_propose_for
from outcomes.models import Amendment
from people.guests import Viewer
from principles.models import Principle, Wording
from responses.models import Note

register = template.Library()
TONES = {Amendment.State.ACCEPTED: "tag--good", Amendment.State.DECLINED: "tag--bad"}


@dataclass(frozen=True, slots=True)
class Amended:
    """The amendments of one principle, in order; `made` has those accepted by the wording they made."""

    amendments: list[Amendment]
    made: dict[int, Amendment]

    @property
    def proposed(self) -> list[Amendment]:
        """Those that wait for marks or a decision."""
        return [one for one in self.amendments if one.state == Amendment.State.OPEN]

    @property
    def decided(self) -> list[Amendment]:
        return [one for one in self.amendments if one.is_decided]


@register.simple_tag
def amendments_of(principle: Principle, viewer: Viewer) -> Amended:
    """The amendments of `principle` that `viewer` may see, with their marks; two queries."""
    found = Amendment.objects.visible_to(viewer).filter(principle=principle).in_order()
    amendments = list(found.with_parts().annotate(answered=Count("answers")))
    counts = marks_by(amendments)
    for one in amendments:
        one.counted = Marks(counts[one.pk])
    return Amended(amendments, {one.result_id: one for one in amendments if one.result_id})


@register.filter
def behind(amended: Amended, wording: Wording) -> Amendment | None:
    """The amendment that made `wording`, if one did."""
    return amended.made.get(wording.pk)


@register.simple_tag
def amendment_behind(wording: Wording) -> Amendment | None:
    """The amendment that made `wording`, if one did; one query."""
    return Amendment.objects.with_parts().filter(result=wording).first()


@register.simple_tag
def amendments_answering(note: Note, viewer: Viewer) -> QuerySet[Amendment]:
    """The amendments that answer `note` and that `viewer` may see; one query."""
    return Amendment.objects.visible_to(viewer).filter(notes=note).with_parts().in_order()


@register.simple_tag
def may_propose(principle: Principle, viewer: Viewer) -> bool:
    """Whether `viewer` may propose other words; asks only about those who signed in."""
    return may_propose_for(principle, viewer)


@register.filter
def state_in_words(amendment: Amendment) -> str:
    """How it stands: "Open for marks until 3 May 2027", "Waits for a decision", "Accepted"."""
    if amendment.takes_marks:
        return _("Open for marks until %(day)s") % {"day": _day(amendment.open_until)}
    return _("Waits for a decision") if amendment.waits_for_a_decision else amendment.get_state_display()


@register.filter
def state_tone(amendment: Amendment) -> str:
    """The class of the tag that says so."""
    return TONES.get(amendment.state, "tag--progress" if amendment.takes_marks else "tag--soft")


def _day(moment: datetime) -> str:
    day = timezone.localtime(moment)
    return f"{day.day} {day:%B %Y}"
