"""Searching, counting and taking away a million notes, beside bare SQL, COPY and Datasette."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import urlopen

from django.db import connection
from django.http import QueryDict

from archive.search.facets import facets_of
from archive.search.hits import found
from archive.search.query import Query, read_query
from archive.take.forms import form_called
from archive.take.rows import Taking
from bench.figures import Aim, Figure, Lane, measure
from bench.million import Made, copy_to_sqlite, fill
from bench.peers import DATASETTE, datasette, installed
from bench.processes import helper
from people.guests import ANYBODY
from tools.serving import serving

NOTES = 1_000_000
FACETS = ("mark", "state", "principle", "principle_set", "year")
FASTER = 10  # times Datasette
# Milliseconds in the database for a search with its counts, by how many notes it finds.
MOST = {"rare": 60, "middling": 120}
COPY_SHARE, MEMORY = 0.6, 20  # of COPY's rows a second; MB above what the process had before


def archive(database: str, number: int = NOTES, *, peers: bool = False) -> Iterator[Figure]:
    """The queries of a researcher over `number` invented notes (a million where nothing is said)."""
    made = fill(number)
    yield from _in_the_database(made)
    yield from _files(database, made.notes)
    if peers:
        yield from _beside_datasette(database, made)


def _in_the_database(made: Made) -> Iterator[Figure]:
    for name in ("rare", "middling", "commonest"):
        word = getattr(made, name)
        query, bare = _query(q=word), partial(_ids, word)
        results, counts = partial(found, query, ANYBODY), partial(facets_of, query, ANYBODY)
        lanes = {"results": _ms(results), "counts": _ms(counts), "bare": _ms(bare)}
        rounds = measure(lanes)
        floor = "the ids of the matches"
        yield Figure(f"{name}: first 20", "ms", rounds["results"], rounds["bare"], floor)
        together = [one + other for one, other in zip(rounds["results"], rounds["counts"], strict=True)]
        aim = {"target": MOST.get(name), "aim": Aim.VALUE_AT_MOST}
        yield Figure(f"{name}: with counts", "ms", together, rounds["bare"], floor, **aim)
    for name, query in (("no words", Query()), ("one mark", _query(mark="square"))):
        lanes = {"counts": _ms(partial(facets_of, query, ANYBODY)), "scan": _ms(_scan)}
        rounds = measure(lanes)
        yield Figure(f"{name}: counts", "ms", rounds["counts"], rounds["scan"], "one count by scanning")


def _files(database: str, number: int) -> Iterator[Figure]:
    lanes: dict[str, Lane] = {"csv": partial(_seconds, _csv), "copy": partial(_seconds, _copy)}
    rounds = measure(lanes, 5)
    rate = {name: [number / seconds for seconds in values] for name, values in rounds.items()}
    yield Figure("CSV of everything", "rows/s", rate["csv"], rate["copy"], "COPY of the same", COPY_SHARE)
    for form in ("csv", "jsonl", "parquet", "xlsx"):
        with helper("bench.taking", database, form) as process:
            told = process.hear()
        grown, aim = [told["grown"] / 1e6], {"target": MEMORY if form == "csv" else None}
        yield Figure(
            f"{form}: memory", "MB", grown * 5, [1.0] * 5, "a megabyte", **aim, aim=Aim.VALUE_AT_MOST
        )
        yield Figure(f"{form}: time", "s", [told["seconds"]] * 5, [1.0] * 5, "a second")


def _beside_datasette(database: str, made: Made) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        rows = Path(folder, "archive.db")
        copy_to_sqlite(rows)
        peer = running.enter_context(datasette(installed(Path(folder, "env"), DATASETTE), rows))
        site = running.enter_context(serving("bench.site:application", BENCH_DATABASE=database))
        for name in ("rare", "middling", "commonest"):
            word = getattr(made, name)
            ours = f"{site}/search/?{urlencode({'q': word, 'kind': 'note'})}"
            asked = [("_search", word), ("_size", 20), *(("_facet", facet) for facet in FACETS)]
            theirs = f"{peer}/archive/note.json?{urlencode([*asked, ('_fts_table', 'note_fts')])}"
            rounds = measure({"ours": _rate(ours), "theirs": _rate(theirs)})
            yield Figure(f"{name}: page", "pages/s", rounds["ours"], rounds["theirs"], "Datasette", FASTER)


def _query(**given: str) -> Query:
    return read_query(QueryDict(urlencode(given)))


def _ids(word: str) -> list:
    with connection.cursor() as cursor:
        asked = "SELECT id FROM responses_note WHERE search @@ plainto_tsquery('coproduce', %s)"
        cursor.execute(asked, [word])
        return cursor.fetchall()


def _scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark, count(*) FROM responses_note GROUP BY 1")
        cursor.fetchall()


def _csv() -> None:
    for _ in form_called("csv").write(Taking(Query(), ANYBODY, restricted=False)):
        pass


def _copy() -> None:
    """What psql would do: the same rows, written by the driver as PostgreSQL sends them."""
    taking = Taking(Query(), ANYBODY, restricted=False)
    with connection.cursor() as cursor, Path("/dev/null").open("wb") as nowhere:
        asked = cursor.mogrify(f"COPY ({taking.statement}) TO STDOUT CSV", taking.values)
        cursor.copy_expert(asked, nowhere)


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def _ms(read: Callable[[], object]) -> Lane:
    return lambda: _seconds(read) * 1000


def _rate(address: str) -> Lane:
    def timed() -> float:
        began = perf_counter()
        with urlopen(address) as answer:
            answer.read()
        return 1 / (perf_counter() - began)

    return timed
