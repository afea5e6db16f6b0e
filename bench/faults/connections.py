"""F5 and F7: no connection to the database is left; readers that read nothing."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from time import perf_counter

import psycopg2

from bench.faults.ground import Ground, Line, at_most, fact, ground, nought
from bench.processes import cost
from tests.faults.driver import Workshop
from tests.faults.site import Site

LIMIT = 40  # connections of the whole database
STALLED, NOTES = 40, 1000
MOST_WAIT = 5  # seconds


def connections() -> Iterator[Line]:
    with ground() as place:
        yield from exhausted(place)
        yield from stalled(place)


def exhausted(place: Ground) -> Iterator[Line]:
    """Somebody else takes every connection; a site that has none yet says so soon, and comes back alone."""
    with place.cluster.connect() as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("CREATE ROLE web LOGIN IN ROLE coproduce CONNECTION LIMIT %s", [LIMIT])
        cursor.execute("ALTER ROLE web SET role coproduce")
    address = place.cluster.address.replace("//coproduce@", "//web@")
    site = place.start(DATABASE_URL=address, CONN_MAX_AGE="0")
    path = next(place.walls).form
    with ExitStack() as held:
        taken = take_all(place, held)
        status, seconds = asked(site, path)
        yield fact("F5 no connection left: connections held by others", taken, "connections")
        yield fact("F5 no connection left: status", status, said="503 with Retry-After is what is wanted")
        yield nought("F5 no connection left: answered with something else than 503", int(status != 503))
        yield at_most("F5 no connection left: time to say so", seconds, "s", MOST_WAIT)
    start = perf_counter()
    while asked(site, path)[0] != 200 and perf_counter() - start < 30:
        pass
    yield at_most("F5 no connection left: back after", perf_counter() - start, "s", MOST_WAIT)
    site.kill()


def take_all(place: Ground, held: ExitStack) -> int:
    taken = 0
    where = {"host": place.cluster.where, "user": "web", "dbname": "coproduce", "port": 5432}
    with suppress(psycopg2.OperationalError):
        while taken < 2 * LIMIT:
            held.callback(psycopg2.connect(**where).close)
            taken += 1
    return taken


def asked(site: Site, path: str) -> tuple[int, float]:
    """The status of a page that needs the database, and the seconds it took."""
    connection, start = HTTPConnection(site.address, timeout=60), perf_counter()
    try:
        connection.request("GET", path, headers={"X-Forwarded-For": "10.251.0.1"})
        return connection.getresponse().status, perf_counter() - start
    finally:
        connection.close()


def stalled(place: Ground) -> Iterator[Line]:
    """Forty who open a stream and never read, while a thousand notes are posted."""
    site, wall = place.start(), next(place.walls)
    Workshop(site, wall, posters=4, each=10, watchers=1).run()
    with ExitStack() as held:
        for number in range(STALLED):
            held.enter_context(deaf(site, wall.stream, number))
        before = cost(site.process.pid).memory
        workshop = Workshop(site, wall, posters=10, each=NOTES // 10, watchers=2)
        workshop.run()
        wrong = workshop.see_end(place.cluster)
        grown = (cost(site.process.pid).memory - before) / 2**20
    yield at_most("F7 40 stalled readers, 1,000 notes: memory", grown, "MB", 40)
    yield nought("F7 40 stalled readers: notes lost, doubled or missed by others", len(wrong))


def deaf(site: Site, path: str, number: int) -> socket.socket:
    host, port = site.address.split(":")
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    wire.connect((host, int(port)))
    head = f"GET {path} HTTP/1.1\r\nHost: {site.address}\r\nX-Forwarded-For: 10.252.{number}.1\r\n\r\n"
    wire.sendall(head.encode())
    return wire
