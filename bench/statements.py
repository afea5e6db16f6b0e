"""What the act of adding a note says to PostgreSQL, said without Django's ORM: its floor."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from bench.place import guest
from bench.rows import insert, like
from responses.changes import CHANNEL
from responses.models import Board, Change, Note, Reading, Station

LOCK = "SELECT change_number FROM responses_activity WHERE id = %s FOR UPDATE"
SAME_KEY = "SELECT id FROM responses_note WHERE board_id = %s AND key = %s"
TAKES_PART = "INSERT INTO responses_participant (activity_id, token) VALUES (%s, %s) RETURNING id"
NEXT = "UPDATE responses_station SET last_number = last_number + 1 WHERE id = %s RETURNING last_number"
WORDINGS = """
    SELECT DISTINCT ON (w.principle_id) w.id
    FROM responses_pairing p JOIN principles_wording w ON w.principle_id = p.principle_id
    WHERE p.station_id = %s ORDER BY w.principle_id, w.version DESC
"""
PIN = "INSERT INTO responses_note_wordings (note_id, wording_id) VALUES (%s, %s)"
NUMBER = "UPDATE responses_activity SET change_number = %s WHERE id = %s"
NOTIFY = "SELECT pg_notify(%s, %s)"


def stating(station: Station, number: int) -> Callable[[], None]:
    """`number` notes of as many guests at `station`, each in its own transaction on the locked board."""
    board = station.board
    note = like(Note.objects.filter(board=board).first())
    reading = like(Reading.objects.filter(note__board=board).first())
    change = like(Change.objects.filter(board=board, kind=Change.Kind.NOTE_ADDED).first())
    keys = [uuid4() for _ in range(number)]
    connection.ensure_connection()

    def go() -> None:
        for key in keys:
            with transaction.atomic(), connection.cursor() as cursor:
                _state(cursor, board, station, key, note, reading, change)
        connection.close()

    return go


def _state(
    cursor: CursorWrapper, board: Board, station: Station, key: UUID, note: dict, reading: dict, change: dict
) -> None:
    last_change = _asked(cursor, LOCK, board.pk)
    cursor.execute(SAME_KEY, [board.pk, key])
    participant = _asked(cursor, TAKES_PART, board.pk, board.token_of(guest(key.int)))
    own = {"key": key, "identifier": key.hex[:10], "receipt_hash": key.hex, "participant_id": participant}
    pk = insert(cursor, Note, note | own | {"number": _asked(cursor, NEXT, station.pk)})
    cursor.execute(PIN, [pk, _asked(cursor, WORDINGS, station.pk)])
    insert(cursor, Reading, reading | {"note_id": pk})
    cursor.execute(NUMBER, [last_change + 1, board.pk])
    insert(cursor, Change, change | {"note_id": pk, "number": last_change + 1})
    cursor.execute(NOTIFY, [CHANNEL, f"{board.pk} {last_change + 1}"])


def _asked(cursor: CursorWrapper, statement: str, *values: object) -> int:
    cursor.execute(statement, values)
    return cursor.fetchone()[0]
