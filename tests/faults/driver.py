"""A workshop on a bad day: posters and watchers, faults in the middle, and the reckoning."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Event

from tests.faults.books import Books, discrepancies
from tests.faults.cluster import Cluster
from tests.faults.posters import Poster
from tests.faults.site import Site
from tests.faults.watchers import PAUSE, Watcher, faults_of

STORED = "SELECT text FROM responses_note WHERE text LIKE %s"
NUMBERS = """
    SELECT c.number FROM responses_change c JOIN responses_note n ON n.id = c.note_id
    WHERE n.text LIKE %s ORDER BY c.number
"""
PATIENCE = 15  # seconds for watchers to see what was posted last
workshops = count(1)


@dataclass(frozen=True, slots=True)
class Wall:
    """Where the form and the stream of a board are."""

    form: str
    stream: str


class Workshop:
    """`posters` people leave `each` notes at a wall of a running site while `watchers` look on."""

    def __init__(
        self, site: Site, wall: Wall, *, posters: int = 8, each: int = 12, watchers: int = 6, **flaws: bool
    ) -> None:
        self.site, self.each, self.number, self.books = site, each, next(workshops), Books()
        networks = (f"10.{self.number}.{place}.1" for place in count())
        where = site.address
        self.posters = [Poster(where, wall.form, next(networks), self.books, **flaws) for _ in range(posters)]
        self.watchers = [Watcher(where, wall.stream, next(networks)) for _ in range(watchers)]

    @property
    def mark(self) -> str:
        """What the words of all its notes begin with."""
        return f"Workshop {self.number}, "

    @property
    def intended(self) -> int:
        return len(self.posters) * self.each

    def run(self, *faults: Callable[[], None]) -> None:
        """Let everybody post, with each fault after another equal share of the notes."""
        for watcher in self.watchers:
            watcher.thread.start()
        with ThreadPoolExecutor(len(self.posters)) as pool:
            work = [pool.submit(poster.leave, self.notes(place)) for place, poster in enumerate(self.posters)]
            for place, fault in enumerate(faults, 1):
                self.books.wait_for(self.intended * place // (len(faults) + 1))
                fault()
            for one in work:
                one.result()

    def notes(self, place: int) -> list[str]:
        return [f"{self.mark}poster {place}, note {number}" for number in range(self.each)]

    def see_end(self, cluster: Cluster) -> dict[str, object]:
        """Wait until the watchers are up to date; returns all that does not agree, nothing if all does."""
        numbers = cluster.column(NUMBERS, f"{self.mark}%")
        self._wait_for(max(numbers))
        wrong: dict[str, object] = discrepancies(self.books, cluster.column(STORED, f"{self.mark}%"))
        faults = [faults_of(watcher.seen, numbers) for watcher in self.watchers]
        return wrong | ({"watchers": faults} if any(faults) else {})

    def _wait_for(self, last: int) -> None:
        for _ in range(round(PATIENCE / PAUSE)):
            if all(watcher.last >= last for watcher in self.watchers):
                break
            Event().wait(PAUSE)
        for watcher in self.watchers:
            watcher.stopped.set()
