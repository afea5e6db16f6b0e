"""Acts on invitations: a letter to an address that gives whoever opens it a role, or their record."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from coproduce.languages import in_the_sites_language
from events.duties import hold_duty, must_give_roles
from events.models import Appointment, Duty, Event, Invitation, Series
from people.claiming import claim_record
from people.guests import Viewer
from people.limits import DAY, Limit, count
from people.models import Person, PersonQuerySet, Role
from people.outbox import write_letter
from people.refusals import Refused
from people.roles import hold_role
from people.sessions import end_sessions
from people.trace import leave_trace

LASTS = timedelta(days=14)
KEPT = timedelta(days=30)  # after it ended, until when the address stays on record
OF_INVITER = Limit("invitations of one person", 40, DAY)
TO_ADDRESS = Limit("invitations to one address", 3, DAY)
# What can be given over the whole site by a letter; a steward is made by a steward, face to face.
OVER_THE_SITE = (Duty.ORGANISER, Duty.MODERATOR, Duty.RESEARCHER)


@transaction.atomic
def invite(
    email: str,
    *,
    by: Viewer | None,
    duty: str = "",
    event: Event | None = None,
    series: Series | None = None,
    record: Person | None = None,
    until: datetime | None = None,
    message: str = "",
) -> Invitation:
    """Write to `email` that a role is theirs, or their record; the letter holds good for 14 days.

    Without an event or a series the role is over the whole site. An earlier letter to the same
    address about the same thing ends. Refuses what `by` may not give; raises people.limits.TooMany.
    """
    _must_invite(by, duty=duty, event=event, series=series, record=record)
    if until is not None and until <= timezone.now():
        raise Refused(_("Give a day from today on: the role ends at the end of it."))
    _count(email, by)
    about = {"duty": duty, "event": event, "series": series, "record": record}
    for earlier in Invitation.objects.waiting().filter(email__iexact=email, **about):
        _end(earlier, by)
    token = secrets.token_urlsafe(16)
    invitation = Invitation.objects.create(
        **about,
        email=email,
        until=until,
        message=message,
        token_hash=hash_of(token),
        invited_by=by.person if by else None,
        expires_at=timezone.now() + LASTS,
    )
    _write(invitation, token)
    with in_the_sites_language():
        leave_trace("invited", invitation, by=by, why=invitation.get_duty_display())
    return invitation


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _count(email: str, by: Viewer | None) -> None:
    to = salted_hmac("invitations", email.lower(), algorithm="sha256").hexdigest()[:32]
    count((TO_ADDRESS, to), *([(OF_INVITER, by.key)] if by else []))


def _write(invitation: Invitation, token: str) -> None:
    context = {
        "invitation": invitation,
        "address": settings.SITE_URL + reverse("invitation", args=[token]),
        "days": LASTS.days,
    }
    write_letter("invitation", invitation.email, name="invitation", context=context)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Viewer | None) -> None:
    """Make a letter worthless that nobody accepted yet; for those who could send it."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _must_invite(by, duty=found.duty, event=found.event, series=found.series, record=found.record)
    if found.accepted_at is not None:
        raise Refused(_("It was accepted meanwhile. End the role instead."))
    if found.withdrawn_at is None:
        _end(found, by)


def _end(invitation: Invitation, by: Viewer | None) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    leave_trace("invitation_withdrawn", invitation, by=by)


def invitation_with(token: str) -> Invitation | None:
    """The invitation that a letter's address leads to, whatever became of it."""
    parts = ("event", "series", "record", "invited_by")
    return Invitation.objects.select_related(*parts).filter(token_hash=hash_of(token)).first()


def state_of(invitation: Invitation) -> str:
    """What became of it: "waiting", "accepted", "withdrawn", "expired", or "unfounded".

    Unfounded is one whose sender may not give that role any more.
    """
    if invitation.accepted_at is not None:
        return "accepted"
    if invitation.withdrawn_at is not None:
        return "withdrawn"
    ends = [moment for moment in (invitation.expires_at, invitation.until) if moment]
    if min(ends) <= timezone.now():
        return "expired"
    return "waiting" if _stands(invitation) else "unfounded"


