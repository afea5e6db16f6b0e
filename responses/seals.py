"""Which wordings a form showed, sealed into it: a note answers the words its writer read.

A wording may change while somebody writes. The seal comes back with the form and cannot
be made elsewhere, so nobody can claim to have answered words that were not shown to them.
"""

from django.core.signing import BadSignature, Signer

from responses.models import Station

SALT = "answered"


def seal(station: Station) -> str:
    """The wordings `station` shows now, as a hidden value for its form."""
    return Signer(salt=SALT).sign_object([station.pk, [wording.pk for wording in station.shown_wordings]])


def opened(sealed: str, station: Station) -> list[int] | None:
    """The primary keys of the wordings that were shown; None without a seal of this station."""
    try:
        of_station, wordings = Signer(salt=SALT).unsign_object(sealed)
    except (BadSignature, ValueError):
        return None
    return wordings if of_station == station.pk else None
