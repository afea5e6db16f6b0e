"""PgBouncer in front of a PostgreSQL, lending its connections for one transaction at a time."""

import os
import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psycopg2

from tools.serving import HOST, free_port

A_MOMENT, LONGEST_START = 0.05, 10  # seconds
CONFIGURATION = """
[databases]
* = host={host} port={port} user={user}
[pgbouncer]
listen_addr = {here}
listen_port = {our_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 1000
"""


def program() -> str | None:
    """Where PgBouncer is on this machine; None where it is not installed."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True, slots=True)
class Behind:
    """The server that it leads to, and the account it runs as; root's own it refuses."""

    host: str
    port: int
    user: str
    uid: int


class Pooler:
    """A PgBouncer with `size` connections to each database, whose files are in `folder`."""

    def __init__(self, behind: Behind, folder: Path, *, size: int) -> None:
        self.behind, self.port, self.log = behind, free_port(), folder / "pgbouncer.log"
        self.configuration = folder / "pgbouncer.ini"
        theirs = {"host": behind.host, "port": behind.port, "user": behind.user}
        ours = {"here": HOST, "our_port": self.port, "size": size}
        self.configuration.write_text(CONFIGURATION.format(**theirs, **ours))

    def address(self, database: str) -> str:
        """What a site is given as DATABASE_URL."""
        return f"postgres://{self.behind.user}@{HOST}:{self.port}/{database}"

    def start(self, database: str) -> None:
        """Returns when it answers for `database`."""
        lent = {"user": self.behind.uid} if os.geteuid() == 0 else {}
        with self.log.open("ab") as log:
            command = [program(), "--quiet", self.configuration]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **lent)
        for _ in range(round(LONGEST_START / A_MOMENT)):
            if self._answers(database):
                return
            Event().wait(A_MOMENT)
        raise RuntimeError(f"PgBouncer did not start. {self.log.read_text()}")

    def _answers(self, database: str) -> bool:
        try:
            with closing(psycopg2.connect(self.address(database))):
                return True
        except psycopg2.OperationalError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
