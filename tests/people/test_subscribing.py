"""The digest's addresses: confirmed by their holders, changed and ended from a link, known to nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from archive.forgetting import forget_due
from people.guests import ANYBODY, Viewer
from people.models import Letter, Subscriber
from people.outbox import write_letter
from people.subscribing import (
    ASKED,
    UNCONFIRMED_DAYS,
    Wishes,
    confirm,
    forget_unconfirmed,
    own_address,
    stop_address,
    subscribe,
    subscriber_with,
    token_of,
)

pytestmark = pytest.mark.django_db
Work = Callable[[], int]
BEN = "ben@example.org"
WANTS = {"wants": ["wants_journal"], "every": "week"}


def ask(client: Client, email: str = BEN, **more: str) -> object:
    return client.post("/news/", {"email": email, **WANTS, **more}, follow=True)


def path_in(letter: mail.EmailMessage) -> str:
    return re.search(r"^http://[^/]+(/news/\S+)$", letter.body, re.MULTILINE)[1]


def subscriber(email: str = BEN, **fields: object) -> Subscriber:
    return Subscriber.objects.create(email=email, confirmed_at=timezone.now(), **fields)


def path_of(address: str) -> str:
    return address.removeprefix("http://localhost:8000")


def test_nothing_is_sent_to_an_address_before_its_holder_says_yes(client: Client, do_work: Work) -> None:
    ask(client)
    do_work()
    path = path_in(mail.outbox[0])
    assert client.get(path).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None, "looking confirms nothing: mail programs look too"
    client.post(path, {"act": "confirm"})
    known = Subscriber.objects.get()
    assert known.confirmed_at
    assert (known.wants_records, known.wants_journal, known.every) == (False, True, "week")


def test_nobody_learns_whether_an_address_is_known(client: Client, do_work: Work) -> None:
    subscriber("known@example.org", every="month")
    # Another visitor: a message is shown once.
    pages = [ask(Client(), email).content for email in ("known@example.org", "new@example.org")]
    without_tokens = [re.sub(rb'(value|nonce)="[^"]*"', b"", page) for page in pages]
    assert without_tokens[0] == without_tokens[1]
    do_work()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["known@example.org", "new@example.org"]
    assert Subscriber.objects.get(email="known@example.org").every == "month", "and nobody changes another's"


def test_an_address_is_asked_to_confirm_three_times_a_day_at_most(client: Client, do_work: Work) -> None:
    for _ in range(ASKED.most + 3):
        ask(client)
    do_work()
    assert len(mail.outbox) == ASKED.most
    assert Subscriber.objects.count() == 1


def test_an_address_in_other_capitals_is_the_same(client: Client) -> None:
    ask(client)
    ask(client, "BEN@Example.org")
    assert Subscriber.objects.count() == 1


def test_what_fills_in_the_trap_is_told_the_same_and_gets_nothing(client: Client) -> None:
    answer = ask(client, website="https://spam.example")
    assert answer.redirect_chain
    assert not Subscriber.objects.exists()


def test_who_signed_in_with_the_address_needs_not_confirm_it(client: Client, ada: Viewer) -> None:
    EmailAddress.objects.create(user=ada.person, email=ada.person.email, verified=True, primary=True)
    client.force_login(ada.person)
    client.post("/account/news/", WANTS)
    own = Subscriber.objects.get()
    assert own.confirmed_at
    assert own.person == ada.person
    client.post("/account/news/", {"act": "end"})
    assert not Subscriber.objects.exists()


def test_an_account_whose_address_is_not_shown_to_be_theirs_has_to_confirm(ada: Viewer) -> None:
    EmailAddress.objects.create(user=ada.person, email=ada.person.email, verified=False)
    subscribe(ada.person.email, Wishes(), by=ada)
    assert Subscriber.objects.get().confirmed_at is None


def test_the_link_changes_and_ends_what_goes_to_its_address(client: Client) -> None:
    path = path_of(own_address(subscriber()))
    client.post(path, {"act": "change", "wants": ["wants_calls"], "every": "week"})
    changed = Subscriber.objects.get()
    assert (changed.wants_calls, changed.wants_journal, changed.every) == (True, False, "week")
    assert client.post(path, {"act": "change", "every": "week"}).status_code == 422
    client.post(path, {"act": "end"})
    assert not Subscriber.objects.exists()
    assert client.get(path).status_code == 410


def test_a_mail_program_ends_it_with_one_click_and_no_token() -> None:
    path = path_of(stop_address(subscriber()))
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Subscriber.objects.exists(), "looking ends nothing"
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_everything_else_needs_a_token() -> None:
    path = path_of(own_address(subscriber()))
    assert Client(enforce_csrf_checks=True).post(path, {"act": "end"}).status_code == 403
    assert Subscriber.objects.exists()


def test_a_new_secret_ends_all_links_and_the_database_gives_none_away(client: Client) -> None:
    kept = subscriber()
    path = path_of(own_address(kept))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_subscriber")
        row = repr(cursor.fetchall())
    assert token_of(kept) not in row
    assert client.get(f"/news/{kept.secret}/").status_code == 410
    Subscriber.objects.update(secret="another")
    assert client.get(path).status_code == 410


def test_an_address_that_is_not_confirmed_in_time_is_gone_for_good(client: Client) -> None:
    subscribe(BEN, Wishes(), by=ANYBODY)
    late = timezone.now() - timedelta(days=UNCONFIRMED_DAYS, seconds=1)
    Subscriber.objects.update(asked_at=late)
    path = path_of(own_address(Subscriber.objects.get()))
    assert client.post(path, {"act": "confirm"}).status_code == 410
    assert forget_unconfirmed(timezone.now()) == 1


def test_the_running_site_forgets_such_addresses_and_letters_by_itself() -> None:
    subscribe(BEN, Wishes(), by=ANYBODY)
    write_letter("test", BEN, name="news_known", context={"address": "x"})
    Letter.objects.update(failed_at=timezone.now())
    forget_due(timezone.now() + timedelta(days=UNCONFIRMED_DAYS, seconds=1))
    assert not Subscriber.objects.exists()
    assert not Letter.objects.exclude(to="").exists()


def test_a_confirmed_address_is_kept(client: Client) -> None:
    kept = subscriber(asked_at=timezone.now() - timedelta(days=900))
    assert forget_unconfirmed(timezone.now()) == 0
    assert subscriber_with(token_of(kept)) == kept


def test_confirming_twice_changes_nothing() -> None:
    subscribe(BEN, Wishes(), by=ANYBODY)
    asked = Subscriber.objects.get()
    confirm(asked, by=ANYBODY)
    at = asked.confirmed_at
    confirm(asked, by=ANYBODY)
    assert asked.confirmed_at == at


def test_the_page_behind_the_link_is_kept_by_nobody(client: Client) -> None:
    answer = client.get(path_of(own_address(subscriber())))
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.text
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_form_that_is_not_filled_in_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/news/", {"email": "ben at home", "every": "week"})
    assert answer.status_code == 422
    assert 'value="ben at home"' in answer.text
