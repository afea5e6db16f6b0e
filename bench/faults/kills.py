"""F1, F2, F3, F8, F9: processes killed under a workshop, answers lost on the way."""

from collections.abc import Callable, Iterator
from threading import Event, Thread
from time import perf_counter

from bench.faults.ground import Ground, Line, caught, fact, ground, nought
from tests.faults.driver import Workshop
from tests.faults.site import Site

NOTES, POSTERS, WATCHERS, KILLS = 448, 16, 20, 4
LOOK = 0.05  # seconds


def kills() -> Iterator[Line]:
    """Four kills in each workshop of 448 notes, with twenty readers."""
    with ground() as place:
        site = place.start()
        yield from suffered("F1 kill -9 of the whole site", place, site, [site.kill_and_start] * KILLS)
        site.kill()
        site = place.start(workers=2)
        yield from suffered("F2 kill -9 of one worker", place, site, [site.kill_a_worker] * KILLS)
        revive = place.cluster.kill_and_revive
        yield from suffered("F3 kill -9 of PostgreSQL", place, site, [revive] * KILLS)
        yield from suffered("F8 every first answer lost", place, site, [], loses_answers=True)
        yield without_keys(place, site)


def suffered(
    name: str, place: Ground, site: Site, faults: list[Callable[[], None]], **flaws: bool
) -> Iterator[Line]:
    workshop = Workshop(
        site, next(place.walls), posters=POSTERS, each=NOTES // POSTERS, watchers=WATCHERS, **flaws
    )
    with Outages(site) as outages:
        workshop.run(*faults)
    wrong = workshop.see_end(place.cluster)
    yield fact(f"{name}: notes meant", workshop.intended, "notes")
    for kind in ("never acknowledged", "lost", "doubled", "unheard of"):
        yield nought(f"{name}: {kind}", len(wrong.get(kind, ())), "notes")
    yield nought(f"{name}: readers that missed any, or had one twice or early", faulty(wrong), "readers")
    yield fact(
        f"{name}: tries that failed and were made again", sum(workshop.books.refused.values()), "tries"
    )
    yield fact(f"{name}: longest time without an answer", outages.longest, "s")


def faulty(wrong: dict[str, object]) -> int:
    return sum(bool(found) for found in wrong.get("watchers", ()))


def without_keys(place: Ground, site: Site) -> Line:
    """A planted flaw: each try under a key of its own is a note of its own."""
    workshop = Workshop(
        site, next(place.walls), posters=4, each=8, watchers=1, loses_answers=True, keeps_key=False
    )
    workshop.run()
    doubled = workshop.see_end(place.cluster).get("doubled", ())
    return caught("F8 no key that stays from try to try", len(doubled), "doubled")


class Outages:
    """Asks the site again and again; knows the longest time it did not answer, in seconds."""

    def __init__(self, site: Site) -> None:
        self.site, self.longest = site, 0.0
        self.over = Event()
        self.thread = Thread(target=self.ask, daemon=True)

    def ask(self) -> None:
        since = perf_counter()
        while not self.over.wait(LOOK):
            if self.site.answers():
                self.longest, since = max(self.longest, perf_counter() - since), perf_counter()
        self.longest = max(self.longest, perf_counter() - since)

    def __enter__(self) -> "Outages":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
