"""What an item says, fact by fact: each with its name, its meaning, its schema and where it is taken from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Model

from archive.cite.rights import Rights
from archive.cite.work import Work

Schema = Mapping[str, object]
WORDS: Schema = {"type": "string"}
MAYBE_WORDS: Schema = {"type": ["string", "null"]}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MAYBE_ADDRESS: Schema = {"type": ["string", "null"], "format": "uri"}
NUMBER: Schema = {"type": "integer"}
MAYBE_NUMBER: Schema = {"type": ["integer", "null"]}
YES_NO: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}


def one_of(choices: Sequence[tuple[str, str]]) -> Schema:
    return {"type": "string", "enum": [value for value, _label in choices]}


def several(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def counts_of(names: Sequence[str]) -> Schema:
    """A number for each of `names`, all of them there."""
    return record({name: {"type": "integer", "minimum": 0} for name in names})


def record(parts: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(parts),
        "required": list(parts),
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A thing with all that a citation says of it."""

    thing: Model
    work: Work


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    schema: Schema
    about: str
    of: Callable[[Told], object]


def own(name: str, schema: Schema, about: str, column: str = "") -> Fact:
    """A fact that is a column of the thing, or an attribute, called as `column` where that differs."""

    def value(told: Told) -> object:
        return said(getattr(told.thing, column or name))

    return Fact(name, schema, about, value)


def of_thing(name: str, schema: Schema, about: str, value: Callable[..., object]) -> Fact:
    """A fact that `value` makes of the thing."""
    return Fact(name, schema, about, lambda told: said(value(told.thing)))


def said(value: object) -> object:
    """A value as JSON has it: times in UTC to the microsecond, days as days."""
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


RIGHTS = record({"licence": WORDS, "statement": WORDS, "basis": WORDS, "terms": ADDRESS})


def rights_said(rights: Rights) -> dict[str, str]:
    return {
        "licence": rights.spdx,
        "statement": rights.statement,
        "basis": rights.basis,
        "terms": rights.uri,
    }


# What is said of everything that can be cited.
COMMON = (
    Fact("id", WORDS, "Its permanent id.", lambda told: told.work.identifier),
    Fact("type", WORDS, "What kind of thing it is, in words.", lambda told: told.work.genre),
    Fact("title", WORDS, "What it is called where it is cited.", lambda told: told.work.title),
    Fact("url", ADDRESS, "Its page, for good; it shows the latest version.", lambda told: told.work.url),
    Fact(
        "version", MAYBE_NUMBER, "The number of the version that is told here, where words can change.",
        lambda told: told.work.version,
    ),
    Fact(
        "version_url", MAYBE_ADDRESS, "The page of this version, for a citation.",
        lambda told: told.work.version_url or None,
    ),
    Fact(
        "creators", several(WORDS), "Who is named as its author where it is cited.",
        lambda told: [creator.name for creator in told.work.creators],
    ),
    Fact(
        "date", MAYBE_WORDS, "When it is from, as precise as that is known: EDTF, such as 2018-11.",
        lambda told: told.work.issued or None,
    ),
    Fact(
        "words", MAYBE_WORDS, "Its very words, where it has some and they may stand in files.",
        lambda told: told.work.words or None,
    ),
    Fact("about", MAYBE_WORDS, "What it is about, in short.", lambda told: told.work.abstract or None),
    Fact("part_of", MAYBE_ADDRESS, "The page of what it belongs to.", lambda told: told.work.part_of or None),
    Fact(
        "rights", RIGHTS, "What may be done with it, on what that rests, and where the terms stand.",
        lambda told: rights_said(told.work.rights),
    ),
)  # fmt: skip
CHANGED = own("changed_at", MOMENT, "When anything of it that readers see changed last, in UTC.", "stamp")
