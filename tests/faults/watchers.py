"""Readers of a stream that come back to where they were, whatever happens to the site."""

from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Thread

TIMEOUT = 5  # seconds; a stream that is silent for longer is opened again
PAUSE = 0.2  # seconds


@dataclass
class Watcher:
    """One reader, and the numbers of the notes it saw in the order in which they came."""

    address: str
    path: str
    network: str
    last: int = 0
    seen: list[int] = field(default_factory=list)
    connects: int = 0
    stopped: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.thread = Thread(target=self.watch, daemon=True)

    def watch(self) -> None:
        while not self.stopped.is_set():
            try:
                self.read_stream()
            except (OSError, HTTPException, ValueError):
                self.stopped.wait(PAUSE)

    def read_stream(self) -> None:
        with closing(HTTPConnection(self.address, timeout=TIMEOUT)) as connection:
            headers = {"Last-Event-ID": str(self.last), "X-Forwarded-For": self.network}
            connection.request("GET", self.path, headers=headers)
            with connection.getresponse() as response:
                if response.status != 200:
                    raise HTTPException(f"{response.status}")
                self.connects += 1
                self.take_messages(response)

    def take_messages(self, response: HTTPResponse) -> None:
        """A message counts once its empty line is there; what is cut off before comes again."""
        fields: dict[str, str] = {}
        while not self.stopped.is_set() and (line := response.readline()):
            if line == b"\n":
                self.take(fields)
                fields = {}
            else:
                name, _, value = line.decode().partition(":")
                fields[name] = value.strip()

    def take(self, fields: dict[str, str]) -> None:
        if "id" not in fields:
            return
        self.last = int(fields["id"])
        if fields["event"] == "note":
            self.seen.append(self.last)

    def end(self) -> None:
        self.stopped.set()
        self.thread.join()


def faults_of(seen: list[int], numbers: list[int]) -> dict[str, list[int]]:
    """What one reader missed, had twice or in the wrong order of `numbers`; empty when nothing."""
    found = {
        "missed": sorted(set(numbers) - set(seen)),
        "doubled": sorted(number for number in set(seen) if seen.count(number) > 1),
        "out of order": [] if seen == sorted(seen) else seen,
    }
    return {kind: them for kind, them in found.items() if them}
