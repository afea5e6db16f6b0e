"""Who does what for a series or an event, and the invitations to do it."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.models.series import Series
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class Duty(models.TextChoices):
    """A role in a series or an event; those over the whole site are `people.models.Role`."""

    ORGANISER = "organiser", gettext_lazy("Organiser")
    FACILITATOR = "facilitator", gettext_lazy("Facilitator")
    TRANSCRIBER = "transcriber", gettext_lazy("Transcriber")
    MODERATOR = "moderator", gettext_lazy("Moderator")
    RESEARCHER = "researcher", gettext_lazy("Researcher")


# Whose work needs what is not published yet.
HELPS = (Duty.FACILITATOR, Duty.TRANSCRIBER, Duty.MODERATOR)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> "AppointmentQuerySet":
        """Those that hold today."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=timezone.now()), ended_at=None)

    def of(self, person: Person) -> "AppointmentQuerySet":
        return self.filter(person=person)

    def visible_to(self, viewer: "Viewer") -> "AppointmentQuerySet":
        """All for stewards; for others their own, and those of what they organise."""
        if viewer.is_steward:
            return self
        if viewer.person is None:
            return self.none()
        theirs = Appointment.objects.current().of(viewer.person).filter(duty=Duty.ORGANISER)
        named = viewer.person.organised_events.values("pk")
        return self.filter(
            models.Q(person=viewer.person)
            | models.Q(event__in=named)
            | models.Q(event__in=theirs.exclude(event=None).values("event"))
            | models.Q(event__series__in=theirs.exclude(series=None).values("series"))
            | models.Q(series__in=theirs.exclude(series=None).values("series"))
        )


class Appointment(models.Model):
    """A role given to a person for one series, with all its events, or for one event."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    duty = models.CharField(max_length=12, choices=Duty)
    series = models.ForeignKey(Series, models.CASCADE, null=True, blank=True, related_name="appointments")
    event = models.ForeignKey(
        "events.Event", models.CASCADE, null=True, blank=True, related_name="appointments"
    )
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="appointments_given"
    )
    until = models.DateTimeField(null=True, blank=True, help_text=gettext_lazy("It ends by itself then."))
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(series__isnull=True) ^ models.Q(event__isnull=True),
                name="an_appointment_is_for_a_series_or_an_event",
            ),
            models.UniqueConstraint(
                fields=["person", "duty", "series", "event"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="one_appointment_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_duty_display()}, {self.series or self.event}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, viewer: "Viewer") -> "InvitationQuerySet":
        """All for stewards; for others those they sent. Whoever it is for finds it by its address alone."""
        if viewer.is_steward:
            return self
        return self.filter(invited_by=viewer.person) if viewer.person else self.none()

    def waiting(self) -> "InvitationQuerySet":
        """Those that can be accepted now."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A letter to an address that gives whoever opens it a role, or the record that is theirs.

    Accepting it, and nothing else, does so: once, before it expires, unless it was withdrawn.
    """

    email = models.EmailField(blank=True, help_text=gettext_lazy("Emptied some time after it ended."))
    # SHA-256 of what the letter's address holds.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Empty where it is about a record alone.
    duty = models.CharField(max_length=12, choices=Duty, blank=True)
    series = models.ForeignKey(Series, models.CASCADE, null=True, blank=True, related_name="invitations")
    event = models.ForeignKey(
        "events.Event", models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    # When the role that it gives ends.
    until = models.DateTimeField(null=True, blank=True)
    # A person on record without an account, whom it is for.
    record = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="invitations")
    message = models.CharField(max_length=500, blank=True)
    invited_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            # Without a series or event a duty is held over the whole site: organiser, moderator, researcher.
            models.CheckConstraint(
                condition=~models.Q(duty="") | models.Q(record__isnull=False),
                name="an_invitation_gives_a_role_or_a_record",
            ),
            models.CheckConstraint(
                condition=models.Q(series=None) | models.Q(event=None),
                name="an_invitation_is_for_a_series_or_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"
