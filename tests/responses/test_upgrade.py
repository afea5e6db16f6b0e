"""A site of an earlier version keeps everything when it is upgraded."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from responses.codes import is_code
from responses.imports import AS_PUBLISHED

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("responses", "0001_boards_and_notes"), ("events", "0001_series_and_events")]
AFTER = ("responses", "0002_live_workshops")
WITH_PAPER = ("responses", "0003_paper_walls")


@pytest.fixture
def old_site() -> Iterator[BaseDatabaseWrapper]:
    """A database of its own, as the version before live workshops left it, in the place of the test's."""
    own = connections["default"]
    old = connections.create_connection("default")
    name = f"{own.settings_dict['NAME']}_upgrade"
    old.settings_dict = own.settings_dict | {"NAME": name}
    with own.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    connections["default"] = old
    try:
        MigrationExecutor(old).migrate(BEFORE)
        yield old
    finally:
        old.close()
        connections["default"] = own
        with own.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def fill(model: Any) -> None:  # noqa: ANN401  historical models have no class of their own
    """Two boards, one open and one closed, each with a note that stands and one that was withdrawn."""
    days = {"date": "2019-03-06", "first_day": "2019-03-06", "last_day": "2019-03-06"}
    event = model("events", "Event").create(slug="day", name="Day", status="in_progress", **days)
    consent = model("people", "Consent").create(public=True, research=True, basis="Published before.")
    for state in ("open", "closed"):
        board = model("responses", "Board").create(
            event=event, slug=state, name="Wall", state=state, change_number=2
        )
        station = model("responses", "Station").create(board=board, heading="Power", code="POW", position=1)
        part = model("responses", "Participant").create(board=board, token="t" * 64)
        for number, ending in ((1, ""), (2, "withdrawn")):
            note = model("responses", "Note").create(
                board=board, station=station, participant=part, consent=consent, number=number, key=uuid4(),
                mark="tick", text_state="read", origin="own_device", text="" if ending else "Said before.",
                ending=ending, withdrawn_at=timezone.now() if ending else None,
            )  # fmt: skip
            model("responses", "Change").create(board=board, number=number, kind="note_added", note=note)


def rows(site: BaseDatabaseWrapper, table: str) -> list[dict[str, object]]:
    with site.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_an_upgrade_keeps_boards_notes_participants_and_changes(old_site: BaseDatabaseWrapper) -> None:
    apps = MigrationExecutor(old_site).loader.project_state(BEFORE).apps
    fill(lambda app, name: apps.get_model(app, name).objects)
    tables = ("station", "note", "participant", "change")
    before = {table: rows(old_site, f"responses_{table}") for table in ("board", *tables)}
    MigrationExecutor(old_site).migrate([AFTER])
    after = {table: rows(old_site, f"responses_{table}") for table in ("activity", *tables)}
    for old, new in ((name, name) for name in tables):
        renamed = [{**row, "board_id": row.get("activity_id", row.get("board_id"))} for row in after[new]]
        assert [kept | row for kept, row in zip(renamed, before[old], strict=True)] == renamed
    opened, closed = after["activity"]
    assert [opened | before["board"][0], closed | before["board"][1]] == [opened, closed]
    assert (is_code(opened["code"]), opened["closed_at"]) == (True, None), "it goes on, and can be joined"
    assert closed["code"] is None
    assert closed["closed_at"], "from now on the time runs until its participants are forgotten"
    assert all(part["joined_at"] for part in after["participant"])
    assert {(note["moderation"], note["merged_into_id"]) for note in after["note"]} == {("shown", None)}


def fill_with_paper(model: Any) -> dict[str, Any]:  # noqa: ANN401  historical models have no class of their own
    """Imported notes, one withdrawn, one read again since; and one that was typed. Returns them by name."""
    days = {"date": "2019-03-06", "first_day": "2019-03-06", "last_day": "2019-03-06"}
    event = model("events", "Event").create(slug="day", name="Day", status="in_progress", **days)
    consent = model("people", "Consent").create(public=True, research=True, basis="Published before.")
    person = model("people", "Person").create(email="ada@example.org", name="Ada", password="!")
    board = model("responses", "Activity").create(event=event, slug="wall", name="Wall", kind="board")
    station = model("responses", "Station").create(board_id=board.pk, heading="Power", code="POW", position=1)
    made = {}
    for number, (name, origin) in enumerate(
        [("plain", "paper"), ("withdrawn", "paper"), ("read again", "paper"), ("typed", "own_device")], 1
    ):
        gone = name == "withdrawn"
        made[name] = note = model("responses", "Note").create(
            board_id=board.pk, station=station, consent=consent, number=number, key=uuid4(), mark="tick",
            text_state="read", origin=origin, text="" if gone else "Said before.",
            ending="taken_down" if gone else "", withdrawn_at=timezone.now() if gone else None,
        )  # fmt: skip
        witness = "imported_record" if origin == "paper" else "author"
        facts = {"text": note.text, "text_state": "read", "mark": "heart"}
        readings = model("responses", "Reading")
        readings.create(note=note, number=1, witness=witness, reader=person, **facts)
        if name == "read again":
            readings.create(note=note, number=2, witness="imported_record", **facts)
    return made


def test_what_was_imported_before_has_its_ruling_after_the_upgrade(old_site: BaseDatabaseWrapper) -> None:
    MigrationExecutor(old_site).migrate([AFTER])
    apps = MigrationExecutor(old_site).loader.project_state([AFTER]).apps
    made = fill_with_paper(lambda app, name: apps.get_model(app, name).objects)
    before = {table: rows(old_site, f"responses_{table}") for table in ("note", "reading", "change")}
    MigrationExecutor(old_site).migrate([WITH_PAPER])
    after = {table: rows(old_site, f"responses_{table}") for table in ("note", "reading", "change", "ruling")}
    for table, old in before.items():
        assert [new | row for new, row in zip(after[table], old, strict=True)] == after[table]
    first = {row["note_id"]: row for row in after["reading"] if row["number"] == 1}
    imported = [made[name].pk for name in ("plain", "withdrawn", "read again")]
    assert sorted(ruling["note_id"] for ruling in after["ruling"]) == sorted(imported)
    for ruling in after["ruling"]:
        reading = first[ruling["note_id"]]
        facts = {
            name: ruling[name] for name in ("number", "action", "mark", "reading_id", "by_id", "at", "why")
        }
        assert facts == {
            "number": 1, "action": "accept", "mark": "heart", "reading_id": reading["id"],
            "by_id": reading["reader_id"], "at": reading["at"], "why": AS_PUBLISHED,
        }  # fmt: skip
    accepted = {row["id"]: row["accepted_id"] for row in after["note"]}
    assert accepted == {pk: first[pk]["id"] if pk in imported else None for pk in accepted}
