"""A worker: does one task after another at low priority until it is told to stop."""

import logging
import os
import time
from collections.abc import Callable
from threading import Event

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from coproduce.listening import connection_for_listening
from coproduce.work.doing import do
from coproduce.work.queue import forget_old, put_back_lost, take
from coproduce.work.standing import new_number, stand

BETWEEN_LOOKS = 1  # seconds, while nothing waits
BETWEEN_CHORES = 3600
NICENESS = 10  # visitors come first

log = logging.getLogger(__name__)


class Stop(KeyboardInterrupt):
    """Raised by a signal wherever the worker is; what it was doing is put back."""


class Worker:
    """One worker with its number. `goes_on` says before each turn whether there is a reason to."""

    def __init__(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        self.number, self.goes_on = new_number(), goes_on
        self._chores_done: float | None = None
        self._waits_for_database = False
        self._pause = Event()

    def run(self) -> None:
        """Goes on until it is told to Stop; a database that goes away is waited for."""
        os.nice(NICENESS)
        # The lock by which others know of this one lives as long as the connection.
        connection_for_listening().settings_dict["CONN_MAX_AGE"] = None
        while self.goes_on():
            if not self.turn_if_possible():
                self._pause.wait(BETWEEN_LOOKS)

    def turn_if_possible(self) -> bool:
        try:
            busy = self.turn()
        except (DatabaseError, InterfaceError) as error:
            if not self._waits_for_database:
                log.warning("The database does not answer; the worker waits for it. %s", error)
            self._waits_for_database = True
            connection.close()
            connection_for_listening().close()
            return False
        self._waits_for_database = False
        return busy

    def turn(self) -> bool:
        """Does one task if one is due; whether there was one."""
        close_old_connections()
        stand(self.number)
        put_back_lost(self.number)
        self._do_chores()
        task = take(self.number)
        if task:
            do(task)
        return task is not None

    def _do_chores(self) -> None:
        now = time.monotonic()
        if self._chores_done is None or now - self._chores_done > BETWEEN_CHORES:
            self._chores_done = now
            forget_old()
