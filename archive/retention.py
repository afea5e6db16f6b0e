"""Keeps retention.toml complete: every column that could hold something of a person is in it.

A column is either listed under `personal`, with how long it is kept and why, or under
`not_personal`. What is in neither, or no longer exists, is an error of the system checks. So is a time
that is told to people and not to programs, or another to each.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models

from people.models import Person
from responses.models import Participant

POLICY = Path(__file__).with_name("retention.toml")
PROJECT = ("people", "principles", "events", "responses", "outcomes", "journal", "archive")
# Columns of these kinds hold what somebody typed, or stand for somebody.
TELLING = (models.CharField, models.TextField, models.JSONField, models.UUIDField, models.FileField)

DAYS = {"day": (1, 1), "month": (28, 31), "year": (365, 366)}
A_TIME = re.compile(r"(\d+|an?|the) (day|month|year)s?\b")


def check_retention(**_options: object) -> list[CheckMessage]:
    """The system check: an error for every column the policy forgets or has not let go of."""
    return list(complaints(tomllib.loads(POLICY.read_text()), set(columns())))


def columns() -> Iterator[str]:
    """Every column of the project's own models that a policy must speak of, as app.model.field."""
    for model in apps.get_models():
        if model._meta.app_label in PROJECT:
            fields = (*model._meta.local_fields, *model._meta.local_many_to_many)
            yield from (f"{model._meta.label_lower}.{field.name}" for field in fields if _tells(field))


def rules() -> dict[str, dict[str, int]]:
    """Of every column that is kept for a time: how many days after what it goes."""
    personal = tomllib.loads(POLICY.read_text())["personal"]
    return {column: said["after"] for column, said in personal.items() if "after" in said}


def complaints(policy: dict[str, Any], needed: Set[str]) -> Iterator[CheckMessage]:
    """What is wrong with `policy`, for a project with the columns `needed`."""
    personal, listed = policy["personal"], [*policy["personal"], *policy["not_personal"]]
    for column in sorted(needed - set(listed)):
        yield _error(1, f"says nothing of {column}: put it under personal with keep and why, or not_personal")
    for column in sorted(set(listed) - needed):
        yield _error(2, f"lists {column}, which is not there")
    for column in sorted(column for column, times in Counter(listed).items() if times > 1):
        yield _error(3, f"lists {column} more than once")
    for column in sorted(column for column, said in personal.items() if not {"keep", "why"} <= said.keys()):
        yield _error(4, f"must say keep and why of {column}")
    for column, said in sorted(personal.items()):
        if not _agree(said.get("keep", ""), list(said.get("after", {}).values())):
            yield _error(5, f"tells people one time and programs another of {column}: see keep and after")


def _agree(keep: str, days: list[int]) -> bool:
    """Whether the times in a sentence are those given in days, neither more nor less."""
    told = [
        (1 if number in ("a", "an", "the") else int(number), unit) for number, unit in A_TIME.findall(keep)
    ]
    spans = [(number * DAYS[unit][0], number * DAYS[unit][1]) for number, unit in told]
    each_is_told = all(any(least <= one <= most for least, most in spans) for one in days)
    return each_is_told and all(any(least <= one <= most for one in days) for least, most in spans)


def _error(number: int, what: str) -> Error:
    return Error(f"archive/retention.toml {what}.", id=f"archive.E{number:03}")


def _tells(field: models.Field) -> bool:
    if field.is_relation:
        return field.related_model in (Person, Participant)
    return isinstance(field, TELLING)