def _stands(invitation: Invitation) -> bool:
    """Whether whoever sent it might send it today; what the site itself sent always stands."""
    of = {name: getattr(invitation, name) for name in ("duty", "event", "series", "record")}
    try:
        _must_invite(Viewer(person=invitation.invited_by) if invitation.invited_by else None, **of)
    except Refused:
        return False
    return True


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Viewer) -> None:
    """Take the role, or the record, that a letter gives; whoever holds its address may, once.

    It signs them out everywhere: the view gives the browser they use now a new key.
    """
    found = _locked(invitation)
    if by.person is None or not holds_address(by.person, found.email):
        raise Refused(_("This invitation was sent to another address than yours."))
    if found.duty:
        _give(found, by.person)
    if found.record:
        claim_record(found.record, by=by)
    found.accepted_at, found.accepted_by = timezone.now(), by.person
    found.save(update_fields=["accepted_at", "accepted_by"])
    with in_the_sites_language():
        leave_trace("accepted", found, by=by, why=found.get_duty_display())
    end_sessions(by.person)


@transaction.atomic
def join_by_invitation(invitation: Invitation, name: str, *, by: Viewer | None) -> Person:
    """Make an account under `name` for whoever opened the letter, and accept it for them.

    The letter's address has shown that the e-mail address is theirs. Refuses where an account has it.
    """
    found = _locked(invitation)
    if not (name := " ".join(name.split())):
        raise Refused(_("Say what others may call you."))
    person = _make_account(found.email, name)
    leave_trace("joined", person, by=by)
    accept_invitation(found, by=Viewer(person=person))
    return person


def _locked(invitation: Invitation) -> Invitation:
    """The invitation as it stands now, held until the end of the transaction; refuses one that ended."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if state_of(found) != "waiting":
        raise Refused(_("This invitation does not hold any more. Ask whoever sent it for a new one."))
    return found


def _make_account(email: str, name: str) -> Person:
    if accounts_with(email).exists():
        raise Refused(_("There is an account with this address already. Sign in to it first."))
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, name=name)
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    except IntegrityError:
        raise Refused(_("There is an account with this address by now. Sign in to it first.")) from None
    return person


def accounts_with(email: str) -> PersonQuerySet:
    """The accounts that have an address, as their main one or as another that they confirmed."""
    other = Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    return Person.objects.filter(Q(email__iexact=email) | other).distinct()


def holds_address(person: Person, email: str) -> bool:
    return bool(email) and accounts_with(email).filter(pk=person.pk).exists()


def forget_invitations(now: datetime) -> int:
    """Empties whom invitations went to, and what they said, KEPT after they ended; how many."""
    then = now - KEPT
    ended = Q(expires_at__lte=then) | Q(accepted_at__lte=then) | Q(withdrawn_at__lte=then)
    return Invitation.objects.filter(ended).exclude(email="", message="").update(email="", message="")


def _give(invitation: Invitation, person: Person) -> Appointment | Role:
    given = {"given_by": invitation.invited_by, "until": invitation.until}
    if invitation.event or invitation.series:
        of = {"event": invitation.event, "series": invitation.series}
        return hold_duty(person, invitation.duty, **of, **given)
    return hold_role(person, invitation.duty, **given)


def _must_invite(
    by: Viewer | None, *, duty: str, event: Event | None, series: Series | None, record: Person | None
) -> None:
    """Refuses what `by` may not give: a role that is not theirs to give, a record that gives one."""
    if record is not None:
        _must_hand_over(record, by)
    if event or series:
        must_give_roles(by, event=event, series=series)
    elif duty and duty not in OVER_THE_SITE:
        raise Refused(_("That role is held in an event or a series. Invite from its page."))
    elif duty and by is not None and not by.is_steward:
        raise Refused(_("Only stewards give roles over the whole site."))


def _must_hand_over(record: Person, by: Viewer | None) -> None:
    """Refuses a record that would bring along what is not the inviter's to give."""
    if record.email is not None or record.merged_into_id is not None:
        raise Refused(_("This record has an account already. Its holder signs in to it."))
    if by is None or by.is_steward:
        return
    others = record.organised_events.exclude(pk__in=Event.objects.run_by(by).values("pk"))
    held = (others, record.appointments.all(), record.roles.all(), record.authored.all())
    if not by.may_organise or any(rows.exists() for rows in held):
        raise Refused(_("This record brings along what is not yours to give. Ask a steward to invite them."))
