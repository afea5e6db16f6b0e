"""Notes per second, durable: through the act, and through the whole site."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.urls import reverse

from bench.figures import Figure, Lane, measure
from bench.load import CLIENTS, rate, together
from bench.place import WORDS, guest, hold_event, put_up_board
from bench.rows import insert, like
from bench.statements import stating
from people.consent import consent_given
from people.models import Consent
from responses.board import add_note
from responses.models import Board, Note, Station
from tools.serving import serving
from tools.visitors import guest_cookie

NOTES = 200  # in each round
ROWS = 2000
BARE = "bench_note"
ACT = 0.5  # of the same statements without the ORM
TOKEN = "b" * 32  # what Django's forms and cookie must both say; any 32 letters will do


def posts(database: str) -> Iterator[Figure]:
    """One board, by one thread and by eight, beside bare rows of the same shape."""
    station = put_up_board(hold_event(), "posts", notes=1).stations.first()
    make_bare_table()
    for threads in (1, 8):
        lanes: dict[str, Lane] = {
            "act": partial(together, shared(threads, NOTES, partial(adding, station)), NOTES),
            "statements": partial(together, shared(threads, NOTES, partial(stating, station)), NOTES),
            "row": bare(station.board, threads),
        }
        found = measure(lanes)
        name = f"notes, {threads} thread{'s' if threads > 1 else ''}"
        yield Figure(name, "notes/s", found["act"], found["row"], "bare INSERT")
        yield Figure(name, "notes/s", found["act"], found["statements"], "the same statements", ACT)
    with serving("bench.site:application", BENCH_DATABASE=database) as site:
        yield over_http(site, station)


def over_http(site: str, station: Station) -> Figure:
    """The form sent as a browser without JavaScript sends it, by as many guests as there are notes."""
    lanes: dict[str, Lane] = {
        "form": lambda: rate(site, [form(site, station, uuid4()) for _ in range(NOTES)], status=302),
        "row": bare(station.board, CLIENTS),
    }
    found = measure(lanes)
    return Figure("notes over HTTP", "notes/s", found["form"], found["row"], "bare INSERT")


def form(site: str, station: Station, key: UUID) -> bytes:
    """The bytes of one form, with the cookies of a guest of its own."""
    own = guest_cookie(guest(key.int))
    fields = {"mark": "heart", "words": WORDS, "public": "on", "research": "on", "key": str(key)}
    body = urlencode(fields | {"csrfmiddlewaretoken": TOKEN}).encode()
    board = station.board
    head = [
        f"POST {reverse('answer_station', args=[board.event.slug, board.slug, station.code])} HTTP/1.1",
        f"Host: {urlsplit(site).netloc}",
        f"Cookie: {own['name']}={own['value']}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def shared(threads: int, number: int, work: Callable[[int], object]) -> Sequence[Callable[[], object]]:
    return [partial(work, number // threads)] * threads


def bare(board: Board, threads: int) -> Lane:
    return partial(together, shared(threads, ROWS, partial(inserting, board)), ROWS)


def adding(station: Station, number: int) -> Callable[[], None]:
    """`number` notes of as many guests through the act."""
    consent, board = consent_given(public=True, research=True), station.board
    keys = [uuid4() for _ in range(number)]
    connection.ensure_connection()

    def go() -> None:
        for key in keys:
            _add(station, board, key, consent)
        connection.close()

    return go


def _add(station: Station, board: Board, key: UUID, consent: Consent) -> None:
    station.board = board
    add_note(station, by=guest(key.int), key=key, mark="heart", consent=consent, words=WORDS)


def make_bare_table() -> None:
    """A table with the columns, checks and indexes of the notes, which refers to no other."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {BARE} (LIKE {Note._meta.db_table} INCLUDING ALL)")


def inserting(board: Board, number: int) -> Callable[[], None]:
    """`number` rows, each like the board's first note and each in its own transaction."""
    pattern = like(Note.objects.filter(board=board).first())
    rows = [pattern | unlike_any_other(uuid4()) for _ in range(number)]
    connection.ensure_connection()

    def go() -> None:
        with connection.cursor() as cursor:
            for row in rows:
                insert(cursor, Note, row, BARE)
        connection.close()

    return go


def unlike_any_other(key: UUID) -> dict[str, object]:
    """What two rows may not have in common."""
    return {
        "id": key.int % 2**62,
        "number": key.int % 2**30,
        "identifier": key.hex[:10],
        "key": key,
        "receipt_hash": key.hex,
    }
