"""What a page weighs: `python -m tools.weight [--json]`, for every page that has a budget.

Bytes are those that cross the wire to a visitor who was never here before, without pictures: the page,
its styles and scripts as gzip sends them, and the fonts it asks for at once. Work is counted and not
timed: questions to the database, and Python functions entered, the second time a page is made.
"""

import gzip
import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BUDGETS = Path(__file__).resolve().parent.parent / "tests" / "tools" / "budgets.toml"
MEASURES = ("bytes", "html", "queries", "calls")
UNITS = {"bytes": "B", "html": "B", "queries": "queries", "calls": "calls"}
LINKED = re.compile(r"<(?:link|script)\b[^>]*>")
ADDRESS = re.compile(r"\b(?:href|src)=\"([^\"]+)\"")
LEVEL = 6  # of gzip, for pages and files alike


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of everything but pictures, bytes of the page alone (both as sent), queries and calls."""

    bytes: int
    html: int
    queries: int
    calls: int


def budgets() -> Mapping[str, Mapping[str, int]]:
    """For each route the most that its page may take, by measure."""
    return tomllib.loads(BUDGETS.read_text())


def weigh(path: str, get: Callable[[str], bytes]) -> Weight:
    """The weight of the page at `path`; `get` fetches a page as a visitor does."""
    page = get(path)
    with counted_queries() as queries:
        get(path)
    with counted_calls() as calls:
        get(path)
    html = sent(page)
    files = sum(sent_file(address) for address in at_once(page.decode()))
    return Weight(html + files, html, queries[0], calls[0])


def at_once(page: str) -> set[str]:
    """Addresses of the files below /static/ that a page asks for before it is shown, without pictures."""
    tags = [tag for tag in LINKED.findall(page) if 'rel="icon"' not in tag]
    found = {urlsplit(address).path for tag in tags for address in ADDRESS.findall(tag)}
    return {address for address in found if address.startswith("/static/")}


def sent(content: bytes) -> int:
    return len(gzip.compress(content, LEVEL, mtime=0))


def sent_file(address: str) -> int:
    """Bytes of a static file on the wire: fonts are compressed already."""
    from django.contrib.staticfiles import finders

    content = Path(finders.find(address.removeprefix("/static/"))).read_bytes()
    return len(content) if address.endswith(".woff2") else sent(content)


@contextmanager
def counted_queries() -> Iterator[list[int]]:
    """Counts what this thread asks of the database in this block; the list holds one number."""
    from django.db import connection

    queries = [0]

    def ask(execute: Callable, *asked: object) -> object:
        queries[0] += 1
        return execute(*asked)

    with connection.execute_wrapper(ask):
        yield queries


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Counts Python functions entered in this block, by all threads; the list holds one number."""
    calls = [0]

    def entered(*_: object) -> None:
        calls[0] += 1

    watch = sys.monitoring
    watch.use_tool_id(watch.PROFILER_ID, "weight")
    watch.register_callback(watch.PROFILER_ID, watch.events.PY_START, entered)
    watch.set_events(watch.PROFILER_ID, watch.events.PY_START)
    try:
        yield calls
    finally:
        watch.set_events(watch.PROFILER_ID, 0)
        watch.register_callback(watch.PROFILER_ID, watch.events.PY_START, None)
        watch.free_tool_id(watch.PROFILER_ID)


def lines(route: str, weight: Weight, budget: Mapping[str, int]) -> Iterator[dict[str, object]]:
    """A figure for each measure, as the report takes them."""
    for measure in MEASURES:
        value, most = getattr(weight, measure), budget[measure]
        yield {
            "name": f"{route}: {measure}",
            "value": value,
            "unit": UNITS[measure],
            "target": most,
            "aim": "value at most",
            "met": value <= most,
        }


def main(words: list[str]) -> None:
    from django.test import Client

    from bench.place import own_database
    from tools.pages import choose

    with own_database():
        from django.core.management import call_command

        call_command("seed", verbosity=0)
        client = Client()
        for route, budget in budgets().items():
            weight = weigh(choose([route])[0].path, lambda path: client.get(path).getvalue())
            for line in lines(route, weight, budget):
                print(json.dumps(line) if "--json" in words else f"{line['name']:32}{line['value']:>9,}")


if __name__ == "__main__":
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
    import django

    django.setup()
    main(sys.argv[1:])
