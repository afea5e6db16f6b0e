"""The pages of people and organisations: what stands on them, for whom, and how they are changed."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.agenda import add_item
from events.models import Appointment, Duty, Event
from journal.models import Post, PostAuthor
from people.guests import Viewer
from people.models import ListingRequest, Organisation, Person
from people.records import affiliate, found_organisation, list_person, put_on_record
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> Person:
    """On record without an account, and listed."""
    person = put_on_record("Ben Example", by=None, about="Rows.\nSings.", website="https://ben.example")
    list_person(person, by=None)
    return person


@pytest.fixture
def body() -> Organisation:
    return found_organisation("A club", by=None, about="It rows.")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_names_those_who_agreed_and_nobody_else(client: Client, ben: Person, ada: Viewer) -> None:
    put_on_record("Quiet Person", by=None)
    page = text(client, reverse("people"))
    assert "Ben Example" in page
    assert "Quiet Person" not in page
    assert "Ada" not in page
    client.force_login(ada.person)
    assert "Quiet Person" not in text(client, reverse("people"))
    assert "Quiet Person" in text(client, f"{reverse('people')}?who=unlisted")


def test_a_stranger_learns_nothing_of_those_who_are_not_listed(client: Client) -> None:
    put_on_record("Quiet Person", by=None)
    assert "Quiet" not in text(client, f"{reverse('people')}?who=unlisted")
    quiet = Person.objects.get(name="Quiet Person")
    assert client.get(quiet.get_absolute_url()).status_code == 404
    assert client.get("/people/nobody/").status_code == 404


def test_the_list_is_read_by_letter(client: Client, ben: Person) -> None:
    list_person(put_on_record("élodie", by=None), by=None)
    page = text(client, f"{reverse('people')}?letter=É")
    assert "élodie" in page
    assert "Ben Example" not in page
    assert "Ben Example" in text(client, f"{reverse('people')}?letter=nothing")


def test_a_page_says_what_somebody_had_a_part_in(
    client: Client, ben: Person, body: Organisation, make_event: Callable[..., Event]
) -> None:
    event, draft = make_event(), make_event("draft-day", name="Draft day", status=Event.Status.DRAFT)
    for one in (event, draft):
        one.organisers.create(person=ben)
        add_item(one, by=None, title=f"Tea at {one.slug}").leads.add(ben)
    for slug, published in (("printed", timezone.now()), ("unprinted", None)):
        post = Post.objects.create(slug=slug, title=f"Post {slug}", published_at=published)
        PostAuthor.objects.create(post=post, person=ben)
    affiliate(ben, body, by=None, position="Trustee", since=date(2019, 3, 6))
    page = text(client, ben.get_absolute_url())
    for said in (
        "Wall day",
        "Tea at wall-day",
        "Post printed",
        "Trustee",
        "Since 6 March 2019",
        "ben.example",
    ):
        assert said in page, said
    for unsaid in ("Draft day", "draft-day", "Post unprinted"):
        assert unsaid not in page, unsaid


def test_roles_show_to_those_who_may_know_of_them(
    client: Client, ben: Person, ada: Viewer, make_event: Callable[..., Event]
) -> None:
    Appointment.objects.create(person=ben, duty=Duty.TRANSCRIBER, event=make_event())
    assert "Transcriber" not in text(client, ben.get_absolute_url())
    client.force_login(ada.person)
    assert "Transcriber" in text(client, ben.get_absolute_url())


def test_an_organisation_names_only_people_who_are_listed(
    client: Client, ben: Person, body: Organisation
) -> None:
    for person in (ben, put_on_record("Quiet Person", by=None)):
        affiliate(person, body, by=None)
    page = text(client, body.get_absolute_url())
    assert "Ben Example" in page
    assert "It rows." in page
    assert "Quiet Person" not in page
    assert "A club" in text(client, reverse("organisations"))


def test_a_record_links_to_who_held_it_where_they_are_listed(
    client: Client, ben: Person, body: Organisation, make_event: Callable[..., Event], ada: Viewer
) -> None:
    event = make_event()
    event.organisers.create(person=ben)
    event.organisers.create(organisation=body)
    page = text(client, event.get_absolute_url())
    assert f'href="{ben.get_absolute_url()}"' in page
    assert f'href="{body.get_absolute_url()}"' in page
    assert ada.person.get_absolute_url() not in page


def test_a_page_of_somebody_asks_the_same_number_of_times_however_much_there_is(
    client: Client,
    ben: Person,
    make_event: Callable[..., Event],
    django_assert_max_num_queries: Callable,
) -> None:
    for number in range(6):
        event = make_event(f"day-{number}", name=f"Day {number}")
        event.organisers.create(person=ben)
        add_item(event, by=None, title="Tea").leads.add(ben)
        affiliate(ben, found_organisation(f"Club {number}", by=None), by=None)
    with django_assert_max_num_queries(8):
        text(client, ben.get_absolute_url())


def test_an_organiser_puts_somebody_on_record(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    refused = client.post(reverse("person_new"), {"name": "Ben", "website": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert 'value="Ben"' in refused.content.decode()
    answer = client.post(reverse("person_new"), {"name": "Ben", "about": "Rows."})
    ben = Person.objects.get(name="Ben")
    assert answer.url == ben.get_absolute_url()
    assert "Rows." in text(client, answer.url)


def test_an_organiser_founds_and_changes_an_organisation(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    answer = client.post(reverse("organisation_new"), {"name": "A club"})
    assert client.post(reverse("organisation_new"), {"name": "A club"}).status_code == 422
    edit = f"{answer.url}edit/"
    assert client.post(edit, {"name": ""}).status_code == 422
    assert client.post(edit, {"name": "The club", "about": "It rows."}).url == answer.url
    assert "It rows." in text(client, answer.url)


def test_somebody_changes_what_the_site_says_of_them(client: Client, ada: Viewer, body: Organisation) -> None:
    client.force_login(ada.person)
    profile = reverse("profile")
    assert client.post(profile, {"act": "describe", "name": "Ada E", "about": "I host."}).url == profile
    assert client.post(profile, {"act": "list"}).url == profile
    place = {"act": "affiliate", "organisation": body.pk, "position": "Chair", "since": "2019-03-06"}
    assert client.post(profile, place).url == profile
    number = ada.person.affiliations.get().pk
    early = client.post(profile, {"act": f"end-{number}", "until": "2018-01-01"})
    assert early.status_code == 422
    assert "ends before it begins" in early.content.decode()
    assert client.post(profile, {"act": f"end-{number}", "until": "2020-01-01"}).url == profile
    client.logout()
    page = text(client, ada.person.get_absolute_url())
    for said in ("Ada E", "I host.", "Chair", "6 March 2019 to 1 January 2020"):
        assert said in page, said
    client.force_login(ada.person)
    client.post(profile, {"act": f"remove-{number}"})
    client.post(profile, {"act": "unlist"})
    client.logout()
    assert client.get(ada.person.get_absolute_url()).status_code == 404


def test_an_act_that_is_not_on_the_page_changes_nothing(client: Client, ada: Viewer, ben: Person) -> None:
    client.force_login(ada.person)
    for act in ("join", "end-1", "remove-99", "nonsense", "-", "end-x"):
        assert client.post(reverse("profile"), {"act": act, "email": "a@example.org"}).status_code == 200


def test_nobody_changes_an_affiliation_of_somebody_else(
    client: Client, ada: Viewer, ben: Person, body: Organisation
) -> None:
    theirs = affiliate(ben, body, by=None)
    client.force_login(make_person("Cleo"))
    client.post(reverse("profile"), {"act": f"remove-{theirs.pk}"})
    assert ben.affiliations.exists()


def test_who_asks_to_be_listed_is_looked_at_on_the_list(client: Client, ada: Viewer) -> None:
    cleo = make_person("Cleo")
    client.force_login(cleo)
    client.post(reverse("profile"), {"act": "describe", "name": "Cleo", "about": "Buy my soap."})
    client.post(reverse("profile"), {"act": "list"})
    assert "You asked to be listed" in text(client, reverse("profile"))
    assert "Buy my soap." not in text(client, reverse("people"))
    decide = reverse("person_listing", args=[cleo.identifier])
    assert client.post(decide, {"act": "list", "seen": ""}).status_code == 302
    assert not Person.objects.get(pk=cleo.pk).is_listed, "Nobody lets themselves in."
    client.force_login(ada.person)
    assert "Buy my soap." in text(client, reverse("people"))
    asked = ListingRequest.objects.get()
    client.post(decide, {"act": "leave", "seen": asked.asked_at.isoformat()})
    assert not ListingRequest.objects.exists()
    assert not Person.objects.get(pk=cleo.pk).is_listed
    assert client.post(decide, {"act": "list"}).status_code == 404


def test_words_of_people_are_text_and_not_markup(client: Client, ada: Viewer) -> None:
    nasty = "<script>alert(1)</script>"
    person = put_on_record(nasty, by=None, about=nasty)
    list_person(person, by=None)
    affiliate(person, found_organisation(nasty, by=None), by=None, position=nasty)
    for address in (person.get_absolute_url(), reverse("people"), reverse("organisations")):
        assert "<script>alert" not in text(client, address)
