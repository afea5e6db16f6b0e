"""The terms under which researchers take what is free for research and not public."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from people.models.persons import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class TermsAcceptanceQuerySet(models.QuerySet["TermsAcceptance"]):
    def visible_to(self, viewer: "Viewer") -> "TermsAcceptanceQuerySet":
        """All for stewards, and each their own."""
        if viewer.is_steward:
            return self
        return self.filter(person=viewer.person) if viewer.person else self.none()

    def current(self) -> "TermsAcceptanceQuerySet":
        """Those that hold today; of which version is `people.terms`' business."""
        return self.filter(ended_at=None)


class TermsAcceptance(models.Model):
    """One person accepted one version of the terms, for a purpose they stated."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="terms_accepted")
    version = models.PositiveSmallIntegerField(help_text="Of `people.terms.VERSIONS`.")
    purpose = models.CharField(
        max_length=500, help_text=gettext_lazy("What the notes are used for, in their words.")
    )
    body = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("The university or body they answer to.")
    )
    accepted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TermsAcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["-accepted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"],
                condition=models.Q(ended_at=None),
                name="terms_of_a_version_accepted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} accepted terms {self.version}"
