"""Whatever is done to amendments in whatever order: only an acceptance by a person changes a principle."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomes.amendments import (
    accept_amendment,
    decline_amendment,
    edit_amendment,
    mark_amendment,
    open_amendment,
    propose_amendment,
    withdraw_amendment,
)
from outcomes.forgetting import forget_marks
from outcomes.models import Amendment
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from principles.models import Principle
from responses.models import Note, Station
from tests.outcomes.amending import WHY, asking, words_of
from tests.tries import tries

ACTS = ("propose", "edit", "open", "mark", "accept", "decline", "withdraw", "end", "forget")
WHO = ("ada", "sam", "fen", "ben", "anybody", "site")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO), st.integers(0, 3)), max_size=25)
MAY_DECIDE = {"ada", "sam"}


def do(act: str, by: Viewer | None, number: int, power: Principle) -> None:
    text, last = (
        f"Power, said in way {number}.",
        Amendment.objects.order_by("pk")[number : number + 1].first(),
    )
    if act == "propose":
        propose_amendment(power, text, WHY, by=by)
    elif last is not None:
        on_one(act, last, text, by)


def on_one(act: str, amendment: Amendment, text: str, by: Viewer | None) -> None:
    now = timezone.now()
    still_open = Amendment.objects.filter(pk=amendment.pk, state="open")
    acts: dict[str, Callable[[], object]] = {
        "edit": lambda: edit_amendment(amendment, text, WHY, by=by),
        "open": lambda: open_amendment(amendment, now + timedelta(days=1), by=by),
        "mark": lambda: mark_amendment(amendment, "tick", by=by or ANYBODY),
        "accept": lambda: accept_amendment(amendment, "Yes.", by=by),
        "decline": lambda: decline_amendment(amendment, "No.", by=by),
        "withdraw": lambda: withdraw_amendment(amendment, "Not now.", by=by),
        "end": lambda: still_open.update(open_until=now),
        "forget": lambda: forget_marks(now + timedelta(days=365)),
    }
    acts[act]()


@pytest.fixture
def cast(ada: Viewer, steward: Viewer, facilitator: Viewer, ben: Viewer) -> dict[str, Viewer | None]:
    return {"ada": ada, "sam": steward, "fen": facilitator, "ben": ben, "anybody": ANYBODY, "site": None}


@settings(max_examples=tries(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_nothing_but_a_persons_act_changes_a_principle(
    power: Principle, note: Note, cast: dict[str, Viewer | None], steps: list[tuple[str, str, int]]
) -> None:
    with transaction.atomic():
        for act, who, number in steps:
            check(power, note, act, who, cast[who], number)
        transaction.set_rollback(True)


def check(power: Principle, note: Note, act: str, who: str, by: Viewer | None, number: int) -> None:
    """One step: the wordings are as they were, or an organiser accepted and there is one more."""
    before = list(power.wordings.order_by("version").values_list("text", flat=True))
    done = True
    try:
        do(act, by, number, power)
    except Refused:
        done = False
    after = list(power.wordings.order_by("version").values_list("text", flat=True))
    assert after[: len(before)] == before
    assert words_of(note) == before[:1]
    if after != before:
        assert (act, done, len(after)) == ("accept", True, len(before) + 1)
        assert who in MAY_DECIDE
        assert Act.objects.latest("pk").person == by.person
    accepted = Amendment.objects.filter(state="accepted")
    assert sorted(accepted.values_list("text", flat=True)) == sorted(after[1:])


@pytest.fixture
def power(make_set: Callable, station: Station) -> Principle:
    return asking(make_set, station)


@pytest.fixture
def note(power: Principle, station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station, "Whose power?")
