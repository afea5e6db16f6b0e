"""What somebody who leaves heard, decided and signed: it stays in public, without the name."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import models
from django.test import Client

from archive.leaving import end_account
from outcomes.models import Signature
from outcomes.promises import make_promise, update_promise
from outcomes.themes import make_theme
from outcomes.ties import tie
from people.guests import Viewer
from principles.models import PrincipleSet
from responses.models import Note, Station
from tests.archive.test_leaving import EMAIL, carrying
from tests.calls import called, shown
from tests.conftest import make_person
from tests.outcomes.amending import opened
from tests.outcomes.makers import decided, heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> Viewer:
    person = make_person("Ben")
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    return Viewer(person=person)


@pytest.fixture
def made(
    station: Station, post_note: Callable[..., Note], make_set: Callable[..., PrincipleSet], ben: Viewer
) -> dict[str, models.Model]:
    """One of each thing that Ben signs as an organiser, by the column that names Ben."""
    event = station.board.event
    event.organisers.create(person=ben.person)
    power, time = make_set().principles.all()
    station.pairings.create(principle=power)
    note = post_note(station)
    statement = heard(note, ben)
    promise = make_promise(event, "We will water them.", by=ben)
    return {
        "theme author": make_theme(event, "Who decides", by=ben, notes=[note]),
        "statement author": statement,
        "decision author": decided(statement, "will_do", ben),
        "amendment author": opened(power, ben),
        "tie author": tie(power, time, "Who has the time decides.", by=ben),
        "call author": called(note, ben),
        "promise marked_by": promise,
        "update by": update_promise(promise, "late", "It was dry.", by=ben),
    }


def test_what_they_made_stays_without_the_name(
    client: Client, made: dict[str, models.Model], ben: Viewer
) -> None:
    end_account(ben.person, by=ben)
    for name, thing in made.items():
        thing.refresh_from_db()
        assert getattr(thing, name.split()[1]) is None, name
    for name in ("theme author", "statement author", "decision author", "amendment author", "call author"):
        answer = client.get(made[name].get_absolute_url())
        assert (answer.status_code, "Ben" in answer.text) == (200, False), name
        assert "omebody who left" in answer.text, name


def test_a_signature_stays_without_the_address_as_what_was_said_in_public(
    made: dict[str, models.Model], ben: Viewer
) -> None:
    signature = shown(made["call author"], "B. Reader", email=EMAIL)
    end_account(ben.person, by=ben)
    signature.refresh_from_db()
    assert (signature.name, signature.email, signature.person) == ("B. Reader", "", None)
    assert carrying(EMAIL) == []


def test_a_signature_is_taken_back_where_they_want_that(made: dict[str, models.Model], ben: Viewer) -> None:
    signature = shown(made["call author"], "B. Reader", "I will bring soup for Ben.", email=EMAIL)
    end_account(ben.person, by=ben, takes_words_back=True)
    signature.refresh_from_db()
    assert (signature.state, signature.name, signature.will_do) == (Signature.State.WITHDRAWN, "", "")
    assert carrying("soup for Ben") == []
