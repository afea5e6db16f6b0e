"""Robots and people who write comments, each in a way of its own: for `bench.spam` and its tests.

They use the pages as a browser would, in this process. Nobody really waits: `Clock` says how late it is.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from unittest import mock
from uuid import uuid4

from django.test import Client

from journal.models import Comment, State

FIELD = re.compile(r'<(?:input|textarea)[^>]*\bname="(?P<name>[^"]+)"(?:[^>]*\bvalue="(?P<value>[^"]*)")?')
SCAM = "Earn $900 in a day with us. Write to gold@riches.example, that is gold@riches.example, before Friday."
SOFT = "What a lovely page. My cousin sells garden chairs and would love to hear from every one of you."
NOUNS = (
    "bus", "soup", "chair", "wall", "budget", "street", "pen", "kettle", "list", "window", "neighbour",
    "letter", "meeting", "room", "paper", "map",
)  # fmt: skip
VERBS = (
    "missed", "read", "shared", "asked", "painted", "moved", "counted", "heard", "forgot", "carried",
    "opened", "liked",
)  # fmt: skip


class Clock:
    """What the tokens of forms, and the limits, take for the time, in seconds."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@contextmanager
def standing_clock() -> Iterator[Clock]:
    clock = Clock()
    of_forms, of_limits = (
        mock.patch(f"{module}.time", SimpleNamespace(time=clock.time))
        for module in ("journal.spam.tokens", "people.limits")
    )
    with of_forms, of_limits:
        yield clock


@dataclass
class Drill:
    """What became of everything one robot, or one room of people, sent to the form at `address`."""

    address: str
    clock: Clock
    network: str
    came_to: Counter = field(default_factory=Counter)

    def browser(self) -> Client:
        return Client(REMOTE_ADDR=self.network)

    def fields(self, client: Client) -> dict[str, str]:
        """The form as it is opened, with everything that is filled in already."""
        page = client.get(self.address).text
        form = page[page.index('<form class="form"') :]
        return {found["name"]: found["value"] or "" for found in FIELD.finditer(form)} | {"mark": ""}

    def send(self, client: Client, form: dict[str, str], address: str = "") -> str:
        """Send it, and count what became of it: refused, dropped, held or public."""
        before = set(Comment.objects.values_list("pk", flat=True))
        answer = client.post(address or self.address, form)
        new = Comment.objects.exclude(pk__in=before).first()
        outcome = "refused" if answer.status_code in (422, 429) else "dropped"
        if new:
            outcome = "public" if new.state == State.SHOWN else "held"
        self.came_to[outcome] += 1
        return outcome


def fills_all(drill: Drill, number: int = 30) -> None:
    """Fills in every field there is, at once."""
    client = drill.browser()
    for _ in range(number):
        form = drill.fields(client)
        typed = {name: value or "https://riches.example" for name, value in form.items()}
        drill.send(client, typed | {"text": SCAM, "email": "", "mark": "tick"})


def hasty(drill: Drill, number: int = 30) -> None:
    """Leaves the hidden field alone, and sends at once."""
    client = drill.browser()
    for _ in range(number):
        drill.send(client, drill.fields(client) | {"text": SCAM})


def patient(drill: Drill, number: int = 30) -> None:
    """Waits ten seconds, and leaves the hidden field alone."""
    client = drill.browser()
    for _ in range(number):
        form = drill.fields(client)
        drill.clock.wait(10)
        drill.send(client, form | {"text": SCAM})


def replay(drill: Drill, number: int = 30) -> None:
    """Opens the form once, and sends it again and again with new cookies; once more the next day."""
    form = drill.fields(drill.browser())
    drill.clock.wait(10)
    for _ in range(number):
        again = drill.browser()
        fresh = drill.fields(again)
        sent = {"csrfmiddlewaretoken": fresh.get("csrfmiddlewaretoken", ""), "key": str(uuid4())}
        drill.send(again, form | sent | {"text": SCAM})
    drill.clock.wait(13 * 3600)
    drill.send(drill.browser(), form | {"text": SCAM, "key": str(uuid4())})


def cookie_farm(drill: Drill, number: int = 90) -> None:
    """Somebody new each time, who waits ten seconds; all from one network."""
    for _ in range(number):
        client = drill.browser()
        form = drill.fields(client)
        drill.clock.wait(10)
        drill.send(client, form | {"text": SCAM})


def slow_human(drill: Drill, number: int = 5) -> None:
    """A person who sells something, types it by hand and gives no rule a reason."""
    client = drill.browser()
    for turn in range(number):
        form = drill.fields(client)
        drill.clock.wait(120)
        drill.send(client, form | {"text": f"{SOFT} {sentence(turn)}"})


def room(drill: Drill, number: int = 36) -> None:
    """People in one room, behind one address, who each write for the first time."""
    opened = [(client, drill.fields(client)) for client in (drill.browser() for _ in range(number))]
    drill.clock.wait(180)
    for turn, (client, form) in enumerate(opened):
        drill.send(client, form | {"text": sentence(turn), "name": "" if turn % 2 else "Joyce"})


def sentence(number: int) -> str:
    """Some honest words, other ones for each number."""
    dice = random.Random(number)
    parts = [f"we {dice.choice(VERBS)} the {dice.choice(NOUNS)}" for _ in range(dice.randint(2, 5))]
    return f"{', and '.join(parts).capitalize()}. ({number})"


ROBOTS: dict[str, Callable[[Drill], None]] = {
    "fills in every field": fills_all,
    "sends at once": hasty,
    "waits ten seconds": patient,
    "sends one form again": replay,
    "has a new cookie each time": cookie_farm,
    "a person who sells something": slow_human,
}
