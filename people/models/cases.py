"""What people ask of those who keep the site, or complain of: the register, and what was noted about each."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from coproduce.identifiers import in_fours, new_identifier
from people.models.persons import Person

if TYPE_CHECKING:
    from people.guests import Viewer

TO_ACKNOWLEDGE = timedelta(days=30)  # what the law gives for a complaint
# From which day after it came a case is shown in amber and in red.
AMBER, RED = timedelta(days=21), timedelta(days=28)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, viewer: "Viewer") -> "CaseQuerySet":
        """For stewards; whoever sent one has its secret address."""
        return self if viewer.is_steward else self.none()

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def waiting(self) -> "CaseQuerySet":
        """Those that nobody has answered."""
        return self.open().filter(answered_at=None)


class Case(models.Model):
    """One request or complaint. It is given a number, and a secret address for whoever sent it."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Take down a note whose receipt I lost")
        ACCESS = "access", _("Send me a copy of what is held on me")
        CORRECTION = "correction", _("Correct something about me")
        ERASURE = "erasure", _("Delete something about me")
        OBJECTION = "objection", _("Stop using something about me")
        COMPLAINT = "complaint", _("A complaint")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    # Made by the browser before it is sent, so that sending twice makes one case.
    key = models.UUIDField(unique=True, editable=False)
    # Of the secret part of the sender's address; the address itself is stored nowhere.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    said = models.TextField(blank=True, help_text=gettext_lazy("What they ask or complain of."))
    email = models.EmailField(blank=True, help_text=gettext_lazy("Emptied 30 days after it was closed."))
    received_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text=gettext_lazy("What they were told."))
    outcome = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("What was done, in a sentence.")
    )
    handled_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="cases_handled"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "request"
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(answered_at__isnull=False),
                name="a_closed_case_was_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of those who handle it."""
        return reverse("case", args=[self.identifier])

    @property
    def number(self) -> str:
        """The number its sender gives on the phone."""
        return in_fours(self.identifier)

    @property
    def due_at(self) -> datetime:
        """Until when the next step has to be done: acknowledging it, then answering it."""
        if self.acknowledged_at is None:
            return self.received_at + TO_ACKNOWLEDGE
        return a_month_after(self.received_at)

    @property
    def state(self) -> str:
        """How far it is, as one word of the code."""
        if self.closed_at:
            return "closed"
        if self.answered_at:
            return "answered"
        return "acknowledged" if self.acknowledged_at else "received"

    def tone_at(self, now: datetime) -> str:
        """How urgent it is: "bad" (red), "progress" (amber), "soft", or "good" once it was answered."""
        waited = now - self.received_at
        if self.answered_at:
            return "good"
        return "bad" if waited >= RED else "progress" if waited >= AMBER else "soft"


class CaseNote(models.Model):
    """What somebody who handles a case notes down for the others. Its sender does not read it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="case_notes")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Note on {self.case}"


def a_month_after(moment: datetime) -> datetime:
    """The same day of the next month, or its last day where it has no such day."""
    local = timezone.localtime(moment)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    for day in range(local.day, 27, -1):
        try:
            return local.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    return local.replace(year=year, month=month)
