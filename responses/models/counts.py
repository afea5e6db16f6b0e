"""Counts of notes, kept by the database in the transaction of each change.

The archive counts a million notes without looking at them. `responses.tallies` reads these rows;
`manage.py check_tallies` compares them with the notes themselves.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy

from people.models import Consent
from responses.models.boards import Board, Station
from responses.models.notes import COVERED, Mark, Origin, TextState

if TYPE_CHECKING:
    from people.guests import Viewer


# What its board covers is no fact of a row: the rule for notes, asked of the board of the row's station.
COVERED_ROWS = models.Q(*((f"station__{asked}", value) for asked, value in COVERED.children))


class TallyRowQuerySet(models.QuerySet["TallyRow"]):
    def visible_to(self, viewer: "Viewer") -> "TallyRowQuerySet":
        """Those of the boards `viewer` may see: every note there counts, also one kept to its board."""
        return self.filter(station__board__in=Board.objects.visible_to(viewer))

    def on_the_wall(self) -> "TallyRowQuerySet":
        """Of the notes that count: neither apart from the tally nor covered by their board."""
        return self.filter(~COVERED_ROWS, place=TallyRow.Place.SHOWN, number__gt=0)


class TallyRow(models.Model):
    """How many notes of a station share these facts. A trigger on notes writes it, and nothing else."""

    class Place(models.TextChoices):
        """Where a note counts, but for covering, which its board decides."""

        SHOWN = "shown", gettext_lazy("On the wall")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
        WAITING = "waiting", gettext_lazy("Waits for an organiser")
        HIDDEN = "hidden", gettext_lazy("Hidden by the organisers")
        MERGED = "merged", gettext_lazy("Merged into another")

    station = models.ForeignKey(Station, models.CASCADE, related_name="tally_rows")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=12, choices=Mark)
    text_state = models.CharField(max_length=9, choices=TextState)
    origin = models.CharField(max_length=15, choices=Origin)
    place = models.CharField(max_length=9, choices=Place)
    number = models.IntegerField(default=0)

    objects = TallyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "consent", "mark", "text_state", "origin", "place"],
                name="one_tally_row_of_each_shape",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.mark} at {self.station}"
