"""A thread as files: a row for each thing that came of a piece, or all of it as JSON. No receipt is in it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings

from archive.rows import Row
from archive.thread.pieces import Came, Part, Piece, Thread

NAMES = (
    "event", "event_date", "series", "kind", "id", "at", "name", "permalink", "marks", "words", "said",
    "standing", "ended", "outcome", "outcome_at", "outcome_words", "outcome_more", "outcome_signed",
    "outcome_permalink",
)  # fmt: skip


def rows_of(thread: Thread) -> Iterator[Row]:
    """The thread as rows of `NAMES`: a piece once for each thing that came of it, and once at least."""
    for part in thread.parts:
        for piece in part.pieces:
            for came in piece.came or [None]:
                values = (*_place(part).values(), *_piece(piece).values(), *_came(came).values())
                yield dict(zip(NAMES, map(_in_a_cell, values), strict=True))


def as_json(thread: Thread) -> bytes:
    """The thread as JSON: its parts, their pieces and what came of each."""
    told = [
        {**_place(part), "pieces": [
            {**_piece(piece), "came": [_came(came) for came in piece.came]} for piece in part.pieces
        ]}
        for part in thread.parts
    ]  # fmt: skip
    return json.dumps({"thread": told}, ensure_ascii=False, indent=1).encode()


def _in_a_cell(value: object) -> object:
    return "\n".join(value) if isinstance(value, list) else value


def _place(part: Part) -> Row:
    event = part.event
    return {
        "event": event.name if event else None,
        "event_date": event.date if event else None,
        "series": event.series.name if event and event.series else None,
    }


def _piece(piece: Piece) -> Row:
    return {
        "kind": piece.kind.value,
        "id": piece.identifier,
        "at": _utc(piece.at),
        "name": piece.name,
        "permalink": _whole(piece.address),
        "marks": [mark for mark, _label in piece.marks],
        "words": piece.words,
        "said": list(piece.said),
        "standing": piece.standing.value if piece.standing else None,
        "ended": piece.gone or None,
    }


def _came(came: Came | None) -> Row:
    if came is None:
        return dict.fromkeys(("outcome", "at", "words", "more", "signed", "permalink"))
    return {
        "outcome": came.what,
        "at": _utc(came.at),
        "words": came.words,
        "more": list(came.more),
        "signed": str(came.signed) if came.signed else None,
        "permalink": _whole(came.address),
    }


def _whole(path: str) -> str | None:
    return f"{settings.SITE_URL}{path}" if path else None


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
