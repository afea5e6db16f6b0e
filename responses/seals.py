"""What a form showed, sealed into it: a note answers the words its writer read, when they read them.

A wording may change while somebody writes, and the room may go on while a phone has no
signal. The seal comes back with the form and cannot be made elsewhere, so nobody can claim
to have answered words, or to have been in time, that were not shown to them.
"""

import time
from dataclasses import dataclass

from django.core.signing import BadSignature, TimestampSigner, b62_decode

from responses.models import Station

SALT = "answered"
GRACE = 15 * 60  # seconds in which a note written in time may still arrive
CLOCKS_DIFFER = 60  # seconds, between two processes that serve one site


@dataclass(frozen=True, slots=True)
class Shown:
    """The primary keys of the wordings a form showed; whether a note from it was written in time."""

    wordings: list[int]
    in_time: bool


def seal(station: Station) -> str:
    """The wordings `station` shows now and whether it takes words, as a hidden value for its form."""
    board = station.board
    takes_words = board.is_open and board.phase == board.Phase.COLLECT and not station.is_locked
    shown = [wording.pk for wording in station.shown_wordings]
    return TimestampSigner(salt=SALT).sign_object([station.pk, shown, takes_words])


def opened(sealed: str, station: Station) -> Shown | None:
    """What was shown with the form that this came from; None without a seal of this station."""
    signer = TimestampSigner(salt=SALT)
    try:
        of_station, wordings, took_words = signer.unsign_object(sealed)
    except (BadSignature, ValueError):
        return None
    return Shown(wordings, took_words and _is_fresh(sealed)) if of_station == station.pk else None


def _is_fresh(sealed: str) -> bool:
    """By the time it was made. Both ways: Django lets what a clock that went ahead has signed live on."""
    made_at = b62_decode(sealed.rsplit(":", 2)[1])
    return -CLOCKS_DIFFER <= time.time() - made_at <= GRACE
