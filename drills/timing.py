"""Whether how long an answer takes tells who has an account: the same form, by turns for both."""

import math
from collections.abc import Callable
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from drills.crawl import COOKIE
from drills.findings import Drill, Outcome
from drills.place import Range

TURNS = 200
CLOSE = 0.005  # seconds between the medians
CHANCE = 0.01  # below it, the difference is not chance
KNOWN, UNKNOWN = "organiser@example.org", "nobody-{}@example.org"


def version() -> str:
    return "Mann–Whitney, our own"


def timed(address: str, path: str) -> Outcome:
    """Both medians, and by what chance they would differ so if nothing told them apart."""
    known, unknown = [], []
    for turn in range(TURNS):
        known.append(took(address, path, KNOWN))
        unknown.append(took(address, path, UNKNOWN.format(turn)))
    apart, chance = abs(median(known) - median(unknown)), by_chance(known, unknown)
    said = f"medians {median(known) * 1000:.1f} and {median(unknown) * 1000:.1f} ms, p = {chance:.3f}"
    flaws = (f"time tells who has an account: {said}",) if apart > CLOSE and chance < CHANCE else ()
    return Outcome(flaws, f"2 × {TURNS} tries, {said}")


def took(address: str, path: str, email: str) -> float:
    """Seconds until the answer to a request for a code came, on a connection of its own."""
    token = COOKIE.partition("=")[2]
    body = urlencode({"login": email, "email": email, "csrfmiddlewaretoken": token})
    headers = {"Cookie": COOKIE, "Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.connect()
    began = perf_counter()
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status not in (200, 302):
        raise RuntimeError(f"{path} answered {answer.status}: nothing was measured.")
    return perf_counter() - began


def by_chance(one: list[float], other: list[float]) -> float:
    """The two-sided p of the Mann–Whitney test by the normal approximation; ties are rare enough."""
    ranked = sorted([(value, True) for value in one] + [(value, False) for value in other])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, 1) if is_one)
    first, second = len(one), len(other)
    u = ranks - first * (first + 1) / 2
    deviation = math.sqrt(first * second * (first + second + 1) / 12)
    return math.erfc(abs(u - first * second / 2) / deviation / math.sqrt(2))


def at(path: str, place: Callable[[Range], str]) -> Callable[[Range], Outcome]:
    return lambda target: timed(place(target), path)


DRILL = Drill(
    version,
    at("/account/login/code/", lambda target: target.site),
    at("/login", lambda target: target.flawed),
    ("time tells",),
    {},
)
