"""What people of the demo asked of those who keep it, all invented: one waits, one was seen to."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from archive.demo.comments import KEYS
from archive.demo.walls import guest
from people.cases import answer_case, close_case, note_on_case, send_case
from people.guests import Viewer
from people.models import Case, Role

WAITS = "On the second wall somebody wrote that the caretaker sleeps in the hall. That is me. Take it down."
DONE = "Which of the photographs show me? I was the one with the green umbrella."
ANSWER = "Two of them did, from behind. Both are taken down now. Thank you for telling us."


def send_requests(*, by: Viewer) -> None:
    """One that came three weeks ago and that nobody has answered, and one that was seen to."""
    waits = _send(Case.Kind.NOTE, WAITS)
    Case.objects.filter(pk=waits.pk).update(received_at=timezone.now() - timedelta(days=22))
    done = _send(Case.Kind.ERASURE, DONE)
    steward = by if by.is_steward else _as_steward()
    note_on_case(waits, "There are two walls of that day. I have asked which one they mean.", by=steward)
    answer_case(done, ANSWER, by=steward)
    close_case(done, "Two photographs were taken down.", by=steward)


def _send(kind: str, said: str) -> Case:
    return send_case(kind, said, by=guest(4), key=key_of(said), network="the demonstration")


def key_of(said: str) -> UUID:
    return uuid5(KEYS, said)


def _as_steward() -> Viewer:
    return Viewer(person=Role.objects.filter(kind=Role.Kind.STEWARD)[0].person)
