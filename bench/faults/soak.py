"""F19: a workshop that does not end, and whether anything grows meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import linear_regression
from threading import Event
from time import perf_counter

import psutil

from bench.faults.ground import Ground, Line, at_most, fact, ground, nought
from tests.faults.driver import Workshop
from tests.faults.site import Site

POSTERS, WATCHERS = 36, 100
BETWEEN_NOTES = 10.0  # seconds of one poster
SAMPLE = 5.0  # seconds
WARM_UP = 0.25  # of the time, which is not counted: caches fill
PAGES = ("/", "/events/", "/search/?q=power", "/principles/")
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


def soak(minutes: float = 30) -> Iterator[Line]:
    """36 posters, 100 readers and visitors for so many minutes; slopes of memory, connections and files."""
    with ground() as place:
        yield from soaked(place, place.start(workers=2), minutes * 60)


def soaked(place: Ground, site: Site, seconds: float) -> Iterator[Line]:
    each = max(2, round(seconds / BETWEEN_NOTES))
    workshop = Workshop(site, next(place.walls), posters=POSTERS, each=each, watchers=WATCHERS)
    for poster in workshop.posters:
        poster.leave_one = slowly(poster.leave_one)
    over, samples = Event(), []
    with ThreadPoolExecutor(2) as pool:
        watching = pool.submit(watch, place, site, over, samples)
        visiting = pool.submit(visit, site, over)
        workshop.run()
        over.set()
        watching.result()
        wrong, slowest = workshop.see_end(place.cluster), visiting.result()
    yield from reckoned(samples, seconds / 60)
    yield fact("F19 soak: notes", workshop.intended, "notes")
    yield nought("F19 soak: lost, doubled, unconfirmed or missed by a reader", len(wrong))
    yield at_most("F19 soak: pages for visitors, p95", slowest, "ms", 300)


def slowly(leave_one: object) -> object:
    """A person who thinks between two notes."""

    def leave(words: str) -> None:
        leave_one(words)
        Event().wait(BETWEEN_NOTES)

    return leave


def watch(place: Ground, site: Site, over: Event, samples: list[tuple[float, float, int, int]]) -> None:
    """Takes down memory (MB), connections to the database and open files of the site."""
    start = perf_counter()
    while not over.wait(SAMPLE):
        processes = [
            psutil.Process(site.process.pid),
            *psutil.Process(site.process.pid).children(recursive=True),
        ]
        memory = sum(process.memory_info().rss for process in processes) / 2**20
        files = sum(process.num_fds() for process in processes)
        samples.append((perf_counter() - start, memory, place.cluster.column(CONNECTIONS)[0], files))


def visit(site: Site, over: Event) -> float:
    """Asks for pages as visitors do; returns the 95th percentile in milliseconds."""
    took: list[float] = []
    while not over.wait(0.5):
        path, start = PAGES[len(took) % len(PAGES)], perf_counter()
        connection = HTTPConnection(site.address, timeout=20)
        connection.request("GET", path, headers={"X-Forwarded-For": "10.253.0.1"})
        connection.getresponse().read()
        connection.close()
        took.append(1000 * (perf_counter() - start))
    return sorted(took)[int(0.95 * len(took))] if took else 0.0


def reckoned(samples: list[tuple[float, float, int, int]], minutes: float) -> Iterator[Line]:
    counted = [sample for sample in samples if sample[0] > WARM_UP * 60 * minutes]
    hours = [sample[0] / 3600 for sample in counted]
    yield fact("F19 soak: minutes", minutes, "min", said=f"{len(counted)} samples counted after warming up")
    yield at_most("F19 soak: memory grows by", slope(hours, [s[1] for s in counted]), "MB an hour", 1)
    yield at_most("F19 soak: connections grow by", slope(hours, [s[2] for s in counted]), "an hour", 1)
    yield at_most("F19 soak: open files grow by", slope(hours, [s[3] for s in counted]), "an hour", 1)
    yield fact("F19 soak: memory at the end, all processes", counted[-1][1], "MB")
    yield fact("F19 soak: connections at the end", counted[-1][2])


def slope(hours: list[float], values: list[float]) -> float:
    return linear_regression(hours, values).slope
