"""The people whom a newcomer can sign in as."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from events.models import Duty
from people.guests import Viewer
from people.models import Person, Role

DOES = {
    Role.Kind.ORGANISER: "runs the three meetings, imports transcripts",
    Role.Kind.RESEARCHER: "compares, quotes and takes the data away",
    Role.Kind.STEWARD: "looks after the whole site",
}
# Who helps with events, and has no role beside that.
HELPS = {
    Duty.FACILITATOR: "opens, leads and closes what the three meetings do",
    Duty.TRANSCRIBER: "adds the photographs of the second meeting and types up its notes",
    Duty.MODERATOR: "decides what of the second meeting's comments and notes is shown",
}


def email_of(kind: Role.Kind | Duty) -> str:
    return f"{kind}@example.org"


def open_accounts() -> Viewer:
    """Make the accounts, each with an address that counts as confirmed; returns the organiser."""
    people = {kind: _open_account(kind) for kind in (*DOES, *HELPS)}
    for kind in DOES:
        people[kind].roles.create(kind=kind)
    return Viewer(person=people[Role.Kind.ORGANISER])


def _open_account(kind: Role.Kind | Duty) -> Person:
    email = email_of(kind)
    person = Person.objects.create_user(email, name=f"Demo {kind.label.lower()}")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def sign_ins() -> str:
    """How to sign in as each of them, for a terminal."""
    site = settings.SITE_URL
    lines = [f"  {email_of(kind):26}{does}" for kind, does in (DOES | HELPS).items()]
    return "\n".join(
        [
            f"To sign in, open {site}{reverse('account_login')} and type one of these addresses:",
            *lines,
            f"The code is shown on {site}{reverse('shown_mail')} and in the terminal of ./dev.",
        ]
    )
