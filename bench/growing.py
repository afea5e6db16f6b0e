"""What growing past one machine costs and brings: PgBouncer in between, and a replica to read from.

On a cluster of its own, so that the figures are of nothing else: pages and notes through PgBouncer
beside the same without it, the search on a replica beside the same on the database, and how often a
replica has everything while notes come in.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from bench.figures import Figure, measure
from bench.load import get, rate
from bench.place import EVENT, guest, hold_event, put_up_board
from bench.posts import NOTES as POSTS
from bench.posts import form
from coproduce.databases import REPLICA
from coproduce.postgres.server import PORT, SUPERUSER, Server
from coproduce.replica import has_everything
from people.consent import consent_given
from responses.board import add_note
from responses.models import Board, Mark
from tools.follower import DATABASE, Follower
from tools.pooler import Behind, Pooler, program
from tools.serving import serving

PAGES, SEARCHES, ASKED = 60, 20, 200  # in each round
CONNECTIONS = 4  # that PgBouncer has to the database
A_SECOND = (0, 20, 100)  # notes, while the replica is asked
SEARCH = "/export/csv/?q=budget"  # the search page says no length, since it comes in two parts


def growing(_database: str) -> Iterator[Figure]:
    """PgBouncer where it is installed, and a replica."""
    with own_cluster() as server:
        board = put_up_board(hold_event(), "wall", notes=60)
        direct = f"postgres://{SUPERUSER}@:{PORT}/{DATABASE}?host={server.place.sockets}"
        if program():
            yield from through_pgbouncer(server, direct, board)
        yield from beside_a_replica(server, direct, board)


@contextmanager
def own_cluster() -> Iterator[Server]:
    """A PostgreSQL for this bench alone, migrated, which this process uses within the block."""
    with open_folder() as folder:
        server, former = Server(folder), dict(connection.settings_dict)
        connection.close()
        where = {"NAME": DATABASE, "HOST": server.join(), "PORT": str(PORT), "USER": SUPERUSER}
        connection.settings_dict |= where | {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
        try:
            call_command("migrate", verbosity=0)
            yield server
        finally:
            connection.close()
            connection.settings_dict |= former
            server.leave()
            shutil.rmtree(server.place.data, ignore_errors=True)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder into which root lets the account that it lends to PostgreSQL and PgBouncer."""
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def through_pgbouncer(server: Server, direct: str, board: Board) -> Iterator[Figure]:
    """The same pages and notes, the connections lent for one transaction at a time."""
    behind = Behind(str(server.place.sockets), PORT, SUPERUSER, server.place.uid)
    with ExitStack() as running:
        folder = running.enter_context(open_folder())
        pooler = Pooler(behind, folder, size=CONNECTIONS)
        pooler.start(DATABASE)
        running.callback(pooler.kill)
        pooled = {"DATABASE_URL": pooler.address(DATABASE), "LISTEN_DATABASE_URL": direct}
        sites = {
            "pooled": running.enter_context(site(**pooled)),
            "direct": running.enter_context(site(DATABASE_URL=direct)),
        }
        station = board.stations.first()
        page = f"/events/{EVENT}/"
        rounds = measure({name: partial(pages, one, page, PAGES) for name, one in sites.items()})
        yield Figure("pages, PgBouncer", "pages/s", rounds["pooled"], rounds["direct"], "without PgBouncer")
        rounds = measure({name: partial(posts, one, station) for name, one in sites.items()})
        yield Figure("notes, PgBouncer", "notes/s", rounds["pooled"], rounds["direct"], "without PgBouncer")


def beside_a_replica(server: Server, direct: str, board: Board) -> Iterator[Figure]:
    """What asking costs, how often it is worth it, and the search on both."""
    with ExitStack() as running:
        folder = running.enter_context(open_folder())
        follower = Follower(server, folder / "replica")
        follower.start(logs=False)
        running.callback(follower.kill)
        running.enter_context(known_here(follower))
        has_everything()
        rounds = measure({"asked": asking, "nothing": partial(asking, nothing)})
        yield Figure("has it everything?", "µs", rounds["asked"], rounds["nothing"], "SELECT 1, twice")
        for number in A_SECOND:
            with notes_come_in(board, number):
                shares = [share() for _ in range(5)]
            yield Figure(f"it has, at {number} notes/s", "%", shares, [100.0] * 5, "always")
        with_replica = {"DATABASE_URL": direct, "DATABASE_REPLICA_URL": follower.address}
        sites = {
            "replica": running.enter_context(site(**with_replica)),
            "alone": running.enter_context(site(DATABASE_URL=direct)),
        }
        rounds = measure({name: partial(pages, one, SEARCH, SEARCHES) for name, one in sites.items()})
        yield Figure("searches, replica", "pages/s", rounds["replica"], rounds["alone"], "the database alone")


@contextmanager
def known_here(follower: Follower) -> Iterator[None]:
    """This process knows the replica within the block, as a site with DATABASE_REPLICA_URL does."""
    there = connection.settings_dict | {"HOST": follower.where}
    settings.DATABASES[REPLICA] = there
    try:
        yield
    finally:
        connections[REPLICA].close()
        del settings.DATABASES[REPLICA]


@contextmanager
def site(**environment: str) -> Iterator[str]:
    with serving("bench.site:application", BENCH_DATABASE=DATABASE, **environment) as address:
        yield address


def pages(address: str, path: str, number: int) -> float:
    return rate(address, [get(address, path)] * number)


def posts(address: str, station: object) -> float:
    return rate(address, [form(address, station, uuid4()) for _ in range(POSTS)], status=302)


def nothing() -> bool:
    for alias in ("default", REPLICA):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    return True


def asking(ask: object = has_everything) -> float:
    """Microseconds for one answer."""
    began = perf_counter()
    for _ in range(ASKED):
        ask()
    return (perf_counter() - began) / ASKED * 1_000_000


def share() -> float:
    """Of a hundred times it is asked in a second, how often it has everything; in per cent."""
    had, pause = 0, Event()
    for _ in range(100):
        had += has_everything()
        pause.wait(0.01)
    return float(had)


@contextmanager
def notes_come_in(board: Board, number: int) -> Iterator[None]:
    """So many notes a second, left by a thread of this process."""
    over = Event()
    thread = Thread(target=leave_notes, args=(board, number, over))
    if number:
        thread.start()
    yield
    over.set()
    if number:
        thread.join()


def leave_notes(board: Board, number: int, over: Event) -> None:
    consent, station, place = consent_given(public=True, research=True), board.stations.first(), 10**6
    while not over.wait(1 / number):
        place += 1
        add_note(station, by=guest(place), key=uuid4(), mark=Mark.TICK, consent=consent, words="Late.")
    connection.close()
