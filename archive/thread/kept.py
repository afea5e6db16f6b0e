"""Receipts that somebody added to their thread: on their device, in a cookie, and nowhere here.

The cookie is signed, so that only a receipt that was typed and found is ever looked up, and it goes to
the pages of the thread alone. It is not encrypted: whoever can read it has the device in their hands.
"""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from people.guests import COOKIE_AGE

COOKIE = "receipts" if settings.DEBUG else "__Secure-receipts"
SALT = "receipts of a thread"
MOST = 20


def codes_kept(request: HttpRequest) -> list[str]:
    """The receipts that this device keeps, in the order in which they were added."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_AGE)
    return [code for code in kept.split(".") if code]


def keep_codes(response: HttpResponse, codes: Sequence[str]) -> None:
    """Let the device keep these receipts, for as long as it keeps a guest's key."""
    response.set_signed_cookie(
        COOKIE,
        ".".join(codes),
        salt=SALT,
        max_age=COOKIE_AGE,
        path=reverse("my_thread"),
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Lax",
    )


def forget_codes(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=reverse("my_thread"), samesite="Lax")
