"""Numbered note sheets of paper, each with a stub that is torn off and carries the receipt."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from people.models import Consent
from responses.models.boards import Board, Station
from responses.models.notes import Note
from responses.receipts import hash_of

if TYPE_CHECKING:
    from people.guests import Viewer


class StubQuerySet(models.QuerySet["Stub"]):
    def visible_to(self, viewer: "Viewer") -> "StubQuerySet":
        """Those who facilitate the event print them, those who transcribe it give them notes."""
        print_them, tie_them = Board.objects.facilitated_by(viewer), Board.objects.transcribed_by(viewer)
        return self.filter(models.Q(station__board__in=print_them) | models.Q(station__board__in=tie_them))

    def with_receipt(self, typed: str) -> "StubQuerySet":
        """The stub with this code, however it was typed; whoever holds it may act on it."""
        return self.filter(receipt_hash=hash_of(typed))


class Stub(models.Model):
    """A note sheet as printed: its number stands on the sheet, its receipt only on the stub.

    What its holder decides before the note is on record waits here and holds from the moment it is.
    """

    station = models.ForeignKey(Station, models.CASCADE, related_name="stubs")
    number = models.PositiveIntegerField(help_text=gettext_lazy("Printed on the sheet: 12 of POW 12."))
    pack = models.PositiveSmallIntegerField(
        default=1, help_text=gettext_lazy("Which printing it belongs to.")
    )
    asked = models.PositiveSmallIntegerField(
        default=1, help_text=gettext_lazy("Which version of the two questions stands on it.")
    )
    # The receipt is made from it, as from the key of a note.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt_hash = models.CharField(max_length=64, unique=True, editable=False)
    note = models.OneToOneField(Note, models.SET_NULL, null=True, blank=True, related_name="stub")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="stubs")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    printed_at = models.DateTimeField(default=timezone.now)

    objects = StubQuerySet.as_manager()

    class Meta:
        ordering = ["station", "number"]
        constraints = [
            models.UniqueConstraint(fields=["station", "number"], name="one_stub_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.station.code} {self.number}"

    @property
    def identifier(self) -> str:
        """What names it in a trace and to whoever follows it; it tells nothing of its receipt."""
        return f"{self.station.identifier}-{self.number}"
