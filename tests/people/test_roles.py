"""Roles over the whole site: stewards give and end them, and one of them always stays."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.invitations import join_by_invitation
from events.models import Invitation
from people.guests import ANYBODY, Viewer
from people.models import Act, Letter, Person, Role
from people.refusals import Refused
from people.roles import end_role, give_role
from tests.conftest import make_person
from tests.sessions import is_signed_in, signed_in

pytestmark = pytest.mark.django_db


def test_only_stewards_give_and_end_roles(
    ada: Viewer, ben: Viewer, researcher: Viewer, site_moderator: Viewer, steward: Viewer
) -> None:
    fay = make_person("Fay")
    role = give_role(fay, Role.Kind.MODERATOR, by=steward)
    for viewer in (ada, ben, researcher, site_moderator, ANYBODY, Viewer(person=fay)):
        with pytest.raises(Refused, match="Only stewards"):
            give_role(fay, Role.Kind.STEWARD, by=viewer)
        with pytest.raises(Refused, match="Only stewards"):
            end_role(role, by=viewer)
    end_role(role, by=steward)
    assert not fay.roles.exists()
    assert [act.verb for act in Act.objects.filter(subject_kind="role").order_by("pk")] == [
        "role_given",
        "role_ended",
    ]


def test_the_last_steward_stays(steward: Viewer) -> None:
    own = steward.person.roles.get()
    with pytest.raises(Refused, match="One steward has to stay"):
        end_role(own, by=steward)
    with pytest.raises(Refused, match="One steward has to stay"):
        give_role(steward.person, Role.Kind.STEWARD, by=steward, until=timezone.now() + timedelta(days=1))
    own.refresh_from_db()
    assert own.until is None
    away = make_person("Fay")
    give_role(away, Role.Kind.STEWARD, by=steward)
    Person.objects.filter(pk=away.pk).update(is_active=False)
    with pytest.raises(Refused, match="One steward has to stay"):
        end_role(own, by=steward)
    give_role(make_person("Gil"), Role.Kind.STEWARD, by=steward)
    end_role(own, by=steward)


def test_a_role_given_or_ended_signs_the_person_out(steward: Viewer) -> None:
    fay = make_person("Fay")
    browser = signed_in(fay)
    role = give_role(fay, Role.Kind.ORGANISER, by=steward)
    assert not is_signed_in(browser)
    browser = signed_in(fay)
    end_role(role, by=steward)
    assert not is_signed_in(browser)


def test_a_role_that_ends_by_itself(steward: Viewer) -> None:
    fay = make_person("Fay")
    role = give_role(fay, Role.Kind.MODERATOR, by=steward, until=timezone.now() + timedelta(hours=1))
    assert Viewer(person=fay).moderates_all
    Role.objects.filter(pk=role.pk).update(until=timezone.now())
    assert not Viewer(person=Person.objects.get(pk=fay.pk)).moderates_all


def test_the_page_gives_a_role_to_an_account_and_invites_whoever_has_none(
    client: Client, steward: Viewer
) -> None:
    fay = make_person("Fay")
    client.force_login(steward.person)
    page = reverse("roles")
    client.post(page, {"act": "give", "email": "FAY@example.org", "kind": Role.Kind.ORGANISER})
    assert fay.roles.get().kind == Role.Kind.ORGANISER
    client.post(page, {"act": "give", "email": "gil@example.org", "kind": Role.Kind.RESEARCHER})
    assert Letter.objects.get(kind="invitation").to == "gil@example.org"
    gil = join_by_invitation(Invitation.objects.get(), "Gil", by=ANYBODY)
    assert Viewer(person=gil).is_researcher
    refused = client.post(page, {"act": "give", "email": "hana@example.org", "kind": Role.Kind.STEWARD})
    assert refused.status_code == 422
    client.post(page, {"act": "end", "number": fay.roles.get().pk})
    assert not fay.roles.exists()


def test_the_pages_of_stewards_are_not_there_for_others(
    client: Client, ada: Viewer, site_moderator: Viewer
) -> None:
    for viewer in (ada, site_moderator):
        client.force_login(viewer.person)
        assert client.get(reverse("roles")).status_code == 404
        assert client.get(reverse("log")).status_code == 404
