"""Calls for action: what people and organisations sign up to, what each will do, and how it goes."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from outcomes.models.statements import Statement
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, viewer: "Viewer") -> "CallQuerySet":
        """From the moment it is opened, with its event; a draft for those who run it."""
        shown = models.Q(event=None) | models.Q(event__in=Event.objects.visible_to(viewer))
        public = models.Q(opened_at__isnull=False) & shown
        return self.filter(public | models.Q(pk__in=self.model.objects.run_by(viewer)))

    def open_first(self) -> "CallQuerySet":
        """Those that take signatures, the newest first, then drafts, then those that are over."""
        over = models.Q(closed_at__isnull=False) | models.Q(open_until__lt=timezone.localdate())
        rank = models.Case(
            models.When(opened_at=None, then=1), models.When(over, then=2), default=0,
            output_field=models.PositiveSmallIntegerField(),
        )  # fmt: skip
        return self.annotate(rank=rank).order_by("rank", "-opened_at", "-made_at", "-pk")

    def taking_signatures(self) -> "CallQuerySet":
        """Those that can be signed today; said in Python by `Call.takes_signatures`."""
        over = models.Q(open_until__lt=timezone.localdate())
        return self.filter(opened_at__isnull=False, closed_at=None).exclude(over)

    def run_by(self, viewer: "Viewer") -> "CallQuerySet":
        """Those of the events that this viewer organises; of those without one, an organiser's own."""
        if viewer.person is None:
            return self.none()
        if viewer.is_steward:
            return self
        of_events = models.Q(event__in=Event.objects.run_by(viewer))
        own = models.Q(event=None, author=viewer.person)
        return self.filter(of_events | own if viewer.may_organise else of_events)


class Call(models.Model):
    """A call for action. It cites what was heard, and whoever signs says what they will do."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="calls")
    title = models.CharField(max_length=200)
    text = models.TextField()
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="calls_for_action"
    )
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    # The last day on which it can be signed; empty: until it is closed.
    open_until = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)
    statements = models.ManyToManyField(Statement, related_name="calls", blank=True)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", "text", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="calls_found"),
            models.Index(fields=["changed_at", "id"], name="calls_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("call", args=[self.identifier])

    @property
    def takes_signatures(self) -> bool:
        over = self.open_until is not None and self.open_until < timezone.localdate()
        return self.opened_at is not None and self.closed_at is None and not over

    def is_run_by(self, viewer: "Viewer") -> bool:
        return Call.objects.run_by(viewer).filter(pk=self.pk).exists()


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, viewer: "Viewer") -> "SignatureQuerySet":
        """Those a person has shown, with their call; all of them for those who run the call."""
        shown = models.Q(state=Signature.State.SHOWN, call__in=Call.objects.visible_to(viewer))
        return self.filter(shown | models.Q(call__in=Call.objects.run_by(viewer)) if viewer.person else shown)

    def waiting_for(self, viewer: "Viewer") -> "SignatureQuerySet":
        """Confirmed ones whose words this viewer can show or not, the longest waiting first."""
        waiting = self.filter(state=Signature.State.HELD, call__in=Call.objects.run_by(viewer))
        return waiting.order_by("confirmed_at", "pk")

    def counted(self) -> "SignatureQuerySet":
        """Confirmed by mail and standing, whether or not their words are shown."""
        return self.filter(state__in=[Signature.State.HELD, Signature.State.SHOWN])


class Signature(models.Model):
    """Somebody signs a call, for themselves or for an organisation, and says what they will do.

    It counts once the address is confirmed; its words are public once a person has seen them.
    """

    class Kind(models.TextChoices):
        PERSON = "person", gettext_lazy("For myself")
        ORGANISATION = "organisation", gettext_lazy("For an organisation")

    class State(models.TextChoices):
        ASKED = "asked", gettext_lazy("Waits for its address to be confirmed")
        HELD = "held", gettext_lazy("Waits for an organiser")
        SHOWN = "shown", gettext_lazy("Shown")
        REMOVED = "removed", gettext_lazy("Not shown")
        WITHDRAWN = "withdrawn", gettext_lazy("Taken back by whoever signed")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="signatures")
    # Made where it was typed, before it was sent.
    key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    will_do = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What they will do, in their words.")
    )
    email = models.EmailField(blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="signatures")
    # Of the secret address by which it is confirmed, changed and taken back.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    why = models.CharField(max_length=300, blank=True, help_text=gettext_lazy("Told to whoever signed."))
    judged_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="signatures_judged"
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "call",
                Lower("email"),
                condition=~models.Q(email="") & ~models.Q(state="withdrawn"),
                name="one_signature_per_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn")
                | models.Q(name="", organisation="", will_do="", email=""),
                name="a_signature_taken_back_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "withdrawn"]) | models.Q(confirmed_at__isnull=False),
                name="a_signature_counts_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation or self.name or _("A signature taken back")


class CallUpdateQuerySet(models.QuerySet["CallUpdate"]):
    def visible_to(self, viewer: "Viewer") -> "CallUpdateQuerySet":
        """Those that are shown, with their call; all of them for those who run the call."""
        shown = models.Q(pk__in=self.model.objects.shown(), call__in=Call.objects.visible_to(viewer))
        return self.filter(shown | models.Q(call__in=Call.objects.run_by(viewer)) if viewer.person else shown)

    def shown(self) -> "CallUpdateQuerySet":
        """Those of the call itself, and those of signatures that are shown, where somebody showed them."""
        of = models.Q(signature=None) | models.Q(signature__state=Signature.State.SHOWN)
        return self.filter(of, is_shown=True)

    def waiting_for(self, viewer: "Viewer") -> "CallUpdateQuerySet":
        """Those by people who signed that this viewer can show or not, the longest waiting first."""
        undecided = self.filter(is_shown=False, why="").exclude(text="")
        standing = undecided.filter(signature__in=Signature.objects.counted())
        return standing.filter(call__in=Call.objects.run_by(viewer)).order_by("at", "pk")


class CallUpdate(models.Model):
    """How it goes: of the call, or of what one of those who signed said they would do. Only added."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="updates")
    signature = models.ForeignKey(Signature, models.CASCADE, null=True, blank=True, related_name="updates")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    evidence = models.URLField(max_length=300, blank=True)
    # Nothing from somebody nobody knows is public before an organiser has seen it.
    is_shown = models.BooleanField(default=True)
    why = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("Why not, told to whoever signed.")
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="call_updates")

    objects = CallUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_call_update_per_number"),
        ]

    def __str__(self) -> str:
        return self.text
