"""The connection of a process on which the database tells what has changed."""

import logging
import os
import threading
from collections.abc import Iterable
from contextlib import suppress

from django.db import Error

from coproduce.listening import connection_for_listening
from coproduce.serving.kept.shelf import EVERYTHING, OF_EVENTS, Shelf
from coproduce.serving.kept.snapshots import Snapshot
from responses.live.listener import ready

log = logging.getLogger(__name__)

CHANNEL = "page"
# Seconds.
BEAT = 1.0  # between two signs of life
BETWEEN_TRIES = 0.5  # to reach a database that is away

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""
# Those that tell of inserting (4), deleting (8), updating (16) and emptying (32), by the triggers they have.
TOLD = """
    SELECT c.relname, bool_or(p.proname LIKE 'tell_event_of_%') FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname LIKE 'tell_%' AND t.tgenabled IN ('O', 'A')
    GROUP BY c.oid, c.relname HAVING bit_or(t.tgtype) & 60 = 60
"""
# Which database this is and which line of its history, and what is over there.
PLACE = """
    SELECT concat_ws('-', system_identifier, timeline_id, current_database()),
        pg_current_snapshot()::text
    FROM pg_control_system(), pg_control_checkpoint()
"""


class Listener(threading.Thread):
    """Hears of changes and takes them to the shelf, for as long as the site is served."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(name="page-listener", daemon=True)
        self.shelf = shelf
        self.is_over = False
        self.awake, self.waker = os.pipe()

    def stop(self) -> None:
        """End soon; nothing is kept from now on."""
        self.is_over = True
        self.shelf.stop_listening()
        os.write(self.waker, b".")

    def run(self) -> None:
        while not self.is_over:
            try:
                self.listen()
            except Error as error:
                log.warning("No pages are kept until the database is back: %s", error)
            except Exception:
                log.exception("No pages are kept for a moment: listening failed.")
            finally:
                self.shelf.stop_listening()
                with suppress(Error):
                    connection_for_listening().close()
            if not self.is_over:
                ready(BETWEEN_TRIES, self.awake)
        os.close(self.awake)
        os.close(self.waker)

    def listen(self) -> None:
        """Listen until told to stop; raises django.db.Error when the connection breaks."""
        connection = connection_for_listening()
        with connection.cursor() as cursor:
            # First, so that nothing happens between what is known and what is told.
            cursor.execute(f"LISTEN {CHANNEL}")
            cursor.execute(TABLES)
            tables = [name for (name,) in cursor.fetchall()]
            cursor.execute(TOLD)
            told = dict(cursor.fetchall())
            cursor.execute(PLACE)
            database, began = cursor.fetchone()
            self.shelf.listen(tables, told, database=database, began=Snapshot.read(began))
            while not self.is_over:
                ready(BEAT, connection.connection, self.awake)
                self.hear(cursor)

    def hear(self, cursor: object) -> None:
        """Take in what has come. The question is answered after every notice that was sent before it."""
        cursor.execute("SELECT 1")
        notices = cursor.connection.notifies
        heard, notices[:] = [notice.payload for notice in notices], []
        if heard:
            self.shelf.change(things_in(heard))
        self.shelf.hear()


def things_in(payloads: Iterable[str]) -> dict[str, int]:
    """What has changed and by which transaction, by notices such as `people_person 730`, `responses 12 731`.

    They name a table or the responses to one event.
    """
    things: dict[str, int] = {}
    for payload in payloads:
        thing, _, number = payload.rpartition(" ")
        transaction = int(number) if number.isdecimal() else 0
        names = (thing, OF_EVENTS) if thing.startswith(f"{OF_EVENTS} ") else (thing or EVERYTHING,)
        for name in names:
            things[name] = max(transaction, things.get(name, 0))
    return things
