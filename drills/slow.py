"""slowhttptest: hundreds of visitors who send or read a byte now and then; others must not notice."""

import re
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import DEVNULL, Popen
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.tools import said, system_program
from tools.serving import HOST, free_port

SLOW = {"headers": ["-H"], "body": ["-B", "-t", "POST", "-s", "8192"], "reading": ["-X", "-k", "3"]}
CONNECTIONS, SECONDS = 200, 20
LONGEST_WAIT = 0.3  # seconds, for 95 of 100 others
A_VISIT = 0.1  # seconds between visits of others
GIVEN_UP = 5.0  # seconds


def version() -> str:
    found = re.search(r"version ([\d.]+)", said([program(), "-h"], seconds=10))
    return f"slowhttptest {found[1] if found else ''}"


def program() -> Path:
    return system_program("slowhttptest", "the package slowhttptest")


def attack(target: Range) -> Outcome:
    return attacked(target.site, list(SLOW))


def attacked(address: str, ways: list[str]) -> Outcome:
    """Each way of being slow under which others waited, with how long, beside what they wait without it."""
    calm = at_95(list(visits(address, seconds=5)))
    flaws, told = [], [f"p95 {calm * 1000:.0f} ms before"]
    for way in ways:
        waited = during(way, address)
        told.append(f"{waited * 1000:.0f} ms with {CONNECTIONS} slow {way}")
        if waited > max(LONGEST_WAIT, 3 * calm):
            flaws.append(f"Others wait {waited:.1f} s while {way} come slowly")
    return Outcome(tuple(flaws), ", ".join(told))


def during(way: str, address: str) -> float:
    """What 95 of 100 others wait at most, in seconds, while it goes on."""
    numbers = ["-c", str(CONNECTIONS), "-i", "5", "-r", "100", "-l", str(SECONDS), "-x", "24", "-p", "2"]
    slow = Popen([program(), *SLOW[way], *numbers, "-u", f"{address}/"], stdout=DEVNULL, stderr=DEVNULL)
    try:
        Event().wait(3)
        return at_95(list(visits(address, seconds=SECONDS - 5)))
    finally:
        slow.terminate()
        slow.wait()


def visits(address: str, *, seconds: float) -> Iterator[float]:
    """How long each visit to a page took, one after the other for so many seconds."""
    until = monotonic() + seconds
    while monotonic() < until:
        yield visit(urlsplit(address).netloc)
        Event().wait(A_VISIT)


def visit(where: str) -> float:
    began = monotonic()
    connection = HTTPConnection(where, timeout=GIVEN_UP)
    try:
        connection.request("GET", "/about/")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return GIVEN_UP
    finally:
        connection.close()
    return monotonic() - began


def at_95(waited: list[float]) -> float:
    return sorted(waited)[int(len(waited) * 0.95)] if waited else GIVEN_UP


def power(_: Range) -> Outcome:
    """The same against a server that serves one after the other."""
    port = free_port()
    single = [sys.executable, "-c", SINGLE, str(port)]
    with Popen(single, stdout=DEVNULL, stderr=DEVNULL) as server:
        try:
            Event().wait(1)
            return attacked(f"http://{HOST}:{port}", ["headers"])
        finally:
            server.terminate()


SINGLE = """
import sys
from wsgiref.simple_server import demo_app, make_server
make_server("127.0.0.1", int(sys.argv[1]), demo_app).serve_forever()
"""
DRILL = Drill(version, attack, power, ("headers come slowly",), {})
