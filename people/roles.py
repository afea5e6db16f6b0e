"""Acts on roles over the whole site. Only stewards give and end them.

steward      everything, and the roles of everybody else
organiser    puts new events and series on record, and runs those
moderator    decides everywhere what is shown
researcher   reads what may be used for research, and takes it away
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduce.languages import in_the_sites_language
from people.guests import Viewer
from people.models import Person, Role
from people.refusals import Refused
from people.sessions import end_sessions
from people.trace import leave_trace


@transaction.atomic
def give_role(person: Person, kind: str, *, by: Viewer | None, until: datetime | None = None) -> Role:
    """Give `person` a role over the whole site, or change when the one they have ends.

    Refuses whoever is no steward, an end that has passed, and an end for the last steward. It signs
    the person out everywhere.
    """
    _must_be_steward(by)
    role = hold_role(person, kind, given_by=by.person if by else None, until=until)
    with in_the_sites_language():
        leave_trace("role_given", role, by=by, why=role.get_kind_display())
    return role


def hold_role(person: Person, kind: str, *, given_by: Person | None, until: datetime | None) -> Role:
    """Give a role without asking who may: an act that calls this has asked, and leaves the trace."""
    if until is not None and until <= timezone.now():
        raise Refused(_("Give a day from today on: the role ends at the end of it."))
    _lock_stewards()
    given = {"given_by": given_by, "given_at": timezone.now(), "until": until}
    role, _is_new = Role.objects.update_or_create(person=person, kind=Role.Kind(kind), defaults=given)
    _must_leave_a_steward(role)
    end_sessions(person)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Viewer | None) -> None:
    """Take a role away now; refuses where nobody would be left who looks after the site."""
    _must_be_steward(by)
    _lock_stewards()
    with in_the_sites_language():
        leave_trace("role_ended", role, by=by, why=role.get_kind_display())
    Role.objects.filter(pk=role.pk).delete()
    _must_leave_a_steward(role)
    end_sessions(role.person)


def forget_roles(now: datetime) -> int:
    """Deletes roles that ended by `now`, so that nobody stays on record for them; how many."""
    return Role.objects.filter(until__lte=now).delete()[0]


def _must_be_steward(by: Viewer | None) -> None:
    if by is not None and not by.is_steward:
        raise Refused(_("Only stewards give and end roles over the whole site."))


def _lock_stewards() -> None:
    """So that two stewards who end each other's role at once do not both succeed."""
    list(Role.objects.select_for_update().filter(kind=Role.Kind.STEWARD).order_by("pk"))


def _must_leave_a_steward(changed: Role) -> None:
    staying = Role.objects.filter(kind=Role.Kind.STEWARD, until=None, person__is_active=True)
    if changed.kind == Role.Kind.STEWARD and not staying.exists():
        raise Refused(_("One steward has to stay, without an end. Make somebody else a steward first."))
