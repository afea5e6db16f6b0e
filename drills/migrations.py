"""squawk: whether the SQL of a migration would stop those who read and write meanwhile."""

import json
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.plants import MIGRATION
from drills.tools import python_program, said

REQUIREMENT = "squawk-cli==2.70.0"
OURS = ("coproduce", "people", "principles", "events", "responses", "outcomes", "journal", "archive")


def version() -> str:
    program()
    return REQUIREMENT.replace("==", " ")


def program() -> Path:
    return python_program(REQUIREMENT, "squawk")


def attack(target: Range) -> Outcome:
    """The last migration of each of our apps: those before it have run wherever there is a site."""
    graph = MigrationLoader(connection).graph
    files = [
        written(target, label, name)
        for label, name in graph.leaf_nodes()
        if label in {config.label for config in apps.get_app_configs()} & set(OURS)
    ]
    return squawked(files)


def written(target: Range, label: str, name: str) -> Path:
    sql, path = StringIO(), target.is_here(f"{label}-{name}.sql")
    call_command("sqlmigrate", label, name, stdout=sql)
    path.write_text(sql.getvalue())
    return path


def squawked(files: list[Path]) -> Outcome:
    """Each rule that a file breaks, with how often."""
    told = said(
        [program(), "--reporter", "json", "--exclude", UNASKED, "--pg-version", "15", *files], seconds=60
    )
    found = json.loads(told) if told.startswith("[") else []
    broken = [f"{one['rule_name']} in {Path(one['file']).stem}" for one in found]
    flaws = tuple(f"{flaw} ({broken.count(flaw)})" for flaw in sorted(set(broken)))
    return Outcome(flaws, f"{len(files)} migrations")


def power(target: Range) -> Outcome:
    path = target.is_here("planted.sql")
    path.write_text(MIGRATION)
    return squawked([path])


# Matters of taste; and limits of time, which the connection that migrates sets for all of them.
TASTE = "prefer-bigint-over-int,prefer-bigint-over-smallint,prefer-text-field"
UNASKED = f"{TASTE},require-statement-timeout,require-lock-timeout"
PLANTS = ("adding-required-field", "require-concurrent-index-creation")
# Written before there was a site with rows in these tables.
EARLY = (
    "events-0005",
    "journal-0005",
    "outcomes-0003",
    "people-0006",
    "principles-0002",
    "responses-0005",
    "archive-0001",
)
RULES = (
    "adding-field-with-default",
    "adding-foreign-key-constraint",
    "adding-required-field",
    "require-concurrent-index-creation",
)
FIRST = "written before the first release: no site had rows in its tables"
STAYS = {f"{rule} in {name}": FIRST for rule in RULES for name in EARLY}
DRILL = Drill(version, attack, power, PLANTS, STAYS)
