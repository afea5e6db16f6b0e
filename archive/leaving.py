"""Ending an account: what names the person goes, or stays without the name; no list keeps their address."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from archive.own_data import addresses_of
from events.invitations import withdraw_invitation
from events.models import AgendaItem, EventOrganiser, Invitation, SignUp
from events.places import is_over
from events.sign_ups import give_back
from journal.comments import withdraw_comment
from journal.models import Comment, PostAuthor, Report, State, Story
from journal.stories import withdraw_story
from outcomes.models import Signature
from outcomes.signatures import withdraw_signature
from people.guests import Viewer
from people.models import Case, Letter, Person, Role, Subscriber
from people.outbox import write_letter
from people.records import put_on_record
from people.refusals import Refused
from people.roles import end_role
from people.sessions import end_sessions
from people.trace import leave_trace

# What the list outside the database says, so that a restore leaves as much as they wanted.
KEEPS_CREDIT = "keeps credit"
# Where a person is credited in public.
CREDITS = ((EventOrganiser, "person"), (AgendaItem.leads.through, "person"), (PostAuthor, "person"))


@transaction.atomic
def end_account(
    person: Person, *, by: Viewer, keeps_credit: bool = False, takes_words_back: bool = False
) -> None:
    """Delete somebody's own account, for good; they are told by a last letter.

    With `keeps_credit` their name stays where they are credited, on a record without an account.
    Refuses the last steward.
    """
    if by.person is None or by.person != person:
        raise Refused(_("Only you yourself can end your account."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    for role in person.roles.filter(kind=Role.Kind.STEWARD):
        end_role(role, by=None)
    emails = addresses_of(person)
    _give_up(person, emails, by=by, takes_words_back=takes_words_back)
    _keep_credit(person) if keeps_credit else _drop_credit(person)
    _forget_addresses(person, emails)
    leave_trace("account_ended", person, by=by, standing=KEEPS_CREDIT if keeps_credit else "")
    if person.email:
        write_letter("account_ended", person.email, name="account_ended", context={})
    end_sessions(person)
    person.delete()


def _give_up(person: Person, emails: Iterable[str], *, by: Viewer, takes_words_back: bool) -> None:
    """What others wait for: places at events, and invitations that stood in this person's name."""
    for place in _theirs(SignUp, person, emails).select_related("event"):
        if place.state != SignUp.State.CANCELLED and not is_over(place.event):
            give_back(place, by=by)
    for invitation in Invitation.objects.waiting().filter(invited_by=person):
        withdraw_invitation(invitation, by=None)
    if takes_words_back:
        for comment in Comment.objects.of(by).exclude(state=State.WITHDRAWN):
            withdraw_comment(comment, by=by)
        for story in Story.objects.filter(person=person).exclude(state=State.WITHDRAWN):
            withdraw_story(story, by=by)
        for signature in _theirs(Signature, person, emails).select_related("call"):
            withdraw_signature(signature, by=by)


def _keep_credit(person: Person) -> None:
    """Put a record without an account in their place; those that were part of the account lead to it."""
    record = put_on_record(person.name, by=None)
    for model, name in CREDITS:
        model.objects.filter(**{name: person}).update(**{name: record})
    person.merged.update(merged_into=record)


def _drop_credit(person: Person) -> None:
    for model, name in CREDITS:
        model.objects.filter(**{name: person}).delete()
    person.merged.all().delete()


def _forget_addresses(person: Person, emails: Iterable[str]) -> None:
    """Take the addresses, and what came with them, out of what stays."""
    nobody = {"name": "", "email": "", "access_needs": "", "person": None}
    _theirs(SignUp, person, emails).update(**nobody)
    for model in (Comment, Story, Signature):
        _theirs(model, person, emails).update(email="")
    for model in (Report, Invitation, Case):
        model.objects.filter(_with(emails)).update(email="")
    _theirs(Subscriber, person, emails).delete()
    for email in emails:
        Letter.objects.filter(to__iexact=email).delete()


def _theirs(model: type[models.Model], person: Person, emails: Iterable[str]) -> models.QuerySet:
    return model.objects.filter(_with(emails) | models.Q(person=person))


def _with(emails: Iterable[str]) -> models.Q:
    """A condition: the row carries one of these addresses."""
    found = models.Q(pk__in=[])
    for email in emails:
        found |= models.Q(email__iexact=email)
    return found
