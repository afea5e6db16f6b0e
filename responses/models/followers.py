"""Who asked to be told by mail what becomes of a note."""

from django.db import models
from django.utils import timezone

from people.models import Subscriber
from responses.models.notes import Note


class Follower(models.Model):
    """An address that follows a note; it goes when the note is withdrawn."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="followers")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="follows")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "subscriber"], name="one_follower_per_address"),
        ]

    def __str__(self) -> str:
        return f"A follower of note {self.note_id}"
