"""Posting notes at an even pace, through the act or through the site, and when each was posted."""

import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from threading import Event
from urllib.parse import urlsplit
from uuid import uuid4

from bench.load import Unexpected
from bench.place import MARKS, WORDS, guest
from bench.posts import form
from bench.rounds import Posted
from people.consent import consent_given
from responses.board import add_note
from responses.models import Change, Station

type Post = Callable[[float, float], Posted]


def paced(rate: float, seconds: float) -> Iterator[int]:
    """Numbers, one whenever the next note is due; a late one is not made up for by leaving one out."""
    start, pause = time.monotonic(), Event()
    for number in range(round(rate * seconds)):
        pause.wait(max(0, start + number / rate - time.monotonic()))
        yield number


def by_act(station: Station) -> Post:
    """Through the act, in this process: what serves the readers has nothing to do but to serve them."""
    consent = consent_given(public=True, research=True)

    def post(rate: float, seconds: float) -> Posted:
        times = {}
        for number in paced(rate, seconds):
            key, now, mark = uuid4(), time.time_ns(), MARKS[number % len(MARKS)]
            add_note(station, by=guest(key.int), key=key, mark=mark, consent=consent, words=WORDS)
            times[key] = now
        return numbered(station, "note__key", times)

    return post


def by_form(site: str, station: Station) -> Post:
    """Through the form of the site that also serves the readers, each note by another guest."""

    def post(rate: float, seconds: float) -> Posted:
        # Made before: a form is signed for its guest, which takes time of its own.
        forms = [form(site, station, uuid4()) for _ in range(round(rate * seconds))]
        line, times = Line(site), {}
        for number in paced(rate, seconds):
            now = time.time_ns()
            times[line.send(forms[number])] = now
        return numbered(station, "note__identifier", times)

    return post


class Line:
    """One connection that sends forms and hears where each note is."""

    def __init__(self, site: str) -> None:
        self.connection = HTTPConnection(urlsplit(site).netloc)

    def send(self, request: bytes) -> str:
        """The identifier of the note that the form became."""
        head, _, body = request.partition(b"\r\n\r\n")
        first, *fields = head.decode().split("\r\n")
        headers = dict(field.split(": ", 1) for field in fields)
        self.connection.request("POST", first.split()[1], body, headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 302:
            raise Unexpected(f"A note was answered {answer.status} {answer.reason}.")
        return answer.headers["Location"].partition("#")[2]


def numbered(station: Station, by: str, times: dict[object, int]) -> Posted:
    """The number of the change that each note made, with when it was posted."""
    changes = Change.objects.filter(**{f"{by}__in": list(times)}, kind=Change.Kind.NOTE_ADDED)
    return {number: times[note] for number, note in changes.values_list("number", by)}
