"""Whether much the same text was sent before, to here or to elsewhere on the site."""

import re
import zlib
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from journal.models import Comment, Story

LATELY = timedelta(days=30)
MOST = 200  # texts of each kind that are compared
ALIKE = 0.6  # how much of both has to be the same
A_PIECE = 3  # words
SHORT = 8  # words under which a text is too common to be somebody's copy


def was_seen_before(text: str, *, but: object = None) -> bool:
    """Whether something sent in the last 30 days says much the same, other than the row `but` itself."""
    pieces = pieces_of(text)
    if len(words_of(text)) < SHORT:
        return False
    return any(likeness(pieces, pieces_of(other)) >= ALIKE for other in sent_lately(but))


def sent_lately(but: object) -> Iterator[str]:
    for kind in (Comment, Story):
        lately = kind.objects.filter(sent_at__gte=timezone.now() - LATELY).exclude(text="")
        others = lately.exclude(pk=but.pk) if isinstance(but, kind) else lately
        yield from others.order_by("-sent_at").values_list("text", flat=True)[:MOST]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def pieces_of(text: str) -> set[int]:
    """Every few words in a row, as numbers."""
    words = words_of(text)
    rows = (" ".join(words[at : at + A_PIECE]) for at in range(max(1, len(words) - A_PIECE + 1)))
    return {zlib.crc32(row.encode()) for row in rows}


def likeness(one: set[int], other: set[int]) -> float:
    """From 0, nothing in common, to 1, all."""
    return len(one & other) / len(one | other) if one or other else 0
