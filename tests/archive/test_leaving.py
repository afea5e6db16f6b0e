"""Who ends their account is forgotten, and what others need stays without the name."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.leaving import end_account
from events.agenda import add_item
from events.models import Event, Invitation, SignUp
from journal.models import Comment, Post, PostAuthor, Report, State, Story, StoryCall
from people.claiming import claim_record, links_to_people
from people.consent import consent_given
from people.guests import Viewer
from people.models import Act, Letter, Person, Subscriber
from people.outbox import write_letter
from people.records import put_on_record
from people.refusals import Refused
from responses.models import Follower, Note, Station
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
EMAIL = "ben@example.org"
SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def ben() -> Viewer:
    person = make_person("Ben")
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    return Viewer(person=person)


@pytest.fixture
def credited(ben: Viewer, make_event: Callable[..., Event]) -> Event:
    """An event that Ben held, led a part of, and wrote a post about."""
    event = make_event("held-day")
    event.organisers.create(person=ben.person)
    add_item(event, by=None, title="Tea").leads.add(ben.person)
    post = Post.objects.create(slug="post", title="Post", by=ben.person)
    post.events.add(event)
    PostAuthor.objects.create(post=post, person=ben.person)
    return event


def carrying(words: str) -> list[str]:
    """Every column of the project, mail on its way aside, in which `words` still stand."""
    found = []
    for model in apps.get_models():
        if model is Letter or model._meta.app_label == "sessions":
            continue
        for field in model._meta.local_fields:
            if isinstance(field, models.CharField | models.TextField):
                rows = model._base_manager.filter(**{f"{field.name}__icontains": words})
                found += [f"{model._meta.label}.{field.name}"] if rows.exists() else []
    return found


def comment(person: Person | None, text: str = "I agree.", email: str = EMAIL) -> Comment:
    post, _ = Post.objects.get_or_create(slug="post", defaults={"title": "Post"})
    facts = {"post": post, "text": text, "email": email, "sent_at": timezone.now()}
    return Comment.objects.create(key=uuid4(), person=person, state=State.SHOWN, **facts)


def test_nothing_leads_to_the_person_any_more_and_no_list_has_the_address(
    ben: Viewer, credited: Event, station: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(station, by=ben)
    mine, sent = comment(ben.person), comment(None)
    subscriber = Subscriber.objects.create(email=EMAIL, confirmed_at=timezone.now())
    Follower.objects.create(note=note, subscriber=subscriber)
    SignUp.objects.create(event=credited, email="Ben@example.org", name="Ben B.", token_hash="a")
    Report.objects.create(event=credited, key=uuid4(), reason=Report.Reason.OTHER, email=EMAIL)
    Invitation.objects.create(
        email=EMAIL, token_hash="b", duty="organiser", event=credited, expires_at=timezone.now()
    )
    number = ben.person.pk

    end_account(ben.person, by=ben)

    assert carrying(EMAIL) == []
    assert carrying("Ben B.") == []
    left = [
        str(link) for link in links_to_people()
        if link.model._base_manager.filter(**{f"{link.name}_id": number}).exists()
    ]  # fmt: skip
    assert left == []
    note.refresh_from_db()
    assert note.text == "Say who decides."
    for one in (mine, sent):
        one.refresh_from_db()
        assert (one.text, one.email, one.person, one.state) == ("I agree.", "", None, State.SHOWN)


def test_credit_goes_unless_they_want_it_kept(ben: Viewer, credited: Event) -> None:
    end_account(ben.person, by=ben)
    assert [str(one) for one in credited.organisers.all()] == ["Ada"]
    assert not credited.agenda.get().leads.exists()
    assert not Post.objects.get().authors.exists()


def test_credit_that_is_kept_stands_on_a_record_without_an_account(ben: Viewer, credited: Event) -> None:
    earlier = put_on_record("B.", by=None)
    claim_record(earlier, by=ben)
    end_account(ben.person, by=ben, keeps_credit=True)
    record = Person.objects.get(name="Ben")
    assert (record.email, record.is_listed, record.about) == (None, False, "")
    assert credited.organisers.filter(person=record).exists()
    assert list(credited.agenda.get().leads.all()) == [record]
    assert Post.objects.get().authors.get().person == record
    earlier.refresh_from_db()
    assert earlier.merged_into == record
    assert not Act.objects.filter(person=record).exists()


def test_a_record_that_was_part_of_the_account_goes_with_it(ben: Viewer) -> None:
    record = put_on_record("B.", by=None)
    claim_record(record, by=ben)
    end_account(ben.person, by=ben)
    assert not Person.objects.filter(pk=record.pk).exists()


def test_stories_are_taken_back_where_they_want_that(ben: Viewer) -> None:
    call = StoryCall.objects.create(slug="call", title="Call", prompt="Tell.")
    story = Story.objects.create(
        call=call, key=uuid4(), person=ben.person, text="Once.", title="Once", state=State.SHOWN,
        sent_at=timezone.now(), consent=consent_given(public=True, research=False),
    )  # fmt: skip
    end_account(ben.person, by=ben, takes_words_back=True)
    story.refresh_from_db()
    assert (story.state, story.text, story.title) == (State.WITHDRAWN, "", "")


def test_comments_are_taken_back_where_they_want_that(ben: Viewer) -> None:
    mine = comment(ben.person)
    end_account(ben.person, by=ben, takes_words_back=True)
    mine.refresh_from_db()
    assert (mine.state, mine.text) == (State.WITHDRAWN, "")


def test_a_place_at_an_event_to_come_goes_to_whoever_waits(
    ben: Viewer, make_event: Callable[..., Event]
) -> None:
    day = make_event(date=SOON.isoformat(), status=Event.Status.ANNOUNCED, takes_sign_ups=True, capacity=1)
    mine = SignUp.objects.create(
        event=day, person=ben.person, name="Ben", state=SignUp.State.GOING, token_hash="a"
    )
    waits = SignUp.objects.create(
        event=day, name="Dee", email="dee@example.org", state=SignUp.State.WAITING,
        token_hash="b", confirmed_at=timezone.now(),
    )  # fmt: skip
    end_account(ben.person, by=ben)
    for place, state in ((mine, SignUp.State.CANCELLED), (waits, SignUp.State.GOING)):
        place.refresh_from_db()
        assert place.state == state


def test_invitations_they_sent_are_worth_nothing_any_more(ben: Viewer, credited: Event) -> None:
    sent = Invitation.objects.create(
        email="dee@example.org", token_hash="a", duty="organiser", event=credited,
        invited_by=ben.person, expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    end_account(ben.person, by=ben)
    sent.refresh_from_db()
    assert sent.withdrawn_at is not None


def test_the_log_keeps_what_was_done_without_the_name(ben: Viewer, steward: Viewer) -> None:
    put_on_record("Dee", by=steward)
    Act.objects.create(person=ben.person, actor="person", verb="opened", subject_kind="board", subject="x")
    end_account(ben.person, by=ben)
    assert Act.objects.get(verb="opened").person is None
    assert Act.objects.get(verb="account_ended").person is None


def test_the_last_steward_stays(steward: Viewer) -> None:
    with pytest.raises(Refused, match="steward"):
        end_account(steward.person, by=steward)
    assert Person.objects.filter(pk=steward.person.pk).exists()


def test_nobody_ends_the_account_of_somebody_else(ben: Viewer, steward: Viewer) -> None:
    for other in (steward, Viewer(guest_key="cleo")):
        with pytest.raises(Refused, match="Only you yourself"):
            end_account(ben.person, by=other)


def test_ending_it_asks_for_the_address_and_signs_out_everywhere(client: Client, ben: Viewer) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(ben.person)
        UserSession.objects.create(user=ben.person, session_key=browser.session.session_key, ip="::1")
    page = reverse("account_end")
    assert "without your name" in client.get(page).content.decode()
    for typed in ("", "other@example.org"):
        assert client.post(page, {"email": typed}).status_code == 422
    assert Person.objects.filter(pk=ben.person.pk).exists()
    assert client.post(page, {"email": "BEN@example.org"}).url == reverse("front")
    assert not Person.objects.filter(pk=ben.person.pk).exists()
    assert elsewhere.get(page).status_code == 302
    assert not UserSession.objects.exists()
    assert not [one for one in Session.objects.all() if "_auth_user_id" in one.get_decoded()]
    told = Letter.objects.get(kind="account_ended")
    assert told.to == EMAIL


def test_mail_on_its_way_to_whoever_left_goes_with_them(ben: Viewer) -> None:
    for to in (EMAIL, EMAIL.upper(), "other@example.org"):
        write_letter("test", to, name="account_ended", context={})
    end_account(ben.person, by=ben)
    left = Letter.objects.order_by("pk").values_list("kind", "to")
    assert list(left) == [("test", "other@example.org"), ("account_ended", EMAIL)]
