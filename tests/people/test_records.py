"""Who may put people and organisations on record, and who is named in public."""

from datetime import date

import pytest
from django.utils import timezone

from people import records
from people.guests import Viewer
from people.models import Act, ListingRequest, Organisation, Person
from people.refusals import Refused
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
WORDS = {"name": "Cleo", "about": "I row.", "website": ""}


@pytest.fixture
def cleo() -> Viewer:
    """Somebody with an account whom nobody here knows."""
    return Viewer(person=make_person("Cleo"))


@pytest.fixture
def body() -> Organisation:
    return records.found_organisation("A club", by=None)


def test_organisers_put_people_on_record_and_others_do_not(ada: Viewer, cleo: Viewer) -> None:
    person = records.put_on_record("  Ben   Example ", by=ada)
    assert (person.name, person.email, person.is_listed) == ("Ben Example", None, False)
    assert not person.has_usable_password()
    with pytest.raises(Refused, match="Only organisers"):
        records.put_on_record("Ben", by=cleo)
    with pytest.raises(Refused, match="Only organisers"):
        records.found_organisation("A club", by=cleo)


def test_a_name_holds_nothing_that_turns_it_around(ada: Viewer) -> None:
    person = records.put_on_record("A\u202eda\x00\u2066 E", by=ada, about="I\u202e host.\r\nOften.")
    assert (person.name, person.about) == ("Ada E", "I host.\nOften.")


def test_organisers_change_records_without_an_account_and_no_others(ada: Viewer, cleo: Viewer) -> None:
    ben = records.put_on_record("Ben", by=ada)
    records.describe_person(ben, by=ada, name="Ben", about="Spoke.", website="https://ben.example")
    with pytest.raises(Refused, match="Only they themselves"):
        records.describe_person(cleo.person, by=ada, **WORDS)
    with pytest.raises(Refused, match="Only they themselves"):
        records.describe_person(ben, by=cleo, **WORDS)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example", "data:text/html,x", "a b"])
def test_a_website_is_a_web_address(ada: Viewer, address: str) -> None:
    with pytest.raises(Refused, match="https"):
        records.put_on_record("Ben", by=ada, website=address)


def test_nobody_is_listed_by_others_once_they_have_an_account(
    ada: Viewer, steward: Viewer, cleo: Viewer
) -> None:
    for other in (ada, steward):
        with pytest.raises(Refused):
            records.list_person(cleo.person, by=other, basis="They said so.")
    cleo.person.refresh_from_db()
    assert not cleo.person.is_listed


def test_a_record_is_listed_with_a_basis_which_the_log_keeps(ada: Viewer) -> None:
    ben = records.put_on_record("Ben", by=ada)
    with pytest.raises(Refused, match="Say how they agreed"):
        records.list_person(ben, by=ada)
    assert records.list_person(ben, by=ada, basis="By mail on 4 May.")
    ben.refresh_from_db()
    assert ben.is_listed
    assert Act.objects.get(verb="listed").why == "By mail on 4 May."


def test_whoever_nobody_knows_is_listed_once_somebody_looked(ada: Viewer, cleo: Viewer) -> None:
    assert not records.list_person(cleo.person, by=cleo)
    asked = ListingRequest.objects.get()
    assert not Person.objects.get(pk=cleo.person.pk).is_listed
    with pytest.raises(Refused, match="Only organisers"):
        records.decide_listing(asked, by=cleo, agrees=True, seen=asked.asked_at)
    records.decide_listing(asked, by=ada, agrees=True, seen=asked.asked_at)
    assert Person.objects.get(pk=cleo.person.pk).is_listed
    assert not ListingRequest.objects.exists()


def test_words_changed_since_they_were_read_are_not_agreed_to(ada: Viewer, cleo: Viewer) -> None:
    records.list_person(cleo.person, by=cleo)
    seen = ListingRequest.objects.get()
    records.describe_person(cleo.person, by=cleo, **WORDS)
    with pytest.raises(Refused, match="Read it again"):
        records.decide_listing(seen, by=ada, agrees=True, seen=seen.asked_at)
    assert not Person.objects.get(pk=cleo.person.pk).is_listed


