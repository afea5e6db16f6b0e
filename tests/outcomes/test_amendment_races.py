"""Amendments under many hands at once."""

from collections.abc import Callable

import pytest

from outcomes.amendment_marks import marks_on
from outcomes.amendments import accept_amendment, decline_amendment, mark_amendment, propose_amendment
from outcomes.models import Amendment
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from principles.models import Principle, Wording
from responses.models import Station
from tests.events.test_sign_up_races import at_once
from tests.outcomes.amending import WHY, WORDS, asking, opened

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 12


@pytest.fixture
def power(make_set: Callable, station: Station) -> Principle:
    return asking(make_set, station)


def tried(act: Callable[[], object]) -> Callable[[], str]:
    def one() -> str:
        try:
            act()
        except Refused as refusal:
            return str(refusal)
        return "done"

    return one


def test_twelve_presses_of_one_button_leave_one_mark(power: Principle, ada: Viewer, ben: Viewer) -> None:
    amendment = opened(power, ada)
    at_once([lambda: mark_amendment(amendment, "tick", by=ben, wanted=True)] * CROWD)
    assert marks_on(amendment, ben).counts == {"tick": 1}
    assert Act.objects.filter(verb="marked").count() == 1


def test_twelve_people_at_once_leave_twelve_marks(power: Principle, ada: Viewer) -> None:
    amendment = opened(power, ada)
    crowd = [Viewer(guest_key=f"guest {number}") for number in range(CROWD)]
    at_once([lambda one=one: mark_amendment(amendment, "square", by=one) for one in crowd])
    assert marks_on(amendment, ANYBODY).counts == {"square": CROWD}


def test_of_two_acceptances_at_once_one_makes_the_wording(power: Principle, ada: Viewer) -> None:
    two = [opened(power, ada, text) for text in ("Power is lent.", "Power is passed on.")]
    said = at_once([tried(lambda one=one: accept_amendment(one, "It was asked for.", by=ada)) for one in two])
    assert sorted(one[:27] for one in said) == ["The wording has changed sin", "done"]
    assert list(power.wordings.values_list("version", flat=True)) == [1, 2]
    assert Amendment.objects.filter(state="accepted").count() == 1


def test_one_amendment_is_decided_once(power: Principle, ada: Viewer, steward: Viewer) -> None:
    amendment = opened(power, ada)
    acts = [
        tried(lambda: accept_amendment(amendment, "Yes.", by=ada)),
        tried(lambda: decline_amendment(amendment, "No.", by=steward)),
    ] * 4
    assert at_once(acts).count("done") == 1
    is_accepted = Amendment.objects.get().state == "accepted"
    assert Wording.objects.filter(principle=power).count() == 1 + is_accepted


def test_one_form_sent_twelve_times_makes_one_draft(power: Principle, ada: Viewer) -> None:
    at_once([lambda: propose_amendment(power, WORDS, WHY, by=ada)] * CROWD)
    assert Amendment.objects.count() == 1
