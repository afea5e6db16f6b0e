"""What people send in, in whatever form: who may see it, and how it is decided upon."""

from django.db import models
from django.utils.translation import gettext_lazy


class State(models.TextChoices):
    """Where something sent in stands. Only a person's act takes it to SHOWN."""

    HELD = "held", gettext_lazy("Waits for somebody to look at it")
    SHOWN = "shown", gettext_lazy("Shown")
    REMOVED = "removed", gettext_lazy("Not shown")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken back by whoever sent it")


class Sent(models.Model):
    """What comments and stories have in common: standing, the writer's way back, and why it was held."""

    state = models.CharField(max_length=9, choices=State, default=State.HELD)
    # Made where it was typed: sending twice gives the same one.
    key = models.UUIDField(unique=True, editable=False)
    # Sentences, each a reason to look closely; see journal.spam.
    held_because = models.JSONField(default=list, blank=True, editable=False)
    # From 0 (like what was shown before) to 1 (like what was removed); sorts the queue, decides nothing.
    likeness = models.FloatField(default=0, editable=False)
    # What stands for its writer here: made from their key with the site's secret; emptied in time.
    writer = models.CharField(max_length=32, blank=True, editable=False)
    # SHA-256 of the code that lets whoever sent it see, change and take it back.
    receipt_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    # Where they asked to be told of what becomes of it; emptied in time.
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    # What whoever sent it was told, where it is not shown.
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
