"""The trace as a log that people read: who did what to which thing, when and why."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.log_forms import LogForm, kind_in_words
from people.log_words import VERBS
from people.models import Act

A_PAGE = 50  # lines
# Kinds of things whose page has their name, and their identifier in its address.
PAGES = {"note", "option", "photo", "picture"}
WHO = {"guest": gettext_lazy("a participant"), "the site": gettext_lazy("the site")}


@dataclass(frozen=True, slots=True)
class Line:
    """An act in words."""

    act: Act

    @property
    def who(self) -> str:
        if self.act.person:
            return str(self.act.person)
        return WHO.get(self.act.actor, _("somebody whose account is gone"))

    @property
    def what(self) -> str:
        return str(VERBS.get(self.act.verb, self.act.verb.replace("_", " ")))

    @property
    def to_what(self) -> str:
        return f"{kind_in_words(self.act.subject_kind)} {self.act.subject}"

    @property
    def address(self) -> str:
        """Where the thing is, if things of its kind have pages by their identifier; else empty."""
        return (
            reverse(self.act.subject_kind, args=[self.act.subject]) if self.act.subject_kind in PAGES else ""
        )


def page_of(acts: QuerySet[Act], asked: str | None) -> Page:
    """One page of lines, the newest first, with who did each."""
    page = Paginator(acts.select_related("person").order_by("-at", "-pk"), A_PAGE).get_page(asked)
    page.object_list = [Line(act) for act in page.object_list]
    return page


def narrowed(acts: QuerySet[Act], form: LogForm) -> QuerySet[Act]:
    """Those that the form asks for; all where it asks for nothing, none where it makes no sense."""
    if not form.is_valid():
        return acts.none()
    asked = form.cleaned_data
    if asked["kind"]:
        acts = acts.filter(subject_kind=asked["kind"])
    if asked["who"]:
        acts = acts.filter(person__identifier=asked["who"])
    if asked["day"]:
        start = timezone.make_aware(datetime.combine(asked["day"], time.min))
        acts = acts.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return acts
