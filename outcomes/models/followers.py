"""Who asked to be told by mail what becomes of an outcome."""

from django.db import models
from django.utils import timezone

from events.models import Event
from outcomes.models.amendments import Amendment
from outcomes.models.calls import Call
from outcomes.models.decisions import Decision
from outcomes.models.promises import Promise
from people.models import Subscriber
from people.models.conditions import exactly_one

# What can be followed; exactly one of these columns is filled. With an event: all that comes of it.
FOLLOWED = ("event", "decision", "promise", "amendment", "call")


class OutcomeFollowerQuerySet(models.QuerySet["OutcomeFollower"]):
    def with_things(self) -> "OutcomeFollowerQuerySet":
        return self.select_related(*FOLLOWED).order_by("since", "pk")


class OutcomeFollower(models.Model):
    """An address that follows one thing; it goes when its holder stops."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="outcome_follows")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="outcome_followers")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="followers")
    promise = models.ForeignKey(Promise, models.CASCADE, null=True, blank=True, related_name="followers")
    amendment = models.ForeignKey(Amendment, models.CASCADE, null=True, blank=True, related_name="followers")
    call = models.ForeignKey(Call, models.CASCADE, null=True, blank=True, related_name="followers")
    since = models.DateTimeField(default=timezone.now)

    objects = OutcomeFollowerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(*FOLLOWED), name="one_thing_is_followed"),
            models.UniqueConstraint(
                fields=["subscriber", *FOLLOWED],
                nulls_distinct=False,
                name="one_outcome_follower_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"A follower of {self.followed}"

    @property
    def kind(self) -> str:
        """Which of FOLLOWED it is."""
        return next(name for name in FOLLOWED if getattr(self, f"{name}_id"))

    @property
    def followed(self) -> models.Model:
        """The thing that is followed."""
        return getattr(self, self.kind)
