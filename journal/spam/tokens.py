"""Signed tokens that say when a form was made, and for which page."""

import secrets
import time
from enum import Enum

from django.core import signing

SALT = "journal.spam"
AT_LEAST = 3  # seconds that anybody needs to write something
AT_MOST = 12 * 3600  # seconds until a form is asked for again
# Clocks of two machines may differ so much; a token from further ahead was not made here.
AHEAD = 60  # seconds


class Found(Enum):
    """What a token says of the form it came with."""

    GOOD = "good"
    TOO_FAST = "too fast"
    TOO_OLD = "too old"
    FOREIGN = "foreign"


def form_token(page: str, *, made_at: float | None = None) -> str:
    """A token for a form of `page`, made at `made_at` (seconds since 1970; now)."""
    made_at = time.time() if made_at is None else made_at
    parts = [page, int(made_at * 1000), secrets.token_urlsafe(9)]
    return signing.dumps(parts, salt=SALT)


def check_token(token: str, page: str, *, now: float | None = None) -> Found:
    """What the token of a form of `page` says at `now`; its age is checked both ways."""
    try:
        of, made_at, _ = signing.loads(token, salt=SALT)
        age = (time.time() if now is None else now) - made_at / 1000
    except (signing.BadSignature, ValueError, TypeError):
        return Found.FOREIGN
    if of != page or age < -AHEAD:
        return Found.FOREIGN
    if age > AT_MOST:
        return Found.TOO_OLD
    return Found.TOO_FAST if age < AT_LEAST else Found.GOOD


def kept_or_new(token: str, page: str) -> str:
    """The token for a form that is shown again: its own while it lives, so that its age counts on."""
    lives = check_token(token, page) in (Found.GOOD, Found.TOO_FAST)
    return token if lives else form_token(page)
