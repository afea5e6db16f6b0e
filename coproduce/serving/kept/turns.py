"""What the clock changes on pages: when something next comes into sight, closes or falls due."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from coproduce.serving.kept.shelf import Shelf

# Moments with whose passing a page says something else, by table, in SQL. Days count from midnight,
# when every page ends. tests/coproduce/kept/test_turns.py knows every moment of the database by name.
TURNS: dict[str, tuple[str, ...]] = {
    "events_event": ("publish_at", "starts_at", "ends_at", "sign_up_until"),
    # Comments on a record or a post are taken for so long after it was published.
    "events_recordchange": ("at + interval '60 days'",),
    "events_appointment": ("until",),
    "events_invitation": ("until", "expires_at"),
    "journal_post": ("published_at", "published_at + interval '60 days'"),
    "journal_storycall": ("opens_at", "closes_at"),
    "outcomes_amendment": ("open_until",),
    "people_role": ("until",),
    "responses_asking": ("until",),
}
# Around each, no page is kept for so long: two clocks, ours and the database's, may differ by that.
A_MOMENT = timedelta(seconds=2)

# The next turn of a table, with the position of the shelf before it was looked up.
_known: dict[str, tuple[int, datetime | None]] = {}


def next_turn(tables: Iterable[str], began: datetime, shelf: Shelf, position: int) -> datetime:
    """Until when a page that was begun at `began` and read `tables` can be true as far as clocks go."""
    after = began - A_MOMENT
    turning = [table for table in tables if table in TURNS]
    unknown = [table for table in turning if not _is_known(table, after, shelf)]
    if unknown:
        _look_up(unknown, after, position)
    found = [_known[table][1] for table in turning if table in _known]
    return min([midnight_after(began), *(turn - A_MOMENT for turn in found if turn)])


def _is_known(table: str, after: datetime, shelf: Shelf) -> bool:
    if table not in _known:
        return False
    position, turn = _known[table]
    return not shelf.has_changed(shelf.thing_of(table), position) and (turn is None or turn > after)


def _look_up(tables: list[str], after: datetime, position: int) -> None:
    statement = " UNION ALL ".join(
        f"SELECT '{table}', min({moment}) FROM {table} WHERE {moment} > %s"  # noqa: S608  our own names
        for table in tables
        for moment in TURNS[table]
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [after] * statement.count("%s"))
        found = cursor.fetchall()
    for table in tables:
        moments = [moment for name, moment in found if name == table and moment]
        _known[table] = (position, min(moments, default=None))


def midnight_after(moment: datetime) -> datetime:
    """The end of the day of `moment` where the site is."""
    day = timezone.localtime(moment).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time()))
