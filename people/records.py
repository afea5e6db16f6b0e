"""Acts on people and organisations on record."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.models import Affiliation, ListingRequest, Organisation, Person
from people.refusals import Refused
from people.trace import leave_trace

_is_web_address = URLValidator(schemes=["http", "https"])
# What cannot be seen, or turns text around so that one name reads as another.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 200  # characters
LONGEST_ABOUT = 3000


def may_describe(person: Person, viewer: Viewer | None) -> bool:
    """Each their own record; stewards every one; organisers those of people without an account."""
    if viewer is None or viewer.is_steward or viewer.person == person:
        return True
    return person.email is None and viewer.may_organise


def is_known(person: Person) -> bool:
    """Whether somebody here has to do with them: they have a role, or their record was put up before."""
    return person.email is None or bool(person.role_kinds) or person.has_duties or person.merged.exists()


def may_decide(viewer: Viewer) -> bool:
    """Who looks at the words of people whom nobody here knows yet."""
    return viewer.moderates_all or viewer.may_organise


# People


@transaction.atomic
def put_on_record(name: str, *, by: Viewer | None, about: str = "", website: str = "") -> Person:
    """Put somebody without an account on record, to name them where they had a part; not listed."""
    _must_organise(by)
    person = Person(name=_named(name), about=_told(about), website=_web(website))
    person.set_unusable_password()
    person.save()
    leave_trace("put_on_record", person, by=by)
    return person


@transaction.atomic
def describe_person(person: Person, *, by: Viewer | None, name: str, about: str, website: str) -> None:
    """Change what is said of somebody. New words of people nobody knows are looked at before they show."""
    person = _locked(person, by)
    if (name or person.is_listed) and not name.strip():
        raise Refused(_("A person in the list has a name. Take yourself off the list first."))
    person.name = _named(name) if name else ""
    person.about, person.website = _told(about), _web(website)
    person.save(update_fields=["name", "about", "website"])
    leave_trace("described", person, by=by)
    _look_again(person, by)


@transaction.atomic
def list_person(person: Person, *, by: Viewer | None, basis: str = "") -> bool:
    """Name somebody in the list of people, since they agreed to it; returns whether they show at once.

    Each for themselves. Organisers list those without an account and say in `basis` how they agreed.
    Whoever nobody here knows is listed once somebody has looked at their words.
    """
    person = _locked(person, by)
    is_own = by is not None and by.person == person
    if not is_own:
        _must_have_agreed(person, by, basis)
    if not person.name:
        raise Refused(_("The list is by name. Write down a name first."))
    if is_own and not is_known(person):
        ListingRequest.objects.get_or_create(person=person)
        leave_trace("asked_to_be_listed", person, by=by)
        return False
    _set_listed(person, True)
    leave_trace("listed", person, by=by, why=basis.strip()[:300])
    return True


@transaction.atomic
def unlist_person(person: Person, *, by: Viewer | None) -> None:
    """Take somebody off the list of people; also what they asked for and nobody decided yet."""
    person = _locked(person, by)
    _set_listed(person, False)
    leave_trace("unlisted", person, by=by)


@transaction.atomic
def decide_listing(request: ListingRequest, *, by: Viewer, agrees: bool, seen: datetime) -> None:
    """Name somebody in the list who asked for it, or leave them out of it.

    `seen` is the `asked_at` of what was read: words that were changed since are not agreed to.
    """
    if not may_decide(by):
        raise Refused(_("Only organisers, moderators and stewards decide that."))
    person = Person.objects.select_for_update().get(pk=request.person_id)
    if not ListingRequest.objects.filter(pk=request.pk, asked_at=seen).exists():
        raise Refused(_("It was changed or decided meanwhile. Read it again, then decide."))
    _set_listed(person, agrees)
    leave_trace("listed" if agrees else "not_listed", person, by=by)


def _must_have_agreed(person: Person, by: Viewer | None, basis: str) -> None:
    if person.email:
        raise Refused(_("Only they themselves can say that they want to be listed."))
    if by is not None and not basis.strip():
        raise Refused(_("Say how they agreed to be listed, for example: by mail on 4 May."))


def _set_listed(person: Person, is_listed: bool) -> None:
    person.is_listed = is_listed
    person.save(update_fields=["is_listed"])
    ListingRequest.objects.filter(person=person).delete()


def _look_again(person: Person, by: Viewer | None) -> None:
    """What somebody whom nobody knows says anew is looked at again, and does not show until then."""
    if by is None or by.person != person or is_known(person):
        return
    if person.is_listed:
        _set_listed(person, False)
        ListingRequest.objects.create(person=person)
    ListingRequest.objects.filter(person=person).update(asked_at=timezone.now())


# Where they belong


@transaction.atomic
def affiliate(
    person: Person,
    organisation: Organisation,
    *,
    by: Viewer | None,
    position: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Affiliation:
    """Say that somebody belongs, or belonged, to an organisation."""
    person = _locked(person, by)
    _must_be_in_order(since, until)
    facts = {"position": _line(position)[:LONGEST_NAME], "since": since, "until": until}
    affiliation = person.affiliations.create(organisation=organisation, **facts)
    leave_trace("affiliated", person, by=by)
    _look_again(person, by)
    return affiliation


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, by: Viewer | None, until: date) -> None:
    """Say until when somebody belonged to an organisation."""
    person = _locked(affiliation.person, by)
    _must_be_in_order(affiliation.since, until)
    affiliation.until = until
    affiliation.save(update_fields=["until"])
    leave_trace("affiliation_ended", person, by=by)


@transaction.atomic
def remove_affiliation(affiliation: Affiliation, *, by: Viewer | None) -> None:
    """Take out what was wrong, or what somebody does not want to be said of them."""
    person = _locked(affiliation.person, by)
    affiliation.delete()
    leave_trace("affiliation_removed", person, by=by)


# Organisations


@transaction.atomic
def found_organisation(name: str, *, by: Viewer | None, about: str = "", website: str = "") -> Organisation:
    """Put an organisation on record; refuses a name that another one has."""
    _must_organise(by)
    organisation = Organisation()
    _describe(organisation, name, about, website)
    leave_trace("put_on_record", organisation, by=by)
    return organisation


@transaction.atomic
def describe_organisation(
    organisation: Organisation, *, by: Viewer | None, name: str, about: str, website: str
) -> None:
    """Change what an organisation is called and what is said of it."""
    _must_organise(by)
    _describe(organisation, name, about, website)
    leave_trace("described", organisation, by=by)


def _describe(organisation: Organisation, name: str, about: str, website: str) -> None:
    name = _named(name)
    if Organisation.objects.exclude(pk=organisation.pk).filter(name__iexact=name).exists():
        raise Refused(_("There is an organisation called “%(name)s” already.") % {"name": name})
    organisation.name, organisation.about, organisation.website = name, _told(about), _web(website)
    organisation.save()


# What is asked of all of them


def _locked(person: Person, by: Viewer | None) -> Person:
    """The person as they stand now, for `by` to change; refuses who may not."""
    if not may_describe(person, by):
        raise Refused(_("Only they themselves and stewards can change that."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into_id:
        raise Refused(_("This record belongs to an account now. Change it there."))
    return person


def _must_organise(by: Viewer | None) -> None:
    if by is not None and not by.may_organise:
        raise Refused(_("Only organisers and stewards put people and organisations on record."))


def _must_be_in_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Refused(_("It ends before it begins. Change one of the two days."))


def _named(name: str) -> str:
    if not (name := _line(name)):
        raise Refused(_("Write down a name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("A name has at most %(longest_name)s characters.") % {"longest_name": LONGEST_NAME})
    return name


def _line(typed: str) -> str:
    return " ".join(UNSEEN.sub("", typed).split())


def _told(about: str) -> str:
    if len(about := UNSEEN.sub("", about).strip()) > LONGEST_ABOUT:
        raise Refused(
            _("That is more than %(longest_about)s characters. Make it shorter.")
            % {"longest_about": LONGEST_ABOUT}
        )
    return about


def _web(address: str) -> str:
    if not (address := address.strip()):
        return ""
    try:
        _is_web_address(address)
    except ValidationError:
        raise Refused(_("A website begins with https:// or http://.")) from None
    if len(address) > LONGEST_NAME:
        raise Refused(
            _("The address of a website has at most %(longest_name)s characters here.")
            % {"longest_name": LONGEST_NAME}
        )
    return address
