"""A PostgreSQL of the tests' own that may be killed, and one that looks into it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil
import psycopg2

from coproduce.postgres.processes import alive
from coproduce.postgres.server import PORT, SUPERUSER, Server

DATABASE = "coproduce"
LONGEST_DEATH = 10  # seconds


class Cluster:
    """The server whose data is in the private folder `local`, running until `end`."""

    def __init__(self, local: Path) -> None:
        self.server = Server(local)
        self.server.join()
        self.where = str(self.server.place.sockets)

    @property
    def address(self) -> str:
        """What a site is given as DATABASE_URL."""
        return f"postgres://{SUPERUSER}@:{PORT}/{DATABASE}?host={self.where}"

    def kill(self) -> None:
        """kill -9 for the postmaster and every one of its processes."""
        processes = alive(self.server.place.data)
        for process in processes:
            # Those that outlive the postmaster by a moment may end by themselves.
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=LONGEST_DEATH)

    def kill_and_revive(self) -> None:
        """What happens when the machine's supervisor starts it again."""
        self.kill()
        self.server.revive()

    def end(self) -> None:
        self.kill()
        self.server.leave()

    @contextmanager
    def connect(self) -> Iterator[psycopg2.extensions.connection]:
        where = {"host": self.where, "port": PORT, "user": SUPERUSER, "dbname": DATABASE}
        with closing(psycopg2.connect(**where)) as connection:
            yield connection

    def column(self, statement: str, *values: object) -> list:
        """The first column of what `statement` finds."""
        with self.connect() as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]
