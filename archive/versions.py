"""The version of the data: what a figure or a file was made from, so that it can be made again."""

from datetime import UTC, datetime

from coproduce.replica import reading_connection

# Everything that readers see of, with the column that says when it changed last.
KEPT = (
    ("responses_note", "changed_at"),
    ("responses_picture", "changed_at"),
    ("responses_reading", "at"),
    ("events_event", "changed_at"),
    ("events_quotation", "changed_at"),
    ("journal_post", "changed_at"),
    ("journal_story", "changed_at"),
    ("principles_wording", "added_at"),
    ("outcomes_theme", "changed_at"),
    ("outcomes_statement", "changed_at"),
    ("outcomes_decision", "changed_at"),
    ("outcomes_amendment", "changed_at"),
    ("outcomes_promise", "changed_at"),
    ("outcomes_call", "changed_at"),
)
NEWEST = " UNION ALL ".join(f"SELECT max({column}) AS at FROM {table}" for table, column in KEPT)  # noqa: S608
NEVER = datetime(2019, 1, 1, tzinfo=UTC)


def changed_last() -> datetime:
    """When anything in the archive changed last, whoever may see it; in UTC. One query, by index."""
    with reading_connection().cursor() as cursor:
        cursor.execute(f"SELECT max(at) FROM ({NEWEST}) AS newest")  # noqa: S608
        (at,) = cursor.fetchone()
    return (at or NEVER).astimezone(UTC)


def data_version() -> str:
    """The version of the data as files and figures name it: `2026-11-22T17:38:46.963283Z`."""
    return changed_last().isoformat(timespec="microseconds").replace("+00:00", "Z")