@pytest.mark.parametrize("change", ["words", "place"])
def test_new_words_of_whoever_nobody_knows_wait_again(
    ada: Viewer, cleo: Viewer, body: Organisation, change: str
) -> None:
    records.list_person(cleo.person, by=cleo)
    asked = ListingRequest.objects.get()
    records.decide_listing(asked, by=ada, agrees=True, seen=asked.asked_at)
    if change == "words":
        records.describe_person(cleo.person, by=cleo, **WORDS)
    else:
        records.affiliate(cleo.person, body, by=cleo, position="Buy now")
    assert not Person.objects.get(pk=cleo.person.pk).is_listed
    assert ListingRequest.objects.filter(person=cleo.person).exists()


def test_whoever_has_a_role_here_lists_themselves(ada: Viewer) -> None:
    assert records.list_person(ada.person, by=ada)
    records.describe_person(ada.person, by=ada, name="Ada", about="New words.", website="")
    assert Person.objects.get(pk=ada.person.pk).is_listed


def test_somebody_listed_has_a_name(ada: Viewer) -> None:
    records.describe_person(ada.person, by=ada, name="", about="", website="")
    with pytest.raises(Refused, match="by name"):
        records.list_person(ada.person, by=ada)
    records.describe_person(ada.person, by=ada, name="Ada", about="", website="")
    records.list_person(ada.person, by=ada)
    with pytest.raises(Refused, match="Take yourself off"):
        records.describe_person(ada.person, by=ada, name=" ", about="", website="")


def test_whoever_takes_themselves_off_is_off(ada: Viewer, cleo: Viewer) -> None:
    records.list_person(ada.person, by=ada)
    records.unlist_person(ada.person, by=ada)
    assert not Person.objects.get(pk=ada.person.pk).is_listed
    records.list_person(cleo.person, by=cleo)
    records.unlist_person(cleo.person, by=cleo)
    assert not ListingRequest.objects.exists()


def test_an_affiliation_ends_after_it_begins(ada: Viewer, body: Organisation) -> None:
    place = records.affiliate(ada.person, body, by=ada, since=date(2019, 1, 1))
    with pytest.raises(Refused, match="ends before it begins"):
        records.end_affiliation(place, by=ada, until=date(2018, 1, 1))
    records.end_affiliation(place, by=ada, until=date(2020, 1, 1))
    assert ada.person.affiliations.get().until == date(2020, 1, 1)
    records.remove_affiliation(place, by=ada)
    assert not ada.person.affiliations.exists()


def test_nobody_says_of_others_where_they_belong(cleo: Viewer, ada: Viewer, body: Organisation) -> None:
    place = records.affiliate(ada.person, body, by=ada)
    for act in (
        lambda: records.affiliate(ada.person, body, by=cleo),
        lambda: records.end_affiliation(place, by=cleo, until=timezone.localdate()),
        lambda: records.remove_affiliation(place, by=cleo),
    ):
        with pytest.raises(Refused):
            act()


def test_two_organisations_have_two_names(body: Organisation) -> None:
    with pytest.raises(Refused, match="already"):
        records.found_organisation("a CLUB", by=None)
    other = records.found_organisation("Another", by=None)
    with pytest.raises(Refused, match="already"):
        records.describe_organisation(other, by=None, name="A club", about="", website="")
    records.describe_organisation(body, by=None, name="A Club", about="We row.", website="")


def test_the_trace_names_who_and_holds_no_words(ada: Viewer) -> None:
    ben = records.put_on_record("Ben Secretname", by=ada, about="Secretwords")
    acts = Act.objects.filter(subject=ben.identifier)
    assert [act.person for act in acts] == [ada.person]
    assert "Secret" not in str(list(acts.values()))
