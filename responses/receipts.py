"""Receipts: whoever holds one may see, correct, withdraw and follow its note.

A receipt is made from the note's key and the site's secret, so that sending a note again
shows the same receipt; only its hash is stored, so that the database gives none away.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from coproduce.identifiers import from_digest, tidy


def receipt_for(key: UUID, secret: str | None = None) -> str:
    """The receipt of the note with this key: sixteen characters, 72 bits, one of them a check."""
    secret = secret or settings.SECRET_KEY
    return from_digest(hmac.digest(f"receipt {secret}".encode(), key.bytes, "sha256"))


def receipt_of(key: UUID, receipt_hash: str) -> str:
    """The receipt that was given for a stored note, also after the secret was rotated."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hash_of(receipt := receipt_for(key, secret)) == receipt_hash:
            return receipt
    return ""


def hash_of(typed: str) -> str:
    """What is stored for a receipt, however it was typed from paper."""
    return hashlib.sha256(tidy(typed).encode()).hexdigest()
