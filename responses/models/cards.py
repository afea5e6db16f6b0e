"""Cards: vote with your feet, before and after talking."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person
from responses.models.activities import Activity, KindManager, Participant
from responses.models.boards import Board, Station


class Cards(Activity):
    """An activity: on each prompt card everybody stands in one zone, before and after talking."""

    KIND = Activity.Kind.CARDS

    objects = KindManager()

    class Meta:
        proxy = True


class Round(models.TextChoices):
    BEFORE = "before", gettext_lazy("Before talking")
    AFTER = "after", gettext_lazy("After talking")


class Zone(models.Model):
    """A place in the room to stand, or its seated and remote equivalent; the same for every card."""

    cards = models.ForeignKey(Cards, models.PROTECT, related_name="zones")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["cards", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cards", "position"], name="one_zone_per_position"),
        ]

    def __str__(self) -> str:
        return self.name


class Card(models.Model):
    """A prompt to take a stand on. Why people moved are notes at its station, on a board of its own."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    cards = models.ForeignKey(Cards, models.PROTECT, related_name="cards")
    prompt = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    station = models.OneToOneField(Station, models.PROTECT, related_name="card")

    class Meta:
        ordering = ["cards", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cards", "position"], name="one_card_per_position"),
        ]

    def __str__(self) -> str:
        return self.prompt

    @property
    def board(self) -> Board:
        """The board of why people moved."""
        return self.station.board


class Stand(models.Model):
    """Where one participant stands on a card in a round, by phone; standing elsewhere moves it."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="stands")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="stands")
    round = models.CharField(max_length=6, choices=Round)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="stands")
    at = models.DateTimeField(default=timezone.now)
    # Ties the rounds of one person together, also when the link to the participant is dropped.
    pair = models.UUIDField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "pair", "round"], name="one_stand_per_round"),
            models.CheckConstraint(condition=models.Q(round__in=Round.values), name="round_is_known"),
        ]

    def __str__(self) -> str:
        return f"Somebody in {self.zone}, {self.round} talking"


class ZoneCount(models.Model):
    """People counted in a zone by the facilitator, beside those with phones."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="zone_counts")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="counts")
    round = models.CharField(max_length=6, choices=Round)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="zone_counts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "zone", "round"], name="one_count_per_zone_and_round"),
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.zone}, {self.round} talking"
