"""What the community holds, and how its wording has changed."""

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class PrincipleSetQuerySet(models.QuerySet["PrincipleSet"]):
    def visible_to(self, viewer: "Viewer") -> "PrincipleSetQuerySet":
        """Sets are public from the moment they are on record."""
        return self

    def with_principles(self) -> "PrincipleSetQuerySet":
        return self.prefetch_related("principles__wordings")


class PrincipleSet(models.Model):
    """A named, ordered list of principles with its authors and year."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    authors = models.CharField(max_length=300, blank=True)
    year = models.CharField(
        max_length=20, blank=True, help_text=gettext_lazy("As stated, for example 2016–17.")
    )
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    spells_its_name = models.BooleanField(
        default=False, help_text=gettext_lazy("Its letters make an acronym.")
    )
    search = models.GeneratedField(
        expression=SearchVector("name", "authors", "summary", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PrincipleSetQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["search"], name="sets_found"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("principle_set", args=[self.slug])

    @cached_property
    def equal_wordings(self) -> list[str]:
        """Current wordings that more than one principle of this set shares: a likely fault."""
        texts = Counter(w.text for p in self.principles.all() if (w := p.current_wording))
        return [text for text, number in texts.items() if number > 1]


class PrincipleQuerySet(models.QuerySet["Principle"]):
    def visible_to(self, viewer: "Viewer") -> "PrincipleQuerySet":
        return self.filter(set__in=PrincipleSet.objects.visible_to(viewer))


class Principle(models.Model):
    """A member of a set."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    set = models.ForeignKey(PrincipleSet, models.PROTECT, related_name="principles")
    position = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=200)
    slug = models.SlugField()
    search = models.GeneratedField(
        expression=SearchVector("name", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PrincipleQuerySet.as_manager()

    class Meta:
        ordering = ["set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["set", "slug"], name="one_principle_per_slug"),
            models.UniqueConstraint(fields=["set", "position"], name="one_principle_per_position"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="principles_found"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("principle", args=[self.set.slug, self.slug])

    @property
    def current_wording(self) -> "Wording | None":
        """The newest wording, or None where no words were ever recorded."""
        return max(self.wordings.all(), key=lambda wording: wording.version, default=None)


class WordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, viewer: "Viewer") -> "WordingQuerySet":
        return self.filter(principle__in=Principle.objects.visible_to(viewer))


class Wording(models.Model):
    """One version of a principle's words. Rows are only ever added."""

    class Status(models.TextChoices):
        CHECKED = "checked", gettext_lazy("Checked against the original")
        TRANSCRIBED = "transcribed", gettext_lazy("Transcribed, not yet checked")
        DOUBTFUL = "doubtful", gettext_lazy("Doubtful")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    principle = models.ForeignKey(Principle, models.PROTECT, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    status = models.CharField(max_length=12, choices=Status)
    source = models.CharField(max_length=300, blank=True)
    doubt = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("Why it is doubtful, in a sentence.")
    )
    transcriber = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="transcribed_wordings"
    )
    added_at = models.DateTimeField(default=timezone.now)
    search = models.GeneratedField(
        expression=SearchVector("text", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["principle", "version"]
        constraints = [
            models.UniqueConstraint(fields=["principle", "version"], name="one_wording_per_version"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_wording_has_words"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="wordings_found"),
        ]

    def __str__(self) -> str:
        return f"{self.principle}, wording {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("wording", args=[self.principle.set.slug, self.principle.slug, self.version])
