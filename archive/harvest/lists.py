"""One page of a list: from keyset to keyset, and no further than what is settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.harvest.changes import Changed, Source, page_of
from archive.harvest.kinds import KINDS, Kind, kinds_in
from archive.harvest.requests import PREFIX, Window
from archive.harvest.tokens import Token

MOST = 100  # records on a page


@dataclass(frozen=True, slots=True)
class Page:
    """`token` leads to what follows; empty at the end."""

    changed: Sequence[Changed]
    token: str


def page_in(window: Window, settled: datetime) -> Page:
    """The next page of what `window` asks for, of what changed before `settled`."""
    sources = [_both(kind, window, settled) for kind in kinds_in(window.spec)]
    found = page_of(sources, window.place, MOST + 1)
    if len(found) <= MOST:
        return Page(found, "")
    told = found[:MOST]
    cursor = window.cursor + MOST
    token = Token(PREFIX, window.spec, window.since_said, window.until_said, told[-1].place, cursor)
    return Page(told, token.write())


def _both(kind: Kind, window: Window, settled: datetime) -> tuple[Source, Source]:
    rank = KINDS.index(kind)
    before = settled if window.before is None else min(settled, window.before)
    pair = []
    for rows, is_gone in ((kind.shown(), False), (kind.gone(), True)):
        within = rows.filter(stamp__lt=before)
        within = within if window.since is None else within.filter(stamp__gte=window.since)
        pair.append(Source(rank, kind.name, kind.column, within, is_gone))
    return pair[0], pair[1]
