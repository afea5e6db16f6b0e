"""What was done with an activity and all that is on it: who, when, what and why.

It is read from the trace, which every act leaves and nothing changes.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.guests import Viewer
from people.models import Act
from responses.models import Activity, Change, Note, Option, Picture, Station

WHAT = dict(Change.Kind.choices)
WHO = {"guest": gettext_lazy("a participant"), "the site": gettext_lazy("the site")}


@dataclass(frozen=True, slots=True)
class Line:
    """An act in words; `about` is the note or the heading it was done to, where it was one."""

    act: Act
    about: str = ""
    address: str = ""

    @property
    def what(self) -> str:
        return WHAT.get(self.act.verb, self.act.verb.replace("_", " ").capitalize())

    @property
    def who(self) -> str:
        return str(self.act.person) if self.act.person else WHO.get(self.act.actor, _("somebody"))


def acts_on(activity: Activity, viewer: Viewer, most: int) -> list[Line]:
    """The newest acts on `activity`, at most so many, for those who lead or moderate it; three queries."""
    if not activity.event.is_moderated_by(viewer):
        return []
    acts = list(_acts(activity).select_related("person").order_by("-pk")[:most])
    named = {act.subject for act in acts}
    notes = Note.objects.visible_to(viewer).filter(board=activity.pk, identifier__in=named)
    labels = {note.identifier: note for note in notes.select_related("station")}
    stations = Station.objects.filter(board=activity.pk, identifier__in=named)
    headings = dict(stations.values_list("identifier", "heading"))
    return [_line(act, labels.get(act.subject), headings.get(act.subject, "")) for act in acts]


def _line(act: Act, note: Note | None, heading: str) -> Line:
    return Line(act, note.label, note.get_absolute_url()) if note else Line(act, heading)


def _acts(activity: Activity) -> QuerySet[Act]:
    """Acts on the activity, or on anything that belongs to it."""
    parts = (
        Station.objects.filter(board=activity.pk),
        Note.objects.filter(board=activity.pk),
        Option.objects.filter(poll=activity.pk),
        Picture.objects.filter(drawing=activity.pk),
    )
    about = Q(subject=activity.identifier)
    for part in parts:
        about |= Q(subject__in=part.values("identifier"))
    return Act.objects.filter(about)
