"""The one development server of this clone: started by the first process, stopped by the last.

Every process that uses the server holds a shared lock on a file. The kernel drops the lock
however the process ends, so whoever leaves and can take the file alone was the last.
"""

import atexit
import fcntl
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from coproduce.postgres.place import Place, find_place, own_folder
from coproduce.postgres.processes import alive, end, run, see_end
from coproduce.postgres.trouble import PostgresTrouble

SUPERUSER = "coproduce"
PORT = 5432  # only part of the socket's name: the server listens on no network
LONGEST_START = 60  # seconds, recovery after a crash included
A_MOMENT = 0.3  # seconds
# Text search takes its idea of a letter from the C library. Not all have the first of these.
LETTERS = ("C.UTF-8", "UTF-8", "en_US.UTF-8")


class Server:
    """The PostgreSQL server that belongs to the private folder `local` of a clone.

    Errors of any method are PostgresTrouble, with a sentence that says what to do.
    """

    def __init__(self, local: Path) -> None:
        self.local = local
        self._threads = threading.Lock()
        self._member: tuple[int, int] | None = None  # process, file descriptor

    @cached_property
    def place(self) -> Place:
        return find_place(self.local)

    def join(self) -> str:
        """Makes this process a user of the running server; returns the folder of its socket."""
        with self._threads:
            if not self._is_member():
                self._revive()
        return str(self.place.sockets)

    def revive(self) -> None:
        """Starts the server again if it has died, or is just dying: a kill takes a moment."""
        with self._threads:
            if postmaster := self._postmaster():
                see_end(postmaster, A_MOMENT)
            self._revive()

    def leave(self) -> None:
        """Ends this process's use of the server, and stops it if nobody else uses it."""
        with self._threads:
            if self._is_member():
                with self._alone():
                    self._stop_unless_used()

    def _is_member(self) -> bool:
        """A forked child is not: it has its parent's descriptor, and one lock between them."""
        return self._member is not None and self._member[0] == os.getpid()

    def _revive(self) -> None:
        try:
            with self._alone() as lock:
                if self._postmaster() is None:
                    self._start(lock)
                self._count_in()
        except OSError as error:
            raise PostgresTrouble(
                f"The development database cannot be used: {error}. Its files are in {self.local}: "
                "run this as their owner, or delete them to begin afresh, or set DATABASE_URL."
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """Holds off every other process that wants to start or stop the server."""
        lock = self._open("postgres.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock
        finally:
            os.close(lock)

    def _open(self, name: str) -> int:
        self.local.mkdir(parents=True, exist_ok=True)
        return os.open(self.local / name, os.O_RDONLY | os.O_CREAT, 0o644)

    def _count_in(self) -> None:
        if self._is_member():
            return
        users = self._open("postgres.users")
        fcntl.flock(users, fcntl.LOCK_SH)
        self._member = (os.getpid(), users)
        atexit.register(self.leave)
        leave_politely_when_killed()

    def _stop_unless_used(self) -> None:
        _, users = self._member
        self._member = None
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            self._stop()
        finally:
            os.close(users)

    def _postmaster(self) -> int | None:
        """The number of the server's first process, if it is alive."""
        try:
            noted = int((self.place.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        return noted if noted in {process.pid for process in alive(self.place.data)} else None

    def _start(self, lock: int) -> None:
        if not self.place.data.exists():
            self._make(lock)
        self._refuse_data_of_others()
        self._clear_away()
        own_folder(self.place.sockets, self.place.uid, 0o700)
        try:
            self._pg_ctl("start", "-l", str(self.place.log), "-o", f"-k {self.place.sockets}")
        except PostgresTrouble as trouble:
            raise self._explained(trouble) from None

    def _make(self, lock: int) -> None:
        """Makes the database beside its place, then moves it: there is never half a database."""
        new = self.place.data.with_name(f"{self.place.data.name}.new")
        for letters in LETTERS:
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            os.chown(new, self.place.uid, -1)
            try:
                run(self.place, "initdb", *initdb_options(new, letters), holding=lock)
            except PostgresTrouble as trouble:
                failure = trouble
            else:
                break
        else:
            raise self._explained(failure)
        first = f"CREATE DATABASE {SUPERUSER};\n"
        run(self.place, "postgres", "--single", "-D", str(new), "postgres", typed=first, holding=lock)
        new.rename(self.place.data)

    def _refuse_data_of_others(self) -> None:
        if self.place.data.stat().st_uid != self.place.uid:
            raise PermissionError(f"{self.place.data} belongs to another user")

    def _clear_away(self) -> None:
        """Ends what a killed server left running, and removes what it left lying about."""
        end(alive(self.place.data))
        (self.place.data / "postmaster.pid").unlink(missing_ok=True)
        self.place.log.unlink(missing_ok=True)
        shutil.rmtree(self.place.sockets, ignore_errors=True)

    def _stop(self) -> None:
        if self._postmaster() is not None:
            # One that dies at this moment is stopped as well; one that hangs is met at the next start.
            with suppress(PostgresTrouble):
                self._pg_ctl("stop", "-m", "fast")
        shutil.rmtree(self.place.sockets, ignore_errors=True)

    def _pg_ctl(self, act: str, *options: str) -> None:
        data = ["-D", str(self.place.data)]
        run(self.place, "pg_ctl", act, *data, "-w", "-t", str(LONGEST_START), *options)

    def _explained(self, trouble: PostgresTrouble) -> PostgresTrouble:
        log = self.place.log.read_text(errors="replace") if self.place.log.exists() else ""
        tail = "\n".join((log or str(trouble)).splitlines()[-5:])
        return PostgresTrouble(
            f"PostgreSQL did not start in {self.place.data}. Put right what it says below, or set "
            f"DATABASE_URL, or delete that folder to begin with a fresh demo.\n{tail}"
        )


def initdb_options(data: Path, letters: str) -> list[str]:
    """The same database everywhere, whatever the language of the machine."""
    return [
        *("-D", str(data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--locale=C", f"--lc-ctype={letters}"),
        *("--set=listen_addresses=", "--set=fsync=on", "--set=synchronous_commit=on"),
    ]


def leave_politely_when_killed() -> None:
    """Lets a plain `kill` and a closed terminal run the exit handlers, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, exit_on_signal)


def exit_on_signal(number: int, _frame: object) -> None:
    sys.exit(128 + number)
