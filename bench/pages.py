"""Pages per second, beside the same bytes from the same server."""

from collections.abc import Iterator
from functools import partial

from bench.figures import Figure, Lane, measure
from bench.load import get, rate
from bench.place import hold_event, put_up_board
from tools.serving import serving

# How many requests make about a second of work on two cores.
REQUESTS = {"/healthz": 1500, 60: 120, 600: 24}
CONSTANTS = 4000
SMALLEST = 0.15  # of a constant: the smallest page through everything that stands before a page


def pages(database: str) -> Iterator[Figure]:
    """The smallest page there is, and a board of 60 and of 600 notes as a visitor gets it."""
    event = hold_event()
    paths = {number: put_up_board(event, f"wall-{number}", number).get_absolute_url() for number in (60, 600)}
    with serving("bench.site:application", BENCH_DATABASE=database) as site:
        yield _beside_constant(site, "smallest page", "/healthz", REQUESTS["/healthz"], SMALLEST)
        for number, path in paths.items():
            yield _beside_constant(site, f"board of {number} notes", path, REQUESTS[number])


def _beside_constant(site: str, name: str, path: str, requests: int, target: float | None = None) -> Figure:
    lanes: dict[str, Lane] = {
        "page": partial(rate, site, [get(site, path)] * requests),
        "constant": partial(rate, site, [get(site, f"/constant{path}")] * CONSTANTS),
    }
    found = measure(lanes)
    return Figure(name, "pages/s", found["page"], found["constant"], "the same bytes", target)
