"""Resumption tokens: all that is needed to go on, so that nothing is kept here and none ever runs out."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.harvest.changes import Place
from archive.harvest.kinds import KINDS

LONGEST = 1000  # characters
LARGEST = 2**63 - 1


class NoToken(Exception):
    """What was given is no token of this site."""


@dataclass(frozen=True, slots=True)
class Token:
    """A list, as it was asked for, and how far it was told: `cursor` records, the last at `place`."""

    prefix: str
    spec: str | None
    since: str | None
    until: str | None
    place: Place
    cursor: int

    def write(self) -> str:
        at = self.place.at.astimezone(UTC).isoformat(timespec="microseconds")
        asked = [self.prefix, self.spec, self.since, self.until]
        parts = [*asked, at, self.place.rank, self.place.pk, self.cursor]
        return urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def read_token(written: str) -> Token:
    """The token that `write` wrote so; raises NoToken."""
    try:
        if len(written) > LONGEST:
            raise NoToken
        padded = written.encode("ascii") + b"=" * (-len(written) % 4)
        prefix, spec, since, until, at, *numbers = json.loads(urlsafe_b64decode(padded))
        rank, pk, cursor = (_number(one) for one in numbers)
        _must_be_words(prefix, spec or "", since or "", until or "")
        place = Place(datetime.fromisoformat(at).astimezone(UTC), rank, pk)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise NoToken from error
    if rank >= len(KINDS):
        raise NoToken
    return Token(prefix, spec, since, until, place, cursor)


def _number(given: object) -> int:
    if type(given) is not int or not 0 <= given <= LARGEST:
        raise ValueError
    return given


def _must_be_words(*given: object) -> None:
    if not all(isinstance(one, str) for one in given):
        raise ValueError
