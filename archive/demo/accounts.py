"""The three people whom a newcomer can sign in as."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from people.guests import Viewer
from people.models import Person, Role

DOES = {
    Role.Kind.ORGANISER: "runs the three meetings, imports transcripts",
    Role.Kind.RESEARCHER: "compares, quotes and takes the data away",
    Role.Kind.STEWARD: "looks after the whole site",
}


def email_of(kind: Role.Kind) -> str:
    return f"{kind}@example.org"


def open_accounts() -> Viewer:
    """Make the three accounts, each with an address that counts as confirmed; returns the organiser."""
    people = {kind: _open_account(kind) for kind in DOES}
    return Viewer(person=people[Role.Kind.ORGANISER])


def _open_account(kind: Role.Kind) -> Person:
    email = email_of(kind)
    person = Person.objects.create_user(email, name=f"Demo {kind.label.lower()}")
    person.roles.create(kind=kind)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def sign_ins() -> str:
    """How to sign in as each of them, for a terminal."""
    site = settings.SITE_URL
    lines = [f"  {email_of(kind):24}{does}" for kind, does in DOES.items()]
    return "\n".join(
        [
            f"To sign in, open {site}{reverse('account_login')} and type one of these addresses:",
            *lines,
            f"The code is shown on {site}{reverse('shown_mail')} and in the terminal of ./dev.",
        ]
    )
