"""Signing in by a code sent to one's e-mail, and what it gives away (nothing)."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from people.models import Letter, Person, Role
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "ada@example.org", "nobody@example.org"


@pytest.fixture
def ada_person() -> Person:
    person = make_person("Ada", Role.Kind.ORGANISER)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def ask_for_code(client: Client, email: str) -> str:
    """Ask for a code; returns where the answer leads."""
    answer = client.post("/account/login/code/", {"email": email})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_person_signs_in_with_the_code_from_their_mail(
    client: Client, ada_person: Person, do_work: Callable[[], int]
) -> None:
    onward = ask_for_code(client, KNOWN)
    do_work()
    code = re.search(r"^\s*([0-9A-Z-]{6,})\s*$", mail.outbox[0].body, re.MULTILINE).group(1)
    answer = client.post(onward, {"code": code})
    assert answer["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_wrong_code_signs_nobody_in(client: Client, ada_person: Person) -> None:
    onward = ask_for_code(client, KNOWN)
    client.post(onward, {"code": "WRONG1"})
    assert client.get("/desk/").status_code == 302


def test_nobody_learns_who_has_an_account(
    client: Client, ada_person: Person, do_work: Callable[[], int]
) -> None:
    known, unknown = ask_for_code(client, KNOWN), ask_for_code(Client(), UNKNOWN)
    do_work()
    assert known == unknown
    assert [message.to for message in mail.outbox] == [[KNOWN], [UNKNOWN]]


def test_signing_up_with_a_known_address_looks_like_any_other(client: Client, ada_person: Person) -> None:
    answers = [Client().post("/account/signup/", {"email": email}) for email in (KNOWN, UNKNOWN)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Person.objects.filter(email__iexact=KNOWN).count() == 1


def test_asking_for_codes_without_end_is_stopped(client: Client, ada_person: Person) -> None:
    statuses = {client.post("/account/login/code/", {"email": KNOWN}).status_code for _ in range(40)}
    assert 429 in statuses or Letter.objects.count() < 40


def test_a_bot_that_fills_every_field_gets_no_account(client: Client) -> None:
    client.post("/account/signup/", {"email": UNKNOWN, "website": "https://spam.example"})
    assert not Person.objects.filter(email=UNKNOWN).exists()


def test_an_organiser_can_add_a_passkey_or_an_authenticator(client: Client, ada_person: Person) -> None:
    client.force_login(ada_person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/account/2fa/").text
    assert "/account/2fa/totp/activate/" in page
    assert "/account/2fa/webauthn/" in page


def test_two_accounts_cannot_share_an_address_in_other_capitals() -> None:
    from django.db import IntegrityError

    make_person("Ada")
    with pytest.raises(IntegrityError):
        Person.objects.create_user("ADA@example.org")


def test_a_password_is_optional_and_works_for_those_who_set_one(client: Client, ada_person: Person) -> None:
    ada_person.set_password("correct horse battery staple")
    ada_person.save()
    client.post("/account/login/", {"login": KNOWN, "password": "wrong horse battery staple"})
    assert client.get("/desk/").status_code == 302
    client.post("/account/login/", {"login": KNOWN, "password": "correct horse battery staple"})
    assert client.get("/desk/").status_code == 200


def test_without_a_password_the_sign_in_form_sends_a_code(
    client: Client, ada_person: Person, do_work: Callable[[], int]
) -> None:
    client.post("/account/login/", {"login": KNOWN, "password": ""})
    do_work()
    assert mail.outbox[0].to == [KNOWN]


def test_signing_up_asks_for_an_address_and_nothing_else(client: Client) -> None:
    assert 'type="password"' not in client.get("/account/signup/").text


def test_signing_in_stores_no_address(client: Client, ada_person: Person) -> None:
    from allauth.usersessions.models import UserSession
    from django.db import connection

    from_here = {"REMOTE_ADDR": "203.0.113.77"}
    client.post("/account/login/code/", {"email": KNOWN}, **from_here)
    client.force_login(ada_person)
    client.get("/account/sessions/", **from_here)
    assert all("203.0.113" not in session.ip for session in UserSession.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key || value FROM cache")
        assert not any("203.0.113" in row for (row,) in cursor.fetchall())
