"""Looking through every stored column for somebody: by name, by email address, by words of theirs.

The columns are those of retention.toml, so that none is forgotten. What stands for a participant
without naming them is left out: that is shown to the person alone, under what is held on them.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from archive.retention import POLICY
from people.models import Person

MOST, MOST_IN_FILE = 50, 10_000  # rows of one kind
# What the site drew by lot or hashed: nobody typed it, and nothing can be found by it.
DRAWN = {
    "token",
    "token_hash",
    "receipt_hash",
    "password",
    "secret",
    "salt",
    "key",
    "writer",
    "pair",
    "ballot",
}
DEEP = 3  # steps from a row to the page it stands on
LONGEST = 160  # characters of what is shown of a row


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that holds what was searched for, in which of its columns, and the page it stands on."""

    row: models.Model
    columns: tuple[str, ...]
    address: str

    @property
    def says(self) -> str:
        """The beginning of what stands there."""
        words = " · ".join(str(getattr(self.row, name)) for name in self.columns)
        return words if len(words) <= LONGEST else words[:LONGEST] + " …"


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found in one table, and how many there are of it."""

    name: str
    hits: list[Hit]
    number: int


def found(words: str, *, most: int = MOST) -> list[Kind]:
    """Every row that holds `words`, or names a person who does, by kind of thing; at most `most` of each."""
    people = list(_people(words).values_list("pk", flat=True))
    kinds = (_in(model, fields, words, people, most) for model, fields in _columns().items())
    return [kind for kind in kinds if kind is not None]


def _people(words: str) -> models.QuerySet[Person]:
    named = models.Q(name__icontains=words) | models.Q(email__icontains=words) | models.Q(identifier=words)
    other = EmailAddress.objects.filter(email__icontains=words)
    return Person.objects.filter(named | models.Q(pk__in=other.values("user")))


def columns() -> Iterator[str]:
    """Every column that is looked through, as app.model.field."""
    for model, fields in _columns().items():
        yield from (f"{model._meta.label_lower}.{field.name}" for field in fields)


def _columns() -> dict[type[models.Model], list[models.Field]]:
    policy = tomllib.loads(POLICY.read_text())
    known: dict[type[models.Model], list[models.Field]] = defaultdict(list)
    known[EmailAddress].append(EmailAddress._meta.get_field("email"))
    for column in (*policy["personal"], *policy["not_personal"]):
        label, _, name = column.rpartition(".")
        model = apps.get_model(label)
        field = model._meta.get_field(name)
        if _is_searched(field):
            known[model].append(field)
    return known


def _is_searched(field: models.Field) -> bool:
    if field.is_relation:
        return field.related_model is Person
    typed = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return typed and not field.choices and field.name not in DRAWN


def _in(
    model: type[models.Model], fields: list[models.Field], words: str, people: list[int], most: int
) -> Kind | None:
    rows, asked = model._base_manager.all(), models.Q(pk__in=[])
    for field in fields:
        name = field.name
        if isinstance(field, models.JSONField):
            name = f"{name}_as_text"
            rows = rows.annotate(**{name: Cast(field.name, models.TextField())})
        asked |= models.Q(**({f"{name}__in": people} if field.is_relation else {f"{name}__icontains": words}))
    rows = rows.filter(asked).distinct().order_by("pk")
    number = rows.count()
    if not number:
        return None
    hits = [Hit(row, _where(row, fields, words, people), _address(row)) for row in rows[:most]]
    return Kind(str(model._meta.verbose_name), hits, number)


def _where(row: models.Model, fields: list[models.Field], words: str, people: list[int]) -> tuple[str, ...]:
    """The columns of a row that hold it."""
    holds = []
    for field in fields:
        if field.many_to_many:
            continue
        value = getattr(row, field.attname)
        is_it = value in people if field.is_relation else words.lower() in str(value).lower()
        holds += [field.name] if is_it else []
    return tuple(holds)


def _address(row: models.Model) -> str:
    """The page a row stands on: its own, or that of the nearest thing it is part of; empty where none is."""
    ring: list[models.Model] = [row]
    for _ in range(DEEP):
        for one in ring:
            if hasattr(one, "get_absolute_url"):
                return one.get_absolute_url()
        ring = [part for one in ring for part in _part_of(one)]
    return ""


def _part_of(row: models.Model) -> Iterator[models.Model]:
    for field in row._meta.fields:
        if field.is_relation and field.related_model is not Person:
            whole = getattr(row, field.name, None)
            if whole is not None:
                yield whole
    if isinstance(row, EmailAddress):
        yield row.user


def as_file(kinds: list[Kind]) -> list[dict[str, object]]:
    """What was found, for a file that programs read; no text of it is cut."""
    return [
        {"kind": kind.name, "number": kind.number, "address": hit.address,
         "columns": {name: str(getattr(hit.row, name)) for name in hit.columns}}
        for kind in kinds
        for hit in kind.hits
    ]  # fmt: skip
