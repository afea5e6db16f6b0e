"""Every promise with a time in retention.toml is kept by the site itself, day after day."""

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from archive.forgetting import forget_due
from archive.models import ExportJob, ExportLine
from archive.retention import POLICY
from events.invitations import invite
from events.models import Appointment, Duty, Event, SignUp
from journal.judging import judge
from journal.models import Draft, Report, State
from journal.writing import keep_draft, writing_of
from outcomes.amendments import decline_amendment, mark_amendment
from outcomes.forgetting import FORGOTTEN
from outcomes.models import Call
from people.guests import Viewer
from people.models import Case, Person, Role
from people.outbox import write_letter
from people.subscribing import Wishes, subscribe
from principles.models import Principle
from tests.calls import ask
from tests.conftest import make_person
from tests.outcomes.amending import opened
from tests.sent import make_open_post, say
from tests.stories import call_for, told
from tests.texts import words

pytestmark = pytest.mark.django_db
A_TIME = re.compile(r"\d+ (?:days|years)|\ba (?:year|month)\b|the day after")
LATER = timedelta(days=4 * 366)
# What boards and their readers leave has its own tests, in test_forgetting and beside its models.
ON_BOARDS = "responses."
# The database lets none of these go before three years are over by its own clock: see test_due.
TRACE = "people.act."


def promised() -> set[str]:
    """The columns that are kept for a time which is told in days or years."""
    personal = tomllib.loads(POLICY.read_text())["personal"]
    timed = {name for name, said in personal.items() if A_TIME.search(said["keep"])}
    return {name for name in timed if not name.startswith((ON_BOARDS, TRACE))}


def still_there(column: str) -> Iterator[object]:
    label, _, name = column.rpartition(".")
    for value in apps.get_model(label)._base_manager.values_list(name, flat=True):
        if value not in ("", None, []) and not is_forgotten(column, value):
            yield value


def is_forgotten(column: str, value: object) -> bool:
    """Whether it is only something at random, which leads to nobody."""
    return column == "outcomes.amendmentmark.token" and str(value).startswith(FORGOTTEN)


@pytest.fixture
def everything(
    make_event: Callable[..., Event], make_set: Callable, ada: Viewer, steward: Viewer, ben: Viewer
) -> None:
    """One of everything that is kept for a time, filled in."""
    event, fay = make_event(), make_person("Fay")
    now = timezone.now()
    Appointment.objects.create(person=fay, duty=Duty.MODERATOR, event=event, until=now + timedelta(days=1))
    Role.objects.create(person=fay, kind=Role.Kind.MODERATOR, until=now + timedelta(days=1))
    invite("gil@example.org", by=ada, duty=Duty.MODERATOR, event=event, message="Come and help.")
    come(event, fay, now)
    keep_draft(writing_of(event, by=ada), [words()], by=ada, based_on=0, number=1)
    send_in(ada, steward, ben)
    sign_and_mark(make_set().principles.first(), event, steward, ben)
    subscribe("hal@example.org", Wishes(), by=ben)
    take_away(fay)
    seen_to()
    letter = write_letter("account_ended", "ivy@example.org", name="account_ended", context={})
    type(letter).objects.update(failed_at=now)


def come(event: Event, person: Person, now: datetime) -> None:
    facts = {"name": "Fay", "access_needs": "A ramp.", "person": person}
    for state in (SignUp.State.GOING, SignUp.State.UNCONFIRMED):
        hashed = {"token_hash": state, "email": f"{state}@example.org"}
        SignUp.objects.create(event=event, state=state, confirmed_at=now, **hashed, **facts)


def seen_to() -> None:
    """A request that was answered and closed."""
    now = timezone.now()
    facts = {"said": "My note.", "answer": "Gone.", "outcome": "Gone.", "email": "ben@example.org"}
    case = Case.objects.create(
        key=uuid4(), token_hash="0" * 64, kind="note", answered_at=now, closed_at=now, **facts
    )
    case.notes.create(text="Which wall?")


def take_away(person: Person) -> None:
    """A file that somebody asked for, one that a guest did, and a line of who took what."""
    ExportJob.objects.create(person=person, form="package", query="q=a")
    ExportJob.objects.create(token_hash="0" * 64, form="package", query="q=a")
    ExportLine.objects.create(person=person, form="csv", query="q=a", rows=1, terms=1)


def send_in(ada: Viewer, steward: Viewer, ben: Viewer) -> None:
    comment = say(post := make_open_post(), by=ben, name="Ben", email="ben@example.org")
    judge(comment, State.REMOVED, by=steward, why="Spam.", as_spam=True)
    story = told(call_for(ada), email="ben@example.org", title="A day", name="Ben").story
    judge(story, State.REMOVED, by=steward, why="Spam.", as_spam=True)
    Report.objects.create(
        post=post, key=uuid4(), reason="wrong", text="It is my street.", email="ben@example.org",
        outcome="dismissed", answer="It is on the map.", decided_at=timezone.now(),
    )  # fmt: skip


def sign_and_mark(principle: Principle, event: Event, steward: Viewer, ben: Viewer) -> None:
    """A signature that nobody confirms, and a mark on an amendment that is decided."""
    amendment = opened(principle, steward)
    mark_amendment(amendment, "tick", by=ben)
    decline_amendment(amendment, "Not now.", by=steward)
    call = Call.objects.create(event=event, title="Share", text="Share it.", opened_at=timezone.now())
    ask(call, kind="organisation", organisation="The library")


def test_nothing_is_left_of_what_was_promised_to_go(everything: None) -> None:
    columns = promised()
    assert [name for name in sorted(columns) if not any(still_there(name))] == []
    forget_due(timezone.now() + LATER)
    assert {name: list(still_there(name)) for name in sorted(columns) if any(still_there(name))} == {}


def test_a_draft_goes_a_year_after_it_was_kept_last(make_event: Callable[..., Event], ada: Viewer) -> None:
    draft = keep_draft(writing_of(make_event(), by=ada), [words()], by=ada, based_on=0, number=1)
    forget_due(draft.saved_at + timedelta(days=364))
    assert Draft.objects.exists()
    forget_due(draft.saved_at + timedelta(days=365))
    assert not Draft.objects.exists()


def test_a_role_goes_on_the_day_it_ends(ada: Viewer) -> None:
    until = timezone.now() + timedelta(days=1)
    Role.objects.filter(person=ada.person).update(until=until)
    forget_due(until - timedelta(seconds=1))
    assert ada.person.roles.exists()
    forget_due(until)
    assert not ada.person.roles.exists()
