"""Ending where a person is signed in: whoever gains or loses rights signs in again."""

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from people.models import Person


def end_sessions(person: Person) -> int:
    """Sign `person` out everywhere; returns of how many devices.

    Where they are the one who acts, the view calls `renew_session` after it.
    """
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)


def renew_session(request: HttpRequest) -> None:
    """Go on under a new key: what the browser held before opens nothing any more."""
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)
