"""New migrations leave the running code able to work: expand, migrate, and only later contract."""

from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from tests.rules import additive
from tests.rules.additive import flaws_of, module_of
from tests.rules.sources import ROOT
from tests.rules.test_migrations import MIGRATIONS

# Those of before there was a site that had to go on meanwhile. None is added to this list.
LANDED = set((Path(__file__).parent / "landed_migrations.txt").read_text().split())
NAMES = {f"{path.relative_to(ROOT).parts[0]}/{path.stem}" for path in MIGRATIONS}


def test_no_new_migration_takes_away_what_running_code_uses() -> None:
    new = sorted(NAMES - LANDED)
    flaws = {name: flaws_of(module_of(*name.split("/"))) for name in new}
    assert {name: found for name, found in flaws.items() if found} == {}


def test_the_list_of_landed_migrations_names_only_what_is_there() -> None:
    assert LANDED <= NAMES


def made_of(*done: Operation) -> ModuleType:
    return SimpleNamespace(Migration=SimpleNamespace(operations=list(done)))


BREAKING = [
    migrations.RemoveField("note", "text"),
    migrations.RenameField("note", "text", "words"),
    migrations.DeleteModel("Note"),
    migrations.AlterField("note", "text", models.IntegerField()),
    migrations.AddField("note", "more", models.TextField()),
    migrations.AddField("note", "more", models.TextField(default="")),
    migrations.AddIndex("note", models.Index(fields=["text"], name="one")),
    migrations.RunSQL("ALTER TABLE responses_note ALTER COLUMN text TYPE bytea"),
    migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL("DROP TABLE responses_note")]),
]
FITTING = [
    migrations.AddField("note", "more", models.TextField(null=True)),
    migrations.AddField("note", "more", models.TextField(db_default="")),
    migrations.CreateModel("Leaf", [("id", models.BigAutoField(primary_key=True))]),
    AddIndexConcurrently("note", models.Index(fields=["text"], name="one")),
    migrations.RunSQL("CREATE TABLE leaf (id integer)"),
]


@pytest.mark.parametrize("operation", BREAKING, ids=lambda one: one.describe()[:60])
def test_what_would_break_running_code_is_seen(operation: Operation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(additive.inspect, "getsource", lambda _: "")
    assert flaws_of(made_of(operation))


@pytest.mark.parametrize("operation", FITTING, ids=lambda one: one.describe()[:60])
def test_what_running_code_does_not_notice_is_let_through(
    operation: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(additive.inspect, "getsource", lambda _: "")
    assert flaws_of(made_of(operation)) == []


def test_a_contraction_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(additive.inspect, "getsource", lambda _: "# contract: nothing reads it since 0.2")
    assert flaws_of(made_of(migrations.RemoveField("note", "text"))) == []


def test_an_index_of_a_new_table_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(additive.inspect, "getsource", lambda _: "")
    table = migrations.CreateModel("Leaf", [("id", models.BigAutoField(primary_key=True))])
    index = migrations.AddIndex("leaf", models.Index(fields=["id"], name="one"))
    assert flaws_of(made_of(table, index)) == []
