"""Examples of people, and of the letters that go to an address."""

from collections.abc import Callable

from archive.demo.followers import CONFIRMED, UNCONFIRMED
from archive.demo.people import BODY, demo_speaker
from archive.demo.requests import DONE, WAITS, key_of
from outcomes.models import OutcomeFollower
from people.cases import secret_of
from people.guests import ANYBODY
from people.models import Case, Organisation, Person, Subscriber
from people.subscribing import token_of
from responses.models import Follower
from responses.receipts import receipt_for
from tools.examples.demo import Examples, a_note


def address_with_letters(*, confirmed: bool = True) -> str:
    """The secret part of the links in the letters to an address of the demo."""
    return token_of(Subscriber.objects.get(email=CONFIRMED if confirmed else UNCONFIRMED))


def a_follow() -> tuple[str, str]:
    return address_with_letters(), Follower.objects.get(subscriber__email=CONFIRMED).note.identifier


def an_outcome_followed() -> tuple[str, str, str]:
    """What of the outcomes the same address follows, and its kind."""
    follow = OutcomeFollower.objects.get(subscriber__email=CONFIRMED)
    return address_with_letters(), "event", follow.event.identifier


def people() -> Examples:
    """Somebody with an account who is listed, and somebody without one who is not."""
    listed = Person.objects.visible_to(ANYBODY).exclude(email=None)[0]
    return [(listed.identifier,), (demo_speaker().identifier,)]


def requests() -> Examples:
    """One that waits, and one that was closed."""
    return [(case_of(said).identifier,) for said in (WAITS, DONE)]


def requests_of_senders() -> Examples:
    return [(secret_of(case_of(said)),) for said in (WAITS, DONE)]


def case_of(said: str) -> Case:
    return Case.objects.get(key=key_of(said))


PEOPLE_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "person": people,
    **dict.fromkeys(("person_edit", "person_invite"), lambda: [(demo_speaker().identifier,)]),
    **dict.fromkeys(
        ("organisation", "organisation_edit"),
        lambda: [(Organisation.objects.get(name=BODY).identifier,)],
    ),
    "case": requests,
    "case_own": requests_of_senders,
    "news_own": lambda: [(address_with_letters(),), (address_with_letters(confirmed=False),)],
    "news_stop": lambda: [(address_with_letters(),)],
    "news_stop_note": lambda: [a_follow()],
    "outcome_stop": lambda: [an_outcome_followed()],
    "receipt_follow": lambda: [(receipt_for(a_note().key),)],
    "my_note_follow": lambda: [(a_note().identifier,)],
}
