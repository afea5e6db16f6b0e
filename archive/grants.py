"""What each role of the database may do, as SQL: the owner migrates, the site reads and writes, exports look.

Nobody who breaks into the site gets further than its own acts reach: it cannot change a table,
empty one, or rewrite what was only to be added to. The views for exports are made of the same
rules of sight as the pages, seen by somebody whom nobody knows.
"""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, QuerySet

from events.models import Event
from outcomes.models import Decision, Statement
from people.guests import ANYBODY
from principles.models import Wording
from responses.models import Note

SCHEMA = "record"
# Added to, and otherwise left alone: of each, the column that is emptied when a person goes, and
# whether rows may go once they are old enough (people_act asks its own trigger how old).
LOGS = {
    "people_act": ("person_id", True),
    "journal_judgement": ("by_id", True),
    "events_recordchange": ("by_id", True),
    "outcomes_statementchange": ("by_id", True),
    "archive_exportline": ("person_id", True),
    "people_consentwording": ("", False),
}
# Read by the site, and written by whoever migrates.
OF_THE_OWNER = ("django_migrations",)


def statements(prefix: str) -> Iterator[str]:
    """SQL for the roles `<prefix>_web` and `<prefix>_export`; to be run by the owner of the tables.

    It can be run as often as one likes, and has to be after a migration that makes a new log or view.
    """
    web, export = (connection.ops.quote_name(f"{prefix}_{name}") for name in ("web", "export"))
    for role in (web, export):
        yield made(role)
    yield from for_everybody()
    yield from for_the_site(web)
    yield from for_exports(export)


def made(role: str) -> str:
    """The role, without a password: `\\password` in psql gives it one that no file has."""
    name = role.strip('"')
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') "
        f"THEN CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF; END $$;"
    )


def for_everybody() -> Iterator[str]:
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC;"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC;"


def for_the_site(web: str) -> Iterator[str]:
    """Rows of every table, of those too that later migrations make; logs are added to."""
    rows = "SELECT, INSERT, UPDATE, DELETE"
    yield f"GRANT USAGE ON SCHEMA public TO {web};"
    yield f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {web};"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web};"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rows} ON TABLES TO {web};"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {web};"
    for table in OF_THE_OWNER:
        yield f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {web};"
    for table, (emptied, goes) in LOGS.items():
        yield f"REVOKE UPDATE{'' if goes else ', DELETE'} ON {table} FROM {web};"
        if emptied:
            yield f"GRANT UPDATE ({emptied}) ON {table} TO {web};"


def for_exports(export: str) -> Iterator[str]:
    """Views of what anybody may read, and nothing else."""
    yield f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;"
    yield f"CREATE SCHEMA {SCHEMA};"
    for name, found in views().items():
        yield f"CREATE VIEW {SCHEMA}.{name} AS {written_out(found)};"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {export};"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {export};"


def views() -> dict[str, QuerySet]:
    """Each view with the rows that anybody may see and the columns that say nothing of anybody."""
    board, heading = F("board__slug"), F("station__heading")
    wordings = Wording.objects.visible_to(ANYBODY).annotate(
        set_slug=F("principle__set__slug"), name=F("principle__name")
    )
    return {
        "events": Event.objects.visible_to(ANYBODY).values("identifier", "slug", "name", "date", "status"),
        "wordings": wordings.values("identifier", "set_slug", "name", "version", "text"),
        "notes": Note.objects.visible_to(ANYBODY)
        .annotate(event=F("board__event__slug"), on_board=board, heading=heading)
        .values("identifier", "event", "on_board", "heading", "number", "mark", "text", "origin"),
        "statements": _with_event(Statement.objects.visible_to(ANYBODY)),
        "decisions": _with_event(Decision.objects.visible_to(ANYBODY)),
    }


def _with_event(found: QuerySet) -> QuerySet:
    return found.annotate(of_event=F("event__slug")).values("identifier", "of_event", "published_at")


def written_out(found: QuerySet) -> str:
    """The question with its values in it, quoted by the driver: a view takes no parameters."""
    question, values = found.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        return cursor.mogrify(question, values).decode()
