"""A person sees everything held on them, and nothing of anybody else."""

import json
import tomllib
from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.own_data import ABOUT_ONESELF, SAME_AS, as_file, held_on, table
from archive.retention import POLICY, complaints
from events.models import Event, Invitation, SignUp
from journal.models import Comment, Post, Report
from people.guests import Viewer
from people.models import Person, Subscriber
from people.records import affiliate, found_organisation
from responses.models import Note, Participant, Station
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
# Of a person's own row: what is told as "you", and what nobody may take away in a file.
KEPT_BACK = {"people.person.password", "people.person.key"}


@pytest.fixture
def policy() -> dict:
    return tomllib.loads(POLICY.read_text())


@pytest.fixture
def ada(ada: Viewer) -> Viewer:
    EmailAddress.objects.create(user=ada.person, email="ada@example.org", verified=True, primary=True)
    return ada


def naming(column: str) -> bool:
    """Whether a column leads to a person: by their record, by a token of theirs, or by their address."""
    app, model, name = column.split(".")
    field = apps.get_model(app, model)._meta.get_field(name)
    if field.is_relation:
        return field.related_model in (Person, Participant)
    return isinstance(field, models.EmailField) or name == "writer"


def test_every_column_that_names_a_person_is_told(policy: dict) -> None:
    told = {one.column for columns in table().values() for one in columns} | set(SAME_AS)
    told |= {f"people.person.{name}" for name in ABOUT_ONESELF} | KEPT_BACK
    leading = {column for column in policy["personal"] if naming(column)}
    assert sorted(leading - told) == [], "Say in archive/own_data.toml what these are to a person."
    own = {column for column in policy["personal"] if column.startswith("people.person.")}
    assert sorted(own - told) == []


def test_the_scan_sees_a_column_that_is_new() -> None:
    assert naming("journal.comment.person")
    assert naming("responses.note.participant")
    assert naming("events.signup.email")
    assert not naming("journal.comment.text")


def test_the_policy_and_what_is_told_speak_of_columns_that_are_there(policy: dict) -> None:
    for columns in table().values():
        for told in columns:
            names = {field.name for field in told.model._meta.get_fields()}
            assert set(told.own) <= names, told.column
            assert {path.split("__")[0] for path in told.at} - {"self"} <= names, told.column
    assert list(complaints(policy, set(policy["personal"]) | set(policy["not_personal"]))) == []


def said(person: Person) -> str:
    return json.dumps(as_file(person), ensure_ascii=False)


def test_notes_left_while_signed_in_are_told_and_those_of_others_are_not(
    ada: Viewer, ben: Viewer, station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "Mine to read", by=ada)
    post_note(station, "Of somebody else", by=ben)
    assert "Mine to read" in said(ada.person)
    assert "Of somebody else" not in said(ada.person)


def test_what_carries_a_confirmed_address_is_told_once(ada: Viewer, make_event: Callable[..., Event]) -> None:
    event = make_event()
    facts = {"event": event, "name": "Ada", "access_needs": "A ramp"}
    SignUp.objects.create(email="ADA@example.org", token_hash="a", **facts)
    by_account = SignUp.objects.create(email="", person=ada.person, token_hash="b", **facts)
    by_account.email = "ada@example.org"
    SignUp.objects.create(email="other@example.org", token_hash="c", event=event, access_needs="Not hers")
    file = as_file(ada.person)
    places = [kind for kind in file["held"] if kind["what"].startswith("Places")]
    assert [len(kind["things"]) for kind in places] == [1, 1]
    assert "A ramp" in said(ada.person)
    assert "Not hers" not in said(ada.person)


def test_an_address_that_was_not_confirmed_tells_nothing(
    ada: Viewer, make_event: Callable[..., Event]
) -> None:
    EmailAddress.objects.create(user=ada.person, email="other@example.org", verified=False)
    SignUp.objects.create(
        event=make_event(), email="other@example.org", access_needs="Not hers", token_hash="a"
    )
    assert "Not hers" not in said(ada.person)


def test_words_of_others_are_not_told_to_whoever_dealt_with_them(ada: Viewer, make_event: Callable) -> None:
    event = make_event()
    Report.objects.create(
        event=event, key=uuid4(), reason=Report.Reason.OTHER, text="Told in confidence",
        email="reporter@example.org", outcome="upheld", decided_by=ada.person, answer="We looked.",
    )  # fmt: skip
    Invitation.objects.create(
        email="guest@example.org", token_hash="a", duty="organiser", event=event,
        invited_by=ada.person, expires_at=timezone.now(),
    )  # fmt: skip
    told = said(ada.person)
    assert "We looked." in told
    for unsaid in ("Told in confidence", "reporter@example.org", "guest@example.org"):
        assert unsaid not in told, unsaid


def test_the_key_that_finds_notes_again_is_in_no_file(ada: Viewer) -> None:
    assert str(ada.person.key) not in said(ada.person)
    assert ada.person.password not in said(ada.person)


def test_a_place_one_may_not_see_any_more_is_not_named(ada: Viewer, make_event: Callable) -> None:
    ben = make_person("Ben")
    draft = make_event("secret-day", name="Secret day", status=Event.Status.DRAFT)
    draft.changes.create(what="Moved.", by=ben)
    held = [thing for kinds in held_on(ben).values() for kind in kinds for thing in kind.things]
    assert [thing.address for thing in held] == [""]
    assert "secret-day" not in said(ben)


def test_the_page_says_how_long_each_thing_is_kept_and_what_for(client: Client, ada: Viewer) -> None:
    affiliate(ada.person, found_organisation("A club", by=None), by=ada, position="Trustee")
    Subscriber.objects.create(email="ada@example.org", person=ada.person)
    post = Post.objects.create(slug="post", title="Post")
    Comment.objects.create(post=post, key=uuid4(), person=ada.person, text="I agree.", sent_at=timezone.now())
    client.force_login(ada.person)
    page = client.get(reverse("own_data")).content.decode()
    for words in (
        "Where you belong: 1",
        "Position: Trustee",
        "whom a person spoke for, and when",
        "I agree.",
    ):
        assert words in page, words


def test_the_file_is_theirs_alone_and_kept_by_no_cache(client: Client, ada: Viewer) -> None:
    assert client.get(reverse("own_data_file")).status_code == 302
    client.force_login(ada.person)
    answer = client.get(reverse("own_data_file"))
    assert answer.json()["about"]["email"] == "ada@example.org"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
