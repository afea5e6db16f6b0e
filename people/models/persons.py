"""Who takes part: people with and without accounts, bodies, and roles over the whole site."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier

if TYPE_CHECKING:
    from people.guests import Viewer


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, viewer: "Viewer") -> "PersonQuerySet":
        """People who agreed to be listed, and each for themselves; everybody for stewards.

        Whoever puts events on record also sees the records without an account, to name them there.
        """
        if viewer.is_steward:
            return self
        seen = models.Q(is_listed=True)
        if viewer.person:
            seen |= models.Q(pk=viewer.person.pk)
        return self.filter(seen | models.Q(email=None) if viewer.may_organise else seen)

    def standing(self) -> "PersonQuerySet":
        """Without those whose record was joined with that of the same person's account."""
        return self.filter(merged_into=None)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
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
    is_listed = models.BooleanField(
        default=False, help_text=gettext_lazy("Agreed to be named in the list of people.")
    )
    about = models.TextField(blank=True, help_text=gettext_lazy("In their own words, plain text."))
    website = models.URLField(blank=True)
    # Where the record was claimed by somebody who had an account: its address leads there.
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", editable=False
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    search = models.GeneratedField(
        expression=SearchVector("name", "about", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="people_found"),
        ]

    def __str__(self) -> str:
        return self.name or _("Somebody without a name")

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.identifier])

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def role_kinds(self) -> frozenset[str]:
        """The roles held today over the whole site; asked once for each request."""
        return frozenset(self.roles.current().values_list("kind", flat=True))

    @cached_property
    def terms_versions(self) -> frozenset[int]:
        """The versions of the terms for researchers that they accepted and did not end."""
        return frozenset(self.terms_accepted.current().values_list("version", flat=True))

    @cached_property
    def has_duties(self) -> bool:
        """Whether any series or event gave them a role that holds today, or names them as organiser."""
        helps = self.appointments.current().exclude(duty="researcher")
        return helps.exists() or self.organised_events.exists()


class ListingRequestQuerySet(models.QuerySet["ListingRequest"]):
    def visible_to(self, viewer: "Viewer") -> "ListingRequestQuerySet":
        """For those who decide on it, and each their own."""
        if viewer.moderates_all or viewer.may_organise:
            return self
        return self.filter(person=viewer.person) if viewer.person else self.none()


class ListingRequest(models.Model):
    """Somebody whom nobody here knows yet asks to be listed; it goes when a person has looked at it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="listing_request")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ListingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person} asks to be listed"


class RoleQuerySet(models.QuerySet["Role"]):
    def current(self) -> "RoleQuerySet":
        return self.filter(models.Q(until=None) | models.Q(until__gt=timezone.now()))


class Role(models.Model):
    """What a person may do over the whole site."""

    class Kind(models.TextChoices):
        STEWARD = "steward", gettext_lazy("Steward")
        ORGANISER = "organiser", gettext_lazy("Organiser")
        MODERATOR = "moderator", gettext_lazy("Moderator")
        RESEARCHER = "researcher", gettext_lazy("Researcher")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="roles_given", editable=False
    )
    until = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_role_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, viewer: "Viewer") -> "OrganisationQuerySet":
        """A body is public; which of its people show is their own rule."""
        return self


class Organisation(models.Model):
    """A body that people belong to, or that holds events."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    name = models.CharField(max_length=200, unique=True)
    about = models.TextField(blank=True, help_text=gettext_lazy("Plain text."))
    website = models.URLField(blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.identifier])


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
