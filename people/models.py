"""Who takes part: people with and without accounts, bodies, roles, consent, the trace."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from coproduce.identifiers import new_identifier

if TYPE_CHECKING:
    from people.guests import Viewer


class PersonManager(BaseUserManager["Person"]):
    """What Django's own commands call to make an account."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """A person with the role of steward."""
        person = self.create_user(email, password, **fields)
        person.roles.create(kind=Role.Kind.STEWARD)
        return person


class Person(AbstractBaseUser):
    """Anyone on record, with or without an account (without one there is no e-mail)."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(null=True, blank=True, unique=True)
    # What stands for this person on boards; never shown, and salted for each board.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
        ]

    def __str__(self) -> str:
        return self.name or "Somebody without a name"

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def role_kinds(self) -> frozenset[str]:
        """The roles held today over the whole site; asked once for each request."""
        return frozenset(self.roles.current().values_list("kind", flat=True))


class RoleQuerySet(models.QuerySet["Role"]):
    def current(self) -> "RoleQuerySet":
        return self.filter(models.Q(until=None) | models.Q(until__gt=timezone.now()))


class Role(models.Model):
    """What a person may do over the whole site."""

    class Kind(models.TextChoices):
        STEWARD = "steward", "Steward"
        ORGANISER = "organiser", "Organiser"
        RESEARCHER = "researcher", "Researcher"

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_role_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class Organisation(models.Model):
    """A body that people belong to, or that holds events."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    name = models.CharField(max_length=200, unique=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person's place in an organisation, for as long as it lasts."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations")
    position = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


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


class ActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, viewer: "Viewer") -> "ActQuerySet":
        return self if viewer.is_steward else self.none()


class Act(models.Model):
    """The trace: who did what to which thing, when and why. Rows are only ever added."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="acts")
    actor = models.CharField(max_length=20)  # "person", "guest" or "the site"
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    why = models.CharField(max_length=300, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject"], name="acts_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.subject_kind} {self.subject}"
