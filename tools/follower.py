"""A streaming replica of a PostgreSQL that this process started."""

import os
from contextlib import closing, suppress
from pathlib import Path
from threading import Event

import psutil
import psycopg2

from coproduce.postgres.processes import alive, run
from coproduce.postgres.server import PORT, SUPERUSER, Server

DATABASE = SUPERUSER  # the one that every such server has from the beginning
A_MOMENT, PATIENCE, LONGEST_DEATH = 0.05, 30, 10  # seconds


class Follower:
    """A hot standby in `folder` that follows `server` and logs every statement it is asked."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.place, self.where = server.place, str(folder)
        self.data, self.log = folder / "data", folder / "statements.log"
        folder.mkdir(mode=0o700)
        os.chown(folder, self.place.uid, -1)
        source = ("-h", str(self.place.sockets), "-p", str(PORT), "-U", SUPERUSER)
        run(self.place, "pg_basebackup", *source, "-D", str(self.data), "--write-recovery-conf", "-c", "fast")

    @property
    def address(self) -> str:
        """What a site is given as DATABASE_REPLICA_URL."""
        return f"postgres://{SUPERUSER}@:{PORT}/{DATABASE}?host={self.where}"

    def start(self, *, logs: bool = True) -> None:
        options = f"-k {self.where} -c log_statement={'all' if logs else 'none'}"
        run(self.place, "pg_ctl", "start", "-D", str(self.data), "-w", "-l", str(self.log), "-o", options)

    def kill(self) -> None:
        processes = alive(self.data)
        for process in processes:
            # Those that outlive the postmaster by a moment may end by themselves.
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=LONGEST_DEATH)

    def column(self, statement: str, *values: object) -> list:
        """The first column of what `statement` finds on the replica."""
        return column(self.where, statement, *values)

    def asked(self, words: str) -> int:
        """How many statements with these words it was asked so far."""
        return self.log.read_text(errors="replace").count(words)

    def stop_replaying(self) -> None:
        """From now on it lags behind, though it receives everything."""
        self.column("SELECT pg_wal_replay_pause()")
        self._wait_for("SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def catch_up(self) -> None:
        """Replay again; returns when it has all that is on the server's disk."""
        self.column("SELECT pg_wal_replay_resume() WHERE pg_is_wal_replay_paused()")
        (flushed,) = column(str(self.place.sockets), "SELECT pg_current_wal_flush_lsn()::text")
        self._wait_for("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", flushed)

    def _wait_for(self, statement: str, *values: object) -> None:
        for _ in range(round(PATIENCE / A_MOMENT)):
            if self.column(statement, *values) == [True]:
                return
            Event().wait(A_MOMENT)
        raise RuntimeError(f"The replica did not come to: {statement}")


def column(where: str, statement: str, *values: object) -> list:
    """The first column of what `statement` finds on the server whose socket is in the folder `where`."""
    address = {"host": where, "port": PORT, "user": SUPERUSER, "dbname": DATABASE}
    with closing(psycopg2.connect(**address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]
