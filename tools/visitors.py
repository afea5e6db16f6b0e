"""The cookies that visitors of every kind come with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse

from people.guests import COOKIE, Viewer, remember_guest
from people.models import Person

AN_HOUR = 3600  # seconds
type Cookie = dict[str, str]


def guest_cookie(guest: Viewer) -> Cookie:
    """The cookie that makes a browser's visitor this guest."""
    response = HttpResponse()
    remember_guest(response, guest)
    return {"name": COOKIE, "value": response.cookies[COOKIE].value}


@contextmanager
def session_cookie(person: Person) -> Iterator[Cookie]:
    """The cookie of a session of `person`, which ends with the block."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.set_expiry(AN_HOUR)
    session.create()
    try:
        yield {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
    finally:
        session.delete()
