"""How long a form that anybody may send was open: too short for a person, or too long to know."""

from django.core import signing
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy

SALT = "outcomes.form"
AT_LEAST = 3  # seconds that anybody needs to write something
AT_MOST = 12 * 3600  # seconds until a form is asked for again
TOO_FAST = gettext_lazy("That came within three seconds. Read it through once more, then send it again.")
TOO_OLD = gettext_lazy("This page was open for twelve hours. What you wrote is still here: send it again.")
FOREIGN = gettext_lazy("This page has to be sent once more. What you wrote is still here: send it again.")


def form_token(page: str, *, made_at: float) -> str:
    """A token for a form of `page`, made at `made_at` (seconds since 1970)."""
    return signing.dumps([page, made_at, get_random_string(8)], salt=SALT)


def why_not(token: str, page: str, *, now: float) -> str:
    """Why a form of `page` with this token is not taken at `now`, in a sentence; empty where it is."""
    try:
        of, made_at, _ = signing.loads(token, salt=SALT)
        age = now - made_at
    except (signing.BadSignature, ValueError, TypeError):
        return FOREIGN
    if of != page or age < 0:
        return FOREIGN
    if age > AT_MOST:
        return TOO_OLD
    return TOO_FAST if age < AT_LEAST else ""
