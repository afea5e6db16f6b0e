"""Citations as CSL-JSON 1.0.2."""

import json
from collections.abc import Iterable, Iterator

from archive.cite.creators import Creator
from archive.cite.dates import parts_of
from archive.cite.lines import on_one_line
from archive.cite.work import Work

Item = dict[str, object]


def to_csl(works: Iterable[Work]) -> Iterator[str]:
    """A JSON list with one item for each of `works`, piece by piece as they come."""
    yield "["
    for number, work in enumerate(works):
        yield (",\n" if number else "\n") + json.dumps(csl_of(work), ensure_ascii=False)
    yield "\n]\n"


def csl_of(work: Work) -> Item:
    """One item; what is not known is not in it."""
    issued = parts_of(work.issued)
    item = {
        "id": work.key,
        "type": work.names.csl,
        "title": on_one_line(work.title),
        "author": [_name(creator) for creator in work.creators],
        "issued": {"date-parts": issued} if issued else None,
        "publisher": work.publisher,
        "container-title": work.publisher if work.names.csl in {"webpage", "post-weblog"} else "",
        "genre": on_one_line(work.genre),
        "archive": work.publisher if work.location else "",
        "archive_location": on_one_line(work.location),
        "version": work.edition,
        "abstract": on_one_line(work.abstract),
        "keyword": ", ".join(on_one_line(keyword) for keyword in work.keywords),
        "language": work.language,
        "URL": work.address,
        "note": f"{work.rights.statement} {work.rights.uri}",
    }
    return {name: value for name, value in item.items() if value}


def _name(creator: Creator) -> dict[str, str]:
    if creator.family:
        return {"family": on_one_line(creator.family), "given": on_one_line(creator.given)}
    return {"literal": on_one_line(creator.name)}
