"""Everything held on one person, in words, from the same table that says how long it is kept."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.utils.formats import date_format

from archive.retention import POLICY
from journal.spam.writers import writers_of
from people.guests import Viewer
from people.models import Person
from responses.models import Note, Participant

WORDS = Path(__file__).with_name("own_data.toml")
# The through table of this one is asked instead.
SAME_AS = {"events.event.people": "events.eventorganiser.person"}
ABOUT_ONESELF = ("identifier", "name", "email", "about", "website", "is_listed", "joined_at", "last_login")
MOST = 200  # characters of a text on the page; the file has all of it


@dataclass(frozen=True)
class Told:
    """One column of the table: what to say of the things that it leads to."""

    column: str
    words: str
    keep: str
    why: str
    own: list[str] = field(default_factory=list)
    at: list[str] = field(default_factory=list)
    # Where it is not the database that lets it go with the account, but archive.leaving.
    goes: bool = False

    @cached_property
    def link(self) -> models.Field:
        app, model, name = self.column.split(".")
        return apps.get_model(app, model)._meta.get_field(name)

    @property
    def model(self) -> type[models.Model]:
        return self.link.model

    @property
    def stays(self) -> bool:
        """Whether the thing stays, without the name or the address, when the account goes."""
        names = self.link.is_relation
        by_database = names and getattr(self.link.remote_field, "on_delete", None) is not models.SET_NULL
        return not (self.goes or by_database)


@dataclass(frozen=True)
class Thing:
    """One thing on record: its own columns, and where it stands as far as they may see it."""

    row: models.Model
    told: Told
    place: models.Model | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in self.told.own}

    @property
    def address(self) -> str:
        return self.place.get_absolute_url() if self.place else ""

    @property
    def said(self) -> list[str]:
        """What it says, a line for each column that says anything."""
        return [line for name in self.told.own if (line := _in_words(self.row, name))]


@dataclass(frozen=True)
class Held:
    """All things of one kind that are held on somebody."""

    told: Told
    things: list[Thing]


@cache
def table() -> dict[str, list[Told]]:
    """What can be held on somebody, by heading."""
    keeps = tomllib.loads(POLICY.read_text())["personal"]
    headings = tomllib.loads(WORDS.read_text())
    return {
        heading: [_told(column, keeps[column], said) for column, said in columns.items()]
        for heading, columns in headings.items()
    }


def _told(column: str, kept: dict[str, Any], said: dict[str, Any]) -> Told:
    return Told(column=column, keep=kept["keep"], why=kept["why"], **said)


def held_on(person: Person) -> dict[str, list[Held]]:
    """What is held on `person`, by heading; kinds of which there is nothing are left out."""
    viewer, emails = Viewer(person=person), addresses_of(person)
    found: dict[str, list[Held]] = {}
    for heading, columns in table().items():
        held = [Held(told, _things(told, rows_of(told, viewer, emails), viewer)) for told in columns]
        if there := [one for one in held if one.things]:
            found[heading] = there
    return found


def addresses_of(person: Person) -> list[str]:
    """The addresses they showed to be theirs; what only carries another's address is not told."""
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))


def rows_of(told: Told, viewer: Viewer, emails: Iterable[str]) -> models.QuerySet:
    """The rows that `told` leads to from this person."""
    rows, name = told.model._base_manager.order_by("pk"), told.link.name
    if told.link.is_relation:
        is_on_board = told.link.related_model is Participant
        mine = {f"{name}__in": Participant.objects.of(viewer)} if is_on_board else {name: viewer.person}
        return rows.filter(**mine)
    if name == "writer":
        return _beside(rows.filter(writer__in=writers_of(viewer)), viewer)
    carrying = models.Q(pk__in=[])
    for email in emails:
        carrying |= models.Q(**{f"{name}__iexact": email})
    return _beside(rows.filter(carrying), viewer)


def _beside(rows: models.QuerySet, viewer: Viewer) -> models.QuerySet:
    """Those that do not name the person too, of which another line tells."""
    names = {one.name for one in rows.model._meta.fields}
    return rows.exclude(person=viewer.person) if "person" in names else rows


def _things(told: Told, rows: models.QuerySet, viewer: Viewer) -> list[Thing]:
    paths = [path for path in told.at if path != "self"]
    found = list(rows.select_related(*paths) if paths else rows)
    places = {row.pk: _place(row, told.at) for row in found}
    seen = _visible(filter(None, places.values()), viewer)
    return [Thing(row, told, seen.get(places[row.pk])) for row in found]


def _place(row: models.Model, paths: Iterable[str]) -> models.Model | None:
    for path in paths:
        place: models.Model | None = row
        for step in () if path == "self" else path.split("__"):
            place = getattr(place, step) if place else None
        if place is not None:
            return place
    return None


def _visible(places: Iterable[models.Model], viewer: Viewer) -> dict[models.Model | None, models.Model]:
    """Those that the viewer may see today, ready to be named; a role they had may have ended."""
    by_model: dict[type[models.Model], set[object]] = {}
    for place in places:
        by_model.setdefault(type(place), set()).add(place.pk)
    found: dict[models.Model | None, models.Model] = {}
    for model, keys in by_model.items():
        shown = model.objects.visible_to(viewer).filter(pk__in=keys)
        # What a note is called begins with its heading.
        found |= {one: one for one in (shown.select_related("station") if model is Note else shown)}
    return found


def _in_words(row: models.Model, name: str) -> str:
    column = row._meta.get_field(name)
    value = getattr(row, f"get_{name}_display")() if column.choices else getattr(row, name)
    if value in (None, "", False):
        return ""
    if isinstance(value, date):
        return f"{_label(column)}: {date_format(value, 'j F Y')}"
    said = "yes" if value is True else str(value)
    # Acts are kept under short words of the code.
    said = said.replace("_", " ") if name == "verb" else said
    return f"{_label(column)}: {said if len(said) <= MOST else said[:MOST] + ' …'}"


def _label(column: models.Field) -> str:
    """The name of a column as a word: "added at" is "Added", and a bare "at" is "On"."""
    return (str(column.verbose_name).removesuffix("at").strip() or "on").capitalize()


def as_file(person: Person) -> dict[str, Any]:
    """Everything held on `person`, for a file that programs read: no text of it is cut."""
    return {
        "about": {name: _plain(getattr(person, name)) for name in ABOUT_ONESELF},
        "signing_in": dict(_signing_in(person)),
        "held": [
            {"heading": heading, "what": held.told.words, "kept": held.told.keep, "why": held.told.why,
             "things": [_filed(thing) for thing in held.things]}
            for heading, kinds in held_on(person).items()
            for held in kinds
        ],
    }  # fmt: skip


def _filed(thing: Thing) -> dict[str, Any]:
    number = {"identifier": thing.row.identifier} if hasattr(thing.row, "identifier") else {}
    where = {"address": thing.address} if thing.address else {}
    return {**number, **{name: _plain(value) for name, value in thing.facts.items()}, **where}


def _signing_in(person: Person) -> Iterator[tuple[str, object]]:
    yield "has_a_password", person.has_usable_password()
    yield "addresses", list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary"))
    sessions = person.usersession_set.values_list("user_agent", "created_at", "last_seen_at")
    yield (
        "signed_in_on",
        [dict(zip(("browser", "since", "last"), map(_plain, row), strict=True)) for row in sessions],
    )
    steps = person.authenticator_set.values_list("type", "created_at")
    yield "second_steps", [{"kind": kind, "since": _plain(since)} for kind, since in steps]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
