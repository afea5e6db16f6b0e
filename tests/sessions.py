"""Signing in as a browser does, with the row by which the session can be ended."""

from allauth.usersessions.models import UserSession
from django.test import Client

from people.models import Person


def signed_in(person: Person) -> Client:
    """A browser in which `person` has signed in."""
    client = Client()
    client.force_login(person)
    UserSession.objects.create(user=person, session_key=client.session.session_key, ip="127.0.0.1")
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/account/email/").status_code == 200
