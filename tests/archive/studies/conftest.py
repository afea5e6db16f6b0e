"""Ros studies a wall; Cai works with her; nobody else comes near it."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from archive.models import Study
from archive.studies.acts import add_colleague, begin_study
from people.guests import Viewer
from responses.models import Note, Station
from tests.conftest import make_person


@pytest.fixture
def ros(researcher: Viewer) -> Viewer:
    return researcher


@pytest.fixture
def cai(db: None) -> Viewer:
    """Cai has an account and no role, and is not listed."""
    person = make_person("Cai")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return Viewer(person=person)


@pytest.fixture
def notes(station: Station, post_note: Callable[..., Note], dee: Viewer) -> list[Note]:
    said = ("Put the budget up.", "Whose budget?", "Soup.")
    return [post_note(station, words, by=dee) for words in said]


@pytest.fixture
def study(ros: Viewer) -> Study:
    return begin_study("Talk of money", by=ros, about="Who says it?")


@pytest.fixture
def shared(study: Study, ros: Viewer, cai: Viewer) -> Study:
    add_colleague(study, "cai@example.org", by=ros)
    return study


@pytest.fixture
def as_ros(client: Client, ros: Viewer) -> Client:
    client.force_login(ros.person)
    return client


@pytest.fixture
def as_cai(cai: Viewer) -> Client:
    client = Client()
    client.force_login(cai.person)
    return client
