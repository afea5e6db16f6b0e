"""The live stream of a board: how soon everybody sees a note, and what that costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import count

from django.urls import reverse

from bench.figures import Aim, Figure, measure
from bench.place import guest, hold_event, put_up_board
from bench.posting import Post, by_act, by_form
from bench.processes import helper
from bench.readers import allow_files
from bench.rounds import Load, Round, Stage, posting_to, run
from events.models import Event
from responses.live.listener import window
from responses.models import Board
from tools.serving import HOST, free_port, serving_streams
from tools.visitors import guest_cookie

SECONDS = 5  # of posting in each round
SMALL, LARGE, LARGEST = Load(500, 10, SECONDS), Load(2000, 20, SECONDS), Load(5000, 50, SECONDS)
LOADS = (SMALL, Load(1000, 20, SECONDS), LARGE, LARGEST)
TRIAL = Load(1, 10, 1)  # after which a site has loaded all it needs
# More than two turns of a client that asks every five seconds. So many of them may take a minute to
# be served: what they have not been told by then is counted as missed.
POLLED = Load(500, 10, 12, patience=60)

IN_TIME, NEAR_BARE, NEAR_BARE_COST, LEAN, SOON_BACK = 300, 1.25, 1.5, 12_000, 3000
TARGETS = {
    (LARGE, "p99"): (IN_TIME, Aim.VALUE_AT_MOST),
    (LARGEST, "p99"): (NEAR_BARE, Aim.RATIO_AT_MOST),
    (LARGEST, "processor"): (NEAR_BARE_COST, Aim.RATIO_AT_MOST),
    (LARGEST, "memory"): (LEAN, Aim.VALUE_AT_MOST),
    (LARGEST, "reconnecting"): (SOON_BACK, Aim.VALUE_AT_MOST),
}
UNITS = {
    "p50": "ms",
    "p95": "ms",
    "p99": "ms",
    "slowest": "ms",
    "processor": "% of one",
    "memory": "B each",
    "busy_memory": "B each",
    "reconnecting": "ms",
}
BARE, STREAM, ACT = "bare protocol", "the stream", "posts through the act"

type Lanes = dict[str, Callable[[], Round]]
walls = count(1)
# Bytes for each note, as the site sent them last: what the bare protocol sends too.
sizes: dict[Load, float] = {}


def live(database: str) -> Iterator[Figure]:
    """Streams of four sizes beside a bare protocol, then posts through the site, then polling."""
    allow_files(LARGEST.readers)
    event = hold_event()
    on_site = partial(site_round, database, event)
    for load in LOADS:
        lanes: Lanes = {"site": partial(on_site, load), "bare": partial(bare_round, load)}
        found = measure(lanes, warm_up=False)
        yield from beside(load, found["site"], found["bare"])
    yield from other_ways(on_site)


def other_ways(on_site: Callable[..., Round]) -> Iterator[Figure]:
    """The smallest room again, with posts through the site, and with clients that poll."""
    lanes: Lanes = {
        "stream": partial(on_site, POLLED),
        "posted": partial(on_site, POLLED, through=by_form),
        "polled": partial(on_site, POLLED, polled=True),
    }
    found = measure(lanes, warm_up=False)
    for what in ("p50", "p99", "processor"):
        yield figure(f"{what}, posts over HTTP", what, found["posted"], found["stream"], ACT)
    for what in ("p50", "p99", "processor"):
        yield figure(f"{what}, 500 that poll", what, found["polled"], found["stream"], STREAM)


def beside(load: Load, site: list[Round], bare: list[Round]) -> Iterator[Figure]:
    for what in UNITS:
        target, aim = TARGETS.get((load, what), (None, Aim.RATIO_AT_MOST))
        name = f"{what.replace('_', ' ')}, {load.readers} at {load.rate}/s"
        yield figure(name, what, site, bare, BARE, target=target, aim=aim)


def figure(
    name: str, what: str, values: list[Round], floors: list[Round], floor_is: str, **aimed: object
) -> Figure:
    taken = [[getattr(one, what) for one in rounds] for rounds in (values, floors)]
    return Figure(name, UNITS[what], *taken, floor_is, **aimed)


def site_round(
    database: str,
    event: Event,
    load: Load,
    *,
    through: Callable[..., Post] | None = None,
    polled: bool = False,
) -> Round:
    """One round on a site that has just been started, at a board of its own."""
    board = put_up_board(event, f"live-{next(walls)}")
    with serving_streams("bench.live_site:application", BENCH_DATABASE=database) as (address, pid):
        post = through(address, board.stations.first()) if through else by_act(board.stations.first())
        run(stage_of(address, pid, board, post), TRIAL)
        stage = stage_of(address, pid, board, post, polled=polled)
        found = run(stage, load, "bench.polling" if polled else "bench.readers")
    sizes[load] = found.size
    return found


def stage_of(address: str, pid: int, board: Board, post: Post, *, polled: bool = False) -> Stage:
    board.refresh_from_db()
    path = reverse("changes", args=[board.identifier]) if polled else f"/live/{board.identifier}/"
    return Stage(address + path, pid, post, board.change_number, cookies())


@cache
def cookies() -> list[str]:
    """The cookies of as many guests as ever read at once."""
    every = (guest_cookie(guest(number)) for number in range(LARGEST.readers))
    return [f"{own['name']}={own['value']}" for own in every]


def bare_round(load: Load) -> Round:
    """One round of the bare protocol; in the first turn the site goes first and says how much it sends."""
    # It gathers what it writes for as long as the site does.
    with bare(round(sizes[load]), round(1000 * window(load.readers))) as stage:
        return run(stage, load)


@contextmanager
def bare(size: int, pause: int) -> Iterator[Stage]:
    port = free_port()
    with helper("bench.floor", port, size, pause) as floor:
        floor.hear()
        yield Stage(f"http://{HOST}:{port}/live/bare/", floor.process.pid, posting_to(floor))
