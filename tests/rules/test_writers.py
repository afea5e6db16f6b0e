"""Only acts write, and only two modules write to a board."""

import ast
from pathlib import Path

from tests.rules.sources import ROOT, calls, chain, modules, where

WRITES = {
    "save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "create_user", "create_superuser",
}  # fmt: skip
# `update`, `set`, `add`, `remove` and `clear` are words of dicts and sets too: these follow a query.
AFTER_A_QUERY = {"update", "set", "add", "remove", "clear"}
QUERIES = {"objects", "filter", "exclude", "all", "notes", "readings", "stations", "wordings", "tags"}

ACTS = {
    "coproduce/work/queue.py",
    "people/cases.py",
    "people/claiming.py",
    "people/roles.py",
    "people/sessions.py",
    "people/consent.py",
    "people/limits.py",
    "people/models/persons.py",  # what Django's own createsuperuser calls
    "people/records.py",
    "people/terms.py",
    "people/trace.py",
    "principles/sets.py",
    "principles/wording.py",
    "events/models/events.py",  # Event.save works out its first and last day
    "events/agenda.py",
    "events/record.py",
    "events/duties.py",
    "events/invitations.py",
    "events/planning.py",
    "events/publishing.py",
    "events/sign_ups.py",
    "events/forgetting.py",
    "outcomes/models/decisions.py",  # Decision.save works out the last day it is due
    "outcomes/models/promises.py",  # and Promise.save
    "outcomes/promises.py",
    "outcomes/amendments.py",
    "outcomes/forgetting.py",
    "outcomes/themes.py",
    "outcomes/ties.py",
    "outcomes/following.py",
    "outcomes/statements.py",
    "outcomes/decisions.py",
    "outcomes/declining.py",
    "outcomes/calls.py",
    "outcomes/signatures.py",
    "outcomes/call_forgetting.py",
    "journal/posts.py",
    "journal/attachments.py",
    "journal/films.py",
    "journal/illustrations.py",
    "journal/comments.py",
    "journal/stories.py",
    "journal/story_calls.py",
    "journal/judging.py",
    "journal/reports.py",
    "journal/telling_writers.py",
    "journal/forgetting.py",
    "journal/citing.py",
    "journal/publishing.py",
    "journal/promising.py",
    "journal/writing.py",
    "people/outbox.py",
    "people/subscribing.py",
    "archive/digests.py",
    "archive/studies/acts.py",
    "archive/studies/coding.py",
    "archive/studies/memos.py",
    "archive/leaving.py",
    "archive/searches.py",
    "archive/take/jobs.py",
    "archive/take/releases.py",
    "archive/take/forgetting.py",
}
BOARD_ACTS = {
    f"responses/{name}.py"
    for name in (
        "board", "cards", "changes", "copying", "doubles", "drawing", "drawing_desk", "forgetting", "hands",
        "imports",
        "joining", "layouts", "merges", "moderation", "names", "poll", "room", "stubs", "telling",
        "photos/adding", "photos/covering", "photos/making", "photos/publishing",
        "photos/handing", "photos/matching", "photos/regions",
        "readings/asking", "readings/correcting", "readings/reading", "readings/ruling", "reconciling",
        "models/activities",  # the managers of the kinds say which kind a new one is
    )
} | {"archive/forgetting.py"}  # fmt: skip
# The demonstration makes what no act makes: accounts, organisations, notes counted in a room.
DEMO = {
    f"archive/demo/{name}.py"
    for name in (
        "accounts",
        "amendments",
        "coming",
        "community",
        "followers",
        "helping",
        "moderated",
        "paper",
        "reports",
        "requests",
        "walls",
    )
}
# They take a package of the whole archive in: as it was, with its identifiers and times, which no act
# would take from anybody. `restore_archive` refuses a site that has a record.
COMING_BACK = {
    f"archive/whole/{name}.py"
    for name in ("known", "restoring_notes", "restoring_outcomes", "restoring_record")
} | {"archive/backup/doing_again.py", "archive/backup/replaying.py"}
# Save pictures to files, and nothing to the database.
PICTURES = {
    "coproduce/images/cutting.py",
    "coproduce/images/writing.py",
    "archive/compare/png.py",
    "archive/demo/drawings.py",
    "archive/demo/drawn_wall.py",
    "archive/demo/enclosures.py",
}
# They name notes to cite them. What they write is rows of their own; the notes stay as they are.
CITING = {
    "outcomes/decisions.py",
    "outcomes/amendments.py",
    "outcomes/statements.py",
    "outcomes/declining.py",
    "outcomes/themes.py",
    "outcomes/ties.py",
    "archive/studies/coding.py",
    "archive/studies/memos.py",
}
OF_BOARDS = {
    "Activity", "Board", "Card", "Cards", "Change", "Choice", "Drawing", "HandCount", "KeptApart",
    "Layout", "Note", "Option", "Pairing", "Participant", "Picture", "Poll", "Reading", "Stand",
    "Station", "Stub", "Transcript", "Zone", "ZoneCount",
}  # fmt: skip


def writes(path: Path) -> list[str]:
    """Where a module writes to the database, as far as its text shows."""
    return [where(path, call) for call in calls(path) if is_write(call)]


def is_write(call: ast.Call) -> bool:
    *before, name = chain(call.func)
    is_model_write = name in WRITES and bool(before)
    return is_model_write or (name in AFTER_A_QUERY and bool(QUERIES.intersection(before)))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of_boards(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text()))
    froms = [node for node in tree if isinstance(node, ast.ImportFrom) and node.module]
    names = (
        alias.name for node in froms if node.module.startswith("responses.models") for alias in node.names
    )
    return OF_BOARDS.intersection(names)


def test_only_acts_write() -> None:
    allowed = ACTS | BOARD_ACTS | DEMO | COMING_BACK | PICTURES
    strays = [line for path in modules() if name_of(path) not in allowed for line in writes(path)]
    assert strays == [], "Move these into an act."


def test_only_the_acts_of_boards_write_to_boards() -> None:
    others = [path for path in modules() if name_of(path) in ACTS - CITING]
    assert [name_of(path) for path in others if imports_of_boards(path) and writes(path)] == []


def test_who_cites_a_note_does_not_write_it() -> None:
    found = [call for path in modules() if name_of(path) in CITING for call in calls(path) if is_write(call)]
    assert [name for call in found if (name := chain(call.func)[0]) in OF_BOARDS | {"note", "notes"}] == []


def test_no_listed_writer_is_gone() -> None:
    gone = [name for name in sorted(ACTS | BOARD_ACTS | DEMO | COMING_BACK) if not (ROOT / name).exists()]
    assert gone == []


def test_the_scan_sees_a_write() -> None:
    for source in (
        "note.save()",
        "Note.objects.create()",
        "board.notes.update(x=1)",
        "Note.objects.filter().delete()",
    ):
        assert is_write(ast.parse(source).body[0].value), source
    for source in ("seen.add(1)", "facts.update(x=1)", "form.is_valid()", "create()"):
        assert not is_write(ast.parse(source).body[0].value), source
