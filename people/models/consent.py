"""What people were asked, and what they answered."""

from django.db import models


class ConsentWording(models.Model):
    """One version of the two sentences people are asked; `people.consent` holds them."""

    version = models.PositiveSmallIntegerField(unique=True)
    public_sentence = models.TextField()
    research_sentence = models.TextField()

    def __str__(self) -> str:
        return f"Consent wording {self.version}"


class Consent(models.Model):
    """One answer to the two questions, shared by everything it was given for.

    What was imported has no wording: it carries the basis on which it was published.
    """

    wording = models.ForeignKey(ConsentWording, models.PROTECT, null=True, blank=True)
    public = models.BooleanField()
    research = models.BooleanField()
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wording", "public", "research", "basis"],
                nulls_distinct=False,
                name="one_consent_of_each_shape",
            ),
            models.CheckConstraint(
                condition=models.Q(wording__isnull=False) | ~models.Q(basis=""),
                name="consent_has_a_wording_or_a_basis",
            ),
        ]

    def __str__(self) -> str:
        given = [word for word, yes in (("public", self.public), ("research", self.research)) if yes]
        return " and ".join(given) or "kept to its board"
