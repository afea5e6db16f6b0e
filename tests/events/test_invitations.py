"""Invitations: one letter, one acceptance, by whoever holds the address; nothing else revives one."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.duties import end_appointment
from events.invitations import (
    accept_invitation,
    invitation_with,
    invite,
    join_by_invitation,
    state_of,
    withdraw_invitation,
)
from events.models import Appointment, Duty, Event, Invitation, Series
from people.guests import ANYBODY, Viewer
from people.limits import TooMany
from people.models import Act, Letter, Person, Role
from people.refusals import Refused
from tests.conftest import make_person
from tests.sessions import is_signed_in, signed_in

pytestmark = pytest.mark.django_db
NEW = "fay@example.org"


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def address_in(letter: Letter) -> str:
    """The page that a letter leads to."""
    return re.search(r"(/invitations/[^/\s]+/)", letter.text).group(1)


def token_in(letter: Letter) -> str:
    return address_in(letter).split("/")[2]


def account(name: str = "Fay") -> Person:
    person = make_person(name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_the_letter_leads_to_a_page_where_an_account_with_the_role_is_made(
    client: Client, event: Event, ada: Viewer
) -> None:
    invite(NEW, by=ada, event=event, duty=Duty.FACILITATOR, message="You know the room.")
    letter = Letter.objects.get(kind="invitation")
    assert letter.to == NEW
    assert "facilitator of Wall day" in letter.text
    assert "You know the room." in letter.text
    page = client.get(address_in(letter))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page.text
    assert not Person.objects.filter(email=NEW).exists()
    answer = client.post(address_in(letter), {"name": "Fay"})
    assert answer["Location"] == event.get_absolute_url()
    fay = Person.objects.get(email=NEW)
    assert fay.name == "Fay"
    assert EmailAddress.objects.get(user=fay).verified
    assert event.is_facilitated_by(Viewer(person=fay))
    assert not event.is_run_by(Viewer(person=fay))
    assert client.get("/account/email/").status_code == 200


def test_opening_the_page_changes_nothing(client: Client, event: Event, ada: Viewer) -> None:
    invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    before = Invitation.objects.values().get(), Act.objects.count()
    for _ in range(2):
        client.get(address_in(Letter.objects.get(kind="invitation")))
    assert (Invitation.objects.values().get(), Act.objects.count()) == before
    assert not Appointment.objects.exists()


def test_the_database_holds_no_key_to_an_invitation(event: Event, ada: Viewer) -> None:
    invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    token = token_in(Letter.objects.get(kind="invitation"))
    assert len(token) >= 22  # characters of six bits: 128
    assert token not in repr(Invitation.objects.values().get())
    assert invitation_with(token) == Invitation.objects.get()
    assert invitation_with(Invitation.objects.get().token_hash) is None


def test_an_account_with_the_address_signs_in_first(client: Client, event: Event, ada: Viewer) -> None:
    fay = account()
    invite(NEW.upper(), by=ada, event=event, duty=Duty.TRANSCRIBER)
    address = address_in(Letter.objects.get(kind="invitation"))
    page = client.get(address).text
    assert f"/account/login/?next={address}" in page
    client.post(address, {"name": "Mallory"})
    assert not Appointment.objects.exists()
    client.force_login(fay)
    assert "Accept" in client.get(address).text
    assert client.post(address)["Location"] == event.get_absolute_url()
    assert event.is_transcribed_by(Viewer(person=fay))
    assert client.get("/account/email/").status_code == 200


def test_somebody_elses_account_is_told_so_and_gets_nothing(
    client: Client, event: Event, ada: Viewer
) -> None:
    mallory = account("Mallory")
    # An address that was added to an account and never confirmed is not theirs.
    EmailAddress.objects.create(user=mallory, email=NEW, verified=False, primary=False)
    invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    address = address_in(Letter.objects.get(kind="invitation"))
    client.force_login(mallory)
    assert "with another address" in client.get(address).text
    client.post(address)
    client.post(address, {"name": "Mallory"})
    assert not Appointment.objects.exists()
    with pytest.raises(Refused):
        accept_invitation(Invitation.objects.get(), by=Viewer(person=mallory))


def test_a_second_confirmed_address_of_an_account_counts(event: Event, ada: Viewer) -> None:
    gil = account("Gil")
    EmailAddress.objects.create(user=gil, email=NEW, verified=True, primary=False)
    accept_invitation(invite(NEW, by=ada, event=event, duty=Duty.MODERATOR), by=Viewer(person=gil))
    assert event.is_moderated_by(Viewer(person=gil))


def test_it_works_once(client: Client, event: Event, ada: Viewer) -> None:
    invitation = invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    fay = join_by_invitation(invitation, "Fay", by=ANYBODY)
    end_appointment(Appointment.objects.get(person=fay), by=ada)
    with pytest.raises(Refused):
        accept_invitation(invitation, by=Viewer(person=fay))
    page = client.get(address_in(Letter.objects.get(kind="invitation")))
    assert page.status_code == 410
    assert "was accepted" in page.text


def test_an_expired_one_stays_expired_whatever_else_is_done(
    client: Client, event: Event, ada: Viewer, do_work: Callable[[], int]
) -> None:
    invitation = invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    address = address_in(Letter.objects.get(kind="invitation"))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    fay = account()
    reset_password(client, do_work)
    client.force_login(fay)
    for answer in (client.get(address), client.post(address), client.post(address, {"name": "Fay"})):
        assert answer.status_code == 410
        assert "run out" in answer.text
    with pytest.raises(Refused):
        accept_invitation(invitation, by=Viewer(person=fay))
    assert not Appointment.objects.exists()


def reset_password(client: Client, do_work: Callable[[], int]) -> None:
    """As somebody would who hopes that it lets them in."""
    mail.outbox.clear()
    answer = client.post("/account/password/reset/", {"email": NEW})
    do_work()
    codes = [re.search(r"^\s*([0-9A-Z-]{6,})\s*$", one.body, re.MULTILINE) for one in mail.outbox]
    (code,) = [found.group(1) for found in codes if found]
    answer = client.post(answer["Location"], {"code": code})
    password = {"password1": "correct horse battery staple", "password2": "correct horse battery staple"}
    assert client.post(answer["Location"], password).status_code == 302


def test_one_that_was_taken_back_says_so(client: Client, event: Event, ada: Viewer) -> None:
    invitation = invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    withdraw_invitation(invitation, by=ada)
    page = client.post(address_in(Letter.objects.get(kind="invitation")), {"name": "Fay"})
    assert page.status_code == 410
    assert "taken back" in page.text
    assert not Person.objects.filter(email=NEW).exists()


def test_a_newer_letter_about_the_same_ends_the_older(event: Event, ada: Viewer) -> None:
    older = invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    newer = invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    other = invite(NEW, by=ada, event=event, duty=Duty.MODERATOR)
    older.refresh_from_db()
    assert [state_of(one) for one in (older, newer, other)] == ["withdrawn", "waiting", "waiting"]


def test_what_somebody_sent_who_lost_the_right_gives_nothing(
    client: Client, event: Event, ada: Viewer
) -> None:
    invitation = invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    event.organisers.all().delete()
    assert state_of(invitation) == "unfounded"
    page = client.post(address_in(Letter.objects.get(kind="invitation")), {"name": "Fay"})
    assert page.status_code == 410
    with pytest.raises(Refused):
        join_by_invitation(invitation, "Fay", by=ANYBODY)


def test_the_end_of_the_role_travels_with_the_letter(event: Event, ada: Viewer) -> None:
    until = timezone.now() + timedelta(days=30)
    fay = join_by_invitation(
        invite(NEW, by=ada, event=event, duty=Duty.FACILITATOR, until=until), "Fay", by=ANYBODY
    )
    assert Appointment.objects.get(person=fay).until == until


def test_a_role_over_the_whole_site_is_a_stewards_to_offer(ada: Viewer, steward: Viewer) -> None:
    with pytest.raises(Refused):
        invite(NEW, by=ada, duty=Duty.ORGANISER)
    with pytest.raises(Refused):
        invite(NEW, by=steward, duty=Duty.FACILITATOR)
    fay = join_by_invitation(invite(NEW, by=steward, duty=Duty.ORGANISER), "Fay", by=ANYBODY)
    assert Viewer(person=fay).may_organise
    assert not Viewer(person=fay).is_steward


@pytest.mark.parametrize("duty", [*Duty, ""])
def test_nobody_invites_to_what_they_do_not_organise(
    make_event: Callable[..., Event], duty: str, cleo: Viewer, ben: Viewer, researcher: Viewer
) -> None:
    event, series = make_event(), Series.objects.create(slug="walks", name="Walks")
    helper = make_person("Hana")
    Appointment.objects.create(person=helper, event=event, duty=Duty.FACILITATOR)
    record = Person.objects.create(name="Io")
    for by in (cleo, ben, researcher, Viewer(person=helper)):
        for where in ({"event": event}, {"series": series}, {"record": record}):
            with pytest.raises(Refused):
                invite(NEW, by=by, duty=duty or (Duty.ORGANISER if "record" not in where else ""), **where)
    assert not Invitation.objects.exists()


def test_whoever_opens_the_letter_about_their_record_takes_it_over(event: Event, steward: Viewer) -> None:
    record = Person.objects.create(name="Fay of the allotments")
    event.organisers.create(person=record, position=2)
    fay = join_by_invitation(invite(NEW, by=steward, record=record), "Fay", by=ANYBODY)
    record.refresh_from_db()
    assert record.merged_into == fay
    assert event.is_run_by(Viewer(person=fay))


def test_no_organiser_hands_over_a_record_that_runs_other_peoples_events(
    make_event: Callable[..., Event], steward: Viewer
) -> None:
    record = Person.objects.create(name="Io")
    make_event().organisers.create(person=record, position=2)
    other = Viewer(person=make_person("Olu", Role.Kind.ORGANISER))
    with pytest.raises(Refused):
        invite("olu+2@example.org", by=other, record=record)
    invite("io@example.org", by=steward, record=record)


def test_a_record_with_an_account_is_nobody_elses_to_take(steward: Viewer) -> None:
    with pytest.raises(Refused):
        invite(NEW, by=steward, record=make_person("Ben"))


def test_letters_cannot_be_sent_without_end(event: Event, ada: Viewer) -> None:
    for _ in range(3):
        invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    with pytest.raises(TooMany):
        invite(NEW.upper(), by=ada, event=event, duty=Duty.ORGANISER)
    for number in range(37):
        invite(f"fay{number}@example.org", by=ada, event=event, duty=Duty.ORGANISER)
    with pytest.raises(TooMany):
        invite("one.more@example.org", by=ada, event=event, duty=Duty.ORGANISER)
    assert Letter.objects.count() == 40


def test_accepting_signs_out_every_other_device_and_gives_this_one_a_new_key(
    event: Event, ada: Viewer
) -> None:
    fay = account()
    here, elsewhere = signed_in(fay), signed_in(fay)
    before = Client()
    before.cookies["sessionid"] = here.cookies["sessionid"].value
    invite(NEW, by=ada, event=event, duty=Duty.ORGANISER)
    here.post(address_in(Letter.objects.get(kind="invitation")))
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(before)


def test_a_letter_with_a_hostile_name_and_message_gives_no_header_and_no_other_link(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    event = make_event(name="Walls\r\nBcc: all@evil.example")
    invite(NEW, by=ada, event=event, duty=Duty.ORGANISER, message="Pay at https://evil.example/now")
    letter = Letter.objects.get(kind="invitation")
    assert "\n" not in letter.subject
    assert "https://evil.example" not in letter.text + letter.html
