"""An account takes over everything that names a record, and nothing of it is lost or doubled."""

import contextlib
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from events.agenda import add_item
from events.models import Appointment, Duty, Event
from journal.models import Post, PostAuthor
from people.claiming import STAYS, claim_record, join_record, links_to_people
from people.guests import Viewer
from people.models import Act, Organisation, Person, Role
from people.records import affiliate, put_on_record
from people.refusals import Refused
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Person:
    return put_on_record("Ben Example", by=None, about="Spoke in March.", website="https://ben.example")


@pytest.fixture
def ben() -> Viewer:
    return Viewer(person=Person.objects.create_user("ben@example.org"))


def test_every_column_that_names_a_person_is_among_the_links() -> None:
    naming = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    assert {f"{link.model._meta.label_lower}.{link.name}" for link in links_to_people()} == naming
    assert {"events.agendaitem_leads.person", "events.eventorganiser.person"} <= naming


def test_the_account_takes_over_all_that_names_the_record(
    record: Person, ben: Viewer, make_event: Callable[..., Event]
) -> None:
    event = make_event()
    event.organisers.create(person=record)
    item = add_item(event, by=None, title="Tea")
    item.leads.add(record)
    post = Post.objects.create(slug="post", title="Post")
    PostAuthor.objects.create(post=post, person=record)
    body = Organisation.objects.create(name="A club")
    affiliate(record, body, by=None, position="Trustee")

    assert claim_record(record, by=ben) == ben.person

    assert event.organisers.filter(person=ben.person).exists()
    assert list(item.leads.all()) == [ben.person]
    assert post.authors.get().person == ben.person
    assert ben.person.affiliations.get().position == "Trustee"
    left = [
        str(link)
        for link in links_to_people()
        if link.model._meta.label_lower not in STAYS
        and link.model._base_manager.filter(**{link.name: record}).exists()
    ]
    assert left == []


def test_the_account_keeps_its_own_words_and_takes_those_it_has_not(record: Person, ben: Viewer) -> None:
    Person.objects.filter(pk=ben.person.pk).update(about="I row.")
    claim_record(record, by=ben)
    ben.person.refresh_from_db()
    record.refresh_from_db()
    assert (ben.person.name, ben.person.about) == ("Ben Example", "I row.")
    assert ben.person.website == "https://ben.example"
    assert (record.name, record.about, record.website) == ("", "", "")
    assert record.merged_into == ben.person
    assert not record.is_listed


def test_what_both_have_is_kept_once_and_for_the_longer_time(
    record: Person, ben: Viewer, make_event: Callable[..., Event]
) -> None:
    event, soon = make_event(), timezone.now() + timedelta(days=3)
    for person in (record, ben.person):
        event.organisers.create(person=person)
    facts = {"event": event, "duty": Duty.FACILITATOR}
    Appointment.objects.create(person=ben.person, until=soon, **facts)
    Appointment.objects.create(person=record, until=soon + timedelta(days=3), **facts)
    Role.objects.create(person=ben.person, kind=Role.Kind.MODERATOR, until=soon)
    Role.objects.create(person=record, kind=Role.Kind.MODERATOR)

    claim_record(record, by=ben)

    assert event.organisers.filter(person=ben.person).count() == 1
    assert ben.person.appointments.get().until == soon + timedelta(days=3)
    assert ben.person.roles.get().until is None


def test_a_shorter_role_of_the_record_shortens_nothing(record: Person, ben: Viewer) -> None:
    Role.objects.create(person=ben.person, kind=Role.Kind.MODERATOR)
    Role.objects.create(person=record, kind=Role.Kind.MODERATOR, until=timezone.now() + timedelta(days=1))
    claim_record(record, by=ben)
    assert ben.person.roles.get().until is None


def test_the_address_of_the_record_leads_to_the_account(record: Person, ben: Viewer, client: Client) -> None:
    address = record.get_absolute_url()
    claim_record(record, by=ben)
    assert client.get(address).status_code == 404, "Whoever is not listed has no page for others."
    Person.objects.filter(pk=ben.person.pk).update(is_listed=True)
    assert client.get(address).url == ben.person.get_absolute_url()


def test_a_record_that_took_over_another_hands_that_on(record: Person, ben: Viewer) -> None:
    earlier = put_on_record("B. Example", by=None)
    Person.objects.filter(pk=earlier.pk).update(merged_into=record)
    claim_record(record, by=ben)
    earlier.refresh_from_db()
    assert earlier.merged_into == ben.person


def test_a_record_is_claimed_once_and_no_account_is_ever_claimed(record: Person, ben: Viewer) -> None:
    cleo = Viewer(person=make_person("Cleo"))
    with pytest.raises(Refused, match="Somebody signs in"):
        claim_record(cleo.person, by=ben)
    with pytest.raises(Refused, match="Sign in first"):
        claim_record(record, by=Viewer(guest_key="ben"))
    claim_record(record, by=ben)
    with pytest.raises(Refused, match="claimed before"):
        claim_record(record, by=cleo)


@pytest.mark.django_db(transaction=True)
def test_a_record_that_ten_accounts_claim_at_once_belongs_to_one(record: Person) -> None:
    accounts = [make_person(f"Ben{number}") for number in range(10)]
    body = Organisation.objects.create(name="A club")
    affiliate(record, body, by=None)
    done: list[Person] = []

    def claim(account: Person) -> None:
        with contextlib.suppress(Refused):
            done.append(claim_record(record, by=Viewer(person=account)))
        connection.close()

    threads = [threading.Thread(target=claim, args=[account]) for account in accounts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    record.refresh_from_db()
    assert record.merged_into == done[0] == body.affiliations.get().person


def test_what_a_record_brings_along_signs_its_new_holder_out(
    record: Person, ben: Viewer, steward: Viewer, client: Client
) -> None:
    client.force_login(ben.person)
    UserSession.objects.create(user=ben.person, session_key=client.session.session_key, ip="::1")
    join_record(record, ben.person, by=steward)
    assert client.get("/account/profile/").status_code == 302


def test_only_stewards_join_a_record_with_somebody_elses_account(
    record: Person, ben: Viewer, ada: Viewer, steward: Viewer, client: Client
) -> None:
    with pytest.raises(Refused, match="Only stewards"):
        join_record(record, ben.person, by=ada)
    client.force_login(steward.person)
    edit = f"{record.get_absolute_url()}edit/"
    assert client.post(edit, {"act": "join", "email": "nobody@example.org"}).status_code == 422
    answer = client.post(edit, {"act": "join", "email": "Ben@example.org"})
    assert answer.url == record.get_absolute_url()
    record.refresh_from_db()
    assert record.merged_into == ben.person
    claimed = Act.objects.get(verb="claimed")
    assert (claimed.person, claimed.subject) == (steward.person, record.identifier)
