"""Somebody on record without an account gets a letter, and the record becomes theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Invitation
from people.guests import Viewer
from people.models import Letter, Person
from people.records import put_on_record
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Person:
    return put_on_record("Ben Example", by=None)


def test_a_letter_makes_the_account_that_takes_the_record_over(
    client: Client, ada: Viewer, record: Person
) -> None:
    client.force_login(ada.person)
    page = reverse("person_invite", args=[record.identifier])
    assert client.post(page, {"act": "invite", "email": "ben@example.org"}).url == page
    assert "ben@example.org" in client.get(page).content.decode()
    letter = Letter.objects.get(kind="invitation")
    path = re.search(r"/invitations/\S+", letter.text).group()
    client.logout()
    assert client.get(path).status_code == 200
    assert client.post(path, {"name": "Ben E"}).status_code == 302
    record.refresh_from_db()
    account = Person.objects.get(email="ben@example.org")
    assert record.merged_into == account
    assert client.get(reverse("profile")).status_code == 200
    assert client.get(record.get_absolute_url()).url == account.get_absolute_url()


def test_a_letter_that_was_taken_back_leads_nowhere(client: Client, ada: Viewer, record: Person) -> None:
    client.force_login(ada.person)
    page = reverse("person_invite", args=[record.identifier])
    client.post(page, {"act": "invite", "email": "ben@example.org"})
    sent = Invitation.objects.get()
    assert client.post(page, {"act": "withdraw", "number": "nothing"}).status_code == 200
    client.post(page, {"act": "withdraw", "number": str(sent.pk)})
    sent.refresh_from_db()
    assert sent.withdrawn_at is not None


def test_nobody_is_invited_to_what_is_not_there_to_give(client: Client, ada: Viewer, record: Person) -> None:
    page = reverse("person_invite", args=[record.identifier])
    client.force_login(make_person("Cleo"))
    assert client.get(page).status_code == 404
    client.force_login(ada.person)
    assert client.get(reverse("person_invite", args=[ada.person.identifier])).status_code == 404
    assert client.post(page, {"act": "invite", "email": "no address"}).status_code == 422
    record.roles.create(kind="moderator")
    answer = client.post(page, {"act": "invite", "email": "ben@example.org"})
    assert answer.status_code == 422
    assert "Ask a steward" in answer.content.decode()
