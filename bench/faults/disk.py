"""F4: the disk of the database is full, and then it is not."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from bench.faults.ground import Ground, Line, at_most, fact, ground, nought
from tests.faults.driver import Workshop
from tests.faults.site import Site
from tests.faults.watchers import PAUSE

DISK = 400  # megabytes
LEFT = 32 * 1024  # bytes, while it is full
FULL_FOR = 6.0  # seconds


def disk() -> Iterator[Line]:
    """Reads go on, writes are refused cleanly, every try made again lands. Needs root, for a small disk."""
    if os.geteuid() != 0:
        yield fact("F4 a full disk", None, said="not run: making a small disk needs root")
        return
    with ground(DISK) as place:
        yield from filled(place, place.start())


def filled(place: Ground, site: Site) -> Iterator[Line]:
    wall = next(place.walls)
    workshop = Workshop(site, wall, posters=6, each=40, watchers=4)
    reads: Counter[str] = Counter()
    workshop.run(lambda: reads.update(while_full(place, site, wall.form)))
    start = perf_counter()
    wrong = workshop.see_end(place.cluster)
    refused = workshop.books.refused
    yield fact("F4 full disk: reads answered while full", reads["200"], "reads")
    yield nought("F4 full disk: reads that failed while full", sum(reads.values()) - reads["200"], "reads")
    yield fact(
        "F4 full disk: writes refused", sum(refused.values()), "tries", said=", ".join(sorted(refused))
    )
    yield nought("F4 full disk: answered with 500", refused["POST 500"] + refused["GET 500"], "tries")
    for kind in ("lost", "doubled", "never acknowledged"):
        yield nought(f"F4 full disk: {kind}", len(wrong.get(kind, ())), "notes")
    yield at_most("F4 full disk: readers up to date after", perf_counter() - start, "s", 15)


def while_full(place: Ground, site: Site, path: str) -> Counter[str]:
    """Fills the disk for a while, and reads meanwhile; returns how reads were answered."""
    ballast = place.cluster.server.place.data.parent / "ballast"
    fill(ballast)
    reads: Counter[str] = Counter()
    over = Event()
    thread = Thread(target=read, args=(site, path, reads, over), daemon=True)
    thread.start()
    over.wait(FULL_FOR)
    over.set()
    thread.join()
    ballast.unlink()
    return reads


def fill(ballast: Path) -> None:
    stat = os.statvfs(ballast.parent)
    # Somebody else may take the rest meanwhile: it is full either way.
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        left = stat.f_bavail * stat.f_frsize - LEFT
        while left > 0:
            left -= file.write(bytes(min(left, 1024 * 1024)))


def read(site: Site, path: str, reads: Counter[str], over: Event) -> None:
    while not over.wait(PAUSE):
        connection = HTTPConnection(site.address, timeout=5)
        try:
            connection.request("GET", path, headers={"X-Forwarded-For": "10.250.0.1"})
            reads[str(connection.getresponse().status)] += 1
        except (OSError, HTTPException) as error:
            reads[type(error).__name__] += 1
        finally:
            connection.close()
