"""Giving and ending roles in an event or a series, and what that ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.duties import appoint, end_appointment, forget_appointments
from events.invitations import forget_invitations, invite
from events.models import Appointment, Duty, Event, Invitation, Series
from people.guests import Viewer
from people.models import Act, Letter, Person
from people.refusals import Refused
from tests.conftest import make_person
from tests.sessions import is_signed_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.fixture
def fay(db: None) -> Person:
    return make_person("Fay")


def test_a_role_in_a_series_holds_in_every_event_of_it(event: Event, fay: Person, steward: Viewer) -> None:
    event.series = Series.objects.create(slug="walks", name="Walks")
    event.save()
    appoint(fay, Duty.ORGANISER, by=steward, series=event.series)
    assert event.is_run_by(Viewer(person=fay))


def test_a_role_ends_by_itself(event: Event, fay: Person, ada: Viewer) -> None:
    until = timezone.now() + timedelta(hours=1)
    appointment = appoint(fay, Duty.FACILITATOR, by=ada, event=event, until=until)
    assert event.is_facilitated_by(Viewer(person=fay))
    Appointment.objects.filter(pk=appointment.pk).update(until=timezone.now())
    assert not event.is_facilitated_by(Viewer(person=fay))
    with pytest.raises(Refused, match="from today on"):
        appoint(fay, Duty.MODERATOR, by=ada, event=event, until=timezone.now() - timedelta(days=1))


def test_giving_a_role_again_changes_when_it_ends(event: Event, fay: Person, ada: Viewer) -> None:
    first = appoint(fay, Duty.FACILITATOR, by=ada, event=event, until=timezone.now() + timedelta(days=1))
    again = appoint(fay, Duty.FACILITATOR, by=ada, event=event)
    assert again == first
    assert Appointment.objects.get().until is None


def test_every_role_given_or_ended_is_in_the_trace(event: Event, fay: Person, ada: Viewer) -> None:
    end_appointment(appoint(fay, Duty.MODERATOR, by=ada, event=event), by=ada)
    said = Act.objects.filter(subject_kind="appointment").order_by("pk")
    assert [(act.verb, act.person, act.why) for act in said] == [
        ("appointed", ada.person, "Moderator"),
        ("appointment_ended", ada.person, "Moderator"),
    ]


def test_a_role_given_or_ended_signs_the_person_out_everywhere(
    event: Event, fay: Person, ada: Viewer
) -> None:
    first = signed_in(fay)
    appointment = appoint(fay, Duty.MODERATOR, by=ada, event=event)
    assert not is_signed_in(first)
    second, elsewhere = signed_in(fay), signed_in(ada.person)
    end_appointment(appointment, by=ada)
    assert not is_signed_in(second)
    assert is_signed_in(elsewhere)


def test_whoever_lays_down_a_role_on_the_page_goes_on_under_a_new_key(
    event: Event, fay: Person, ada: Viewer
) -> None:
    appointment = appoint(fay, Duty.ORGANISER, by=ada, event=event)
    here, elsewhere, before = signed_in(fay), signed_in(fay), Client()
    before.cookies["sessionid"] = here.cookies["sessionid"].value
    here.post(reverse("event_roles", args=[event.slug]), {"act": "end", "number": appointment.pk})
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(before)
    assert not event.is_run_by(Viewer(person=fay))


def test_the_last_organiser_does_not_leave_an_event_to_nobody(
    event: Event, fay: Person, steward: Viewer, ada: Viewer
) -> None:
    appointment = appoint(fay, Duty.ORGANISER, by=ada, event=event)
    event.organisers.all().delete()
    with pytest.raises(Refused, match="Nobody would organise"):
        end_appointment(appointment, by=Viewer(person=fay))
    appointment.refresh_from_db()
    assert appointment.ended_at is None
    end_appointment(appointment, by=steward)
    appointment.refresh_from_db()
    assert appointment.ended_at is not None


def test_whoever_has_a_role_may_lay_it_down(event: Event, fay: Person, ada: Viewer) -> None:
    appointment = appoint(fay, Duty.TRANSCRIBER, by=ada, event=event)
    end_appointment(appointment, by=Viewer(person=fay))
    assert not event.is_transcribed_by(Viewer(person=fay))


def test_the_page_is_for_those_who_organise(client: Client, event: Event, fay: Person, ada: Viewer) -> None:
    appoint(fay, Duty.FACILITATOR, by=ada, event=event)
    client.force_login(fay)
    for name in ("event_roles", "event_log"):
        assert client.get(reverse(name, args=[event.slug])).status_code == 404
    client.force_login(ada.person)
    page = client.get(reverse("event_roles", args=[event.slug]))
    assert "Fay" in page.text
    assert "Named on the record" in page.text


def test_a_role_is_given_on_the_page_to_somebody_known(
    client: Client, event: Event, make_event: Callable[..., Event], fay: Person, ada: Viewer
) -> None:
    appoint(fay, Duty.TRANSCRIBER, by=ada, event=make_event("elsewhere"))
    client.force_login(ada.person)
    address = reverse("event_roles", args=[event.slug])
    sent = {"act": "give", "give-person": fay.identifier, "give-duty": Duty.FACILITATOR}
    assert client.post(address, sent).status_code == 302
    assert event.is_facilitated_by(Viewer(person=fay))


def test_a_stranger_cannot_be_given_a_role_by_their_number(client: Client, event: Event, ada: Viewer) -> None:
    stranger = make_person("Zoe")
    client.force_login(ada.person)
    sent = {"act": "give", "give-person": stranger.identifier, "give-duty": Duty.FACILITATOR}
    answer = client.post(reverse("event_roles", args=[event.slug]), sent)
    assert answer.status_code == 422
    assert not Appointment.objects.filter(person=stranger).exists()


def test_an_invitation_is_sent_and_taken_back_on_the_page(client: Client, event: Event, ada: Viewer) -> None:
    client.force_login(ada.person)
    address = reverse("event_roles", args=[event.slug])
    sent = {"act": "invite", "invite-email": "gil@example.org", "invite-duty": "", "invite-message": "Come."}
    missing = client.post(address, sent)
    assert missing.status_code == 422
    assert "gil@example.org" in missing.text
    assert not Letter.objects.exists()
    client.post(address, sent | {"invite-duty": Duty.MODERATOR})
    assert Letter.objects.get(kind="invitation").to == "gil@example.org"
    page = client.get(address)
    assert "gil@example.org" in page.text
    client.post(address, {"act": "withdraw", "number": Invitation.objects.get().pk})
    assert Invitation.objects.get().withdrawn_at is not None


def test_nothing_of_another_event_is_ended_from_here(
    client: Client, event: Event, make_event: Callable[..., Event], fay: Person, ada: Viewer
) -> None:
    elsewhere = appoint(fay, Duty.MODERATOR, by=ada, event=make_event("elsewhere"))
    client.force_login(ada.person)
    for number in (elsewhere.pk, "", "٣", "9" * 40, "x"):
        client.post(reverse("event_roles", args=[event.slug]), {"act": "end", "number": number})
    elsewhere.refresh_from_db()
    assert elsewhere.ended_at is None


def test_the_page_takes_as_many_queries_for_one_role_as_for_three(
    client: Client, event: Event, ada: Viewer, django_assert_max_num_queries: Callable
) -> None:
    client.force_login(ada.person)
    address = reverse("event_roles", args=[event.slug])
    for name in ("Fay", "Gil", "Hana"):
        appoint(make_person(name), Duty.MODERATOR, by=ada, event=event)
        invite(f"{name}2@example.org", by=ada, event=event, duty=Duty.MODERATOR)
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_whom_a_letter_went_to_is_forgotten_after_a_month_and_a_role_after_three_years(
    event: Event, fay: Person, ada: Viewer
) -> None:
    invite("gil@example.org", by=ada, event=event, duty=Duty.MODERATOR, message="Come.")
    end_appointment(appoint(fay, Duty.MODERATOR, by=ada, event=event), by=ada)
    appoint(fay, Duty.FACILITATOR, by=ada, event=event)
    month, years = timezone.now() + timedelta(days=45), timezone.now() + timedelta(days=1096)
    assert forget_invitations(timezone.now() + timedelta(days=43)) == 0
    assert forget_invitations(month) == 1
    assert (Invitation.objects.get().email, Invitation.objects.get().message) == ("", "")
    assert forget_appointments(month) == 0
    assert forget_appointments(years) == 1
    assert Appointment.objects.get().duty == Duty.FACILITATOR
