"""Ending where a person is signed in: whoever gains or loses rights signs in again."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
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


def end_all_sessions() -> int:
    """Sign everybody out everywhere; how many sessions that were."""
    UserSession.objects.all().delete()
    return Session.objects.all().delete()[0]


def forget_sessions(now: datetime) -> int:
    """Delete sessions that ran out by `now`, and what was noted of the browsers they were in; how many."""
    number = Session.objects.filter(expire_date__lte=now).delete()[0]
    known = Session.objects.values("session_key")
    return number + UserSession.objects.exclude(session_key__in=known).delete()[0]


def renew_session(request: HttpRequest) -> None:
    """Go on under a new key: what the browser held before opens nothing any more."""
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)
