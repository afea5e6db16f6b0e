"""Researchers take what is not public only under terms that they accepted."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from archive.rights import sees_research
from events.models import Event
from people.guests import ANYBODY, Viewer
from people.models import Act, Person, TermsAcceptance
from people.refusals import Refused
from people.terms import VERSIONS, accept_terms, end_terms, has_accepted
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
ADDRESS = reverse("research_terms")
TYPED = {"purpose": "A study of what rooms say about power.", "body": "A university", "accepts": "on"}


def again(viewer: Viewer) -> Viewer:
    """The same person at their next request."""
    return Viewer(person=Person.objects.get(pk=viewer.person.pk))


def test_the_role_alone_takes_nothing_that_is_not_public(
    researcher: Viewer, ada: Viewer, make_event: Callable[..., Event]
) -> None:
    event = make_event()
    assert not sees_research(researcher)
    assert not sees_research(ada, event)
    accept_terms(by=researcher, purpose="A study.", body="")
    accept_terms(by=ada, purpose="Our own write-up.", body="")
    assert sees_research(again(researcher))
    assert sees_research(again(ada), event)
    assert not sees_research(again(ada)), "who runs one event took what is free for research in all"


def test_terms_alone_take_nothing_either(ada: Viewer, make_event: Callable[..., Event]) -> None:
    event, cleo = make_event(), Viewer(person=make_person("Cleo"))
    accept_terms(by=cleo, purpose="Curious.", body="")
    assert not sees_research(again(cleo))
    assert not sees_research(again(cleo), event)
    assert not sees_research(ANYBODY)


def test_changed_terms_are_asked_for_again(researcher: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    accept_terms(by=researcher, purpose="A study.", body="")
    monkeypatch.setattr("people.terms.VERSIONS", (*VERSIONS, ("More.",)))
    assert not has_accepted(again(researcher))


def test_a_purpose_is_stated_and_can_be_stated_anew(researcher: Viewer) -> None:
    for nothing in ("", "   ", "x" * 501):
        with pytest.raises(Refused):
            accept_terms(by=researcher, purpose=nothing, body="")
    accept_terms(by=researcher, purpose="A study.", body="")
    accept_terms(by=researcher, purpose="Another study.", body="")
    assert [one.purpose for one in TermsAcceptance.objects.current()] == ["Another study."]
    assert Act.objects.filter(verb="accepted", person=researcher.person).count() == 2
    end_terms(by=researcher)
    assert not has_accepted(again(researcher))


def test_anybody_reads_the_terms_and_signing_in_comes_first(client: Client) -> None:
    page = client.get(ADDRESS)
    assert VERSIONS[-1][0] in page.content.decode()
    assert client.post(ADDRESS, TYPED).status_code == 302
    assert not TermsAcceptance.objects.exists()


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(client: Client, researcher: Viewer) -> None:
    client.force_login(researcher.person)
    refused = client.post(ADDRESS, TYPED | {"accepts": ""})
    assert refused.status_code == 422
    assert TYPED["purpose"] in refused.content.decode()
    assert not TermsAcceptance.objects.exists()


@pytest.mark.parametrize(
    "there", ["//evil.example", "https://evil.example/", "\\\\evil.example", "javascript:x"]
)
def test_accepting_leads_back_and_never_away(client: Client, researcher: Viewer, there: str) -> None:
    client.force_login(researcher.person)
    assert client.post(ADDRESS, TYPED | {"next": "/archive/"})["Location"] == "/archive/"
    assert client.post(ADDRESS, TYPED | {"next": there})["Location"] == ADDRESS


def test_each_sees_their_own_acceptance_and_stewards_all(
    researcher: Viewer, cleo: Viewer, steward: Viewer
) -> None:
    accept_terms(by=researcher, purpose="A study.", body="")
    seen = [TermsAcceptance.objects.visible_to(who).count() for who in (researcher, cleo, steward, ANYBODY)]
    assert seen == [1, 0, 1, 0]
    end_terms(by=steward)
    assert has_accepted(again(researcher)), "a steward who ends their own ended somebody else's"
