"""The site in numbers, as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/"""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import connection
from django.db.models import Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.watching import counts
from coproduce.work.standing import alive

SIZE = "SELECT pg_database_size(current_database())"
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
NOTES = "SELECT count(*) FROM responses_note WHERE added_at > now() - interval '1 minute'"


def asked(statement: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def longest_wait() -> float:
    """Seconds since the task was asked for that has been due longest; 0 where none waits."""
    first = DBTaskResult.objects.ready().aggregate(first=Min("enqueued_at"))["first"]
    return (timezone.now() - first).total_seconds() if first else 0


# Each cheap on a large site too.
OF_DATABASE: dict[str, tuple[str, Callable[[], float]]] = {
    "database_bytes": ("Size of the database.", partial(asked, SIZE)),
    "database_connections": ("Connections to it, of everybody.", partial(asked, CONNECTIONS)),
    "notes_last_minute": ("Notes that came within the last minute.", partial(asked, NOTES)),
    "queue_length": ("Tasks that are due and wait.", lambda: DBTaskResult.objects.ready().count()),
    "queue_oldest_seconds": ("Since when one of them waits.", longest_wait),
    "queue_failed": ("Tasks that were given up.", lambda: DBTaskResult.objects.failed().count()),
    "workers": ("Workers that are alive.", lambda: len(alive())),
}


def text() -> str:
    """All numbers: counters of every process on this machine, and gauges of the database."""
    numbers = counts.of_all()
    return "".join((*_requests(numbers), *_histogram(numbers), *_kept(numbers), *_gauges(numbers)))


def _requests(numbers: dict[str, float]) -> Iterator[str]:
    yield _head("coproduce_requests_total", "counter", "Answers, by the app whose view gave them.")
    for name, number in sorted(numbers.items()):
        what, *rest = name.split()
        if what == "requests":
            group, status = rest
            yield f'coproduce_requests_total{{group="{group}",status="{status}"}} {number}\n'


def _histogram(numbers: dict[str, float]) -> Iterator[str]:
    name, so_far = "coproduce_request_seconds", 0
    yield _head(name, "histogram", "How long answers took, without pages kept for visitors.")
    for bound in (*map(str, counts.BOUNDS), "+Inf"):
        so_far += numbers.get(f"seconds {bound}", 0)
        yield f'{name}_bucket{{le="{bound}"}} {so_far}\n'
    yield f"{name}_sum {numbers.get('seconds sum', 0):.6f}\n{name}_count {so_far}\n"


def _kept(numbers: dict[str, float]) -> Iterator[str]:
    """Of pages for visitors: those answered as they were kept, and those that had to be made."""
    yield _head("coproduce_kept_pages_total", "counter", "Pages for visitors, by how they were answered.")
    for name, number in sorted(numbers.items()):
        if name.startswith("kept "):
            what = name.removeprefix("kept ").replace(" ", "_")
            yield f'coproduce_kept_pages_total{{what="{what}"}} {number}\n'


def _gauges(numbers: dict[str, float]) -> Iterator[str]:
    streams = numbers.get(f"{counts.NOW}streams", 0)
    yield _one("coproduce_streams_open", "Live streams of all processes on this machine.", streams)
    for name, (told, number) in OF_DATABASE.items():
        yield _one(f"coproduce_{name}", told, number())


def _one(name: str, told: str, number: float) -> str:
    return f"{_head(name, 'gauge', told)}{name} {number}\n"


def _head(name: str, kind: str, told: str) -> str:
    return f"# HELP {name} {told}\n# TYPE {name} {kind}\n"
