"""Who came is forgotten when it was promised, and that somebody came is not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from archive.forgetting import forget_due
from events.forgetting import LIST_DAYS, UNCONFIRMED_DAYS, forget_sign_ups
from events.models import Event, SignUp
from events.sign_ups import add_by_hand
from people.guests import Viewer
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2027, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def place(make_event: Callable[..., Event], ada: Viewer) -> SignUp:
    event = make_event(status="announced", date="2027-03-05/2027-03-06")
    place = add_by_hand(event, by=ada, name="Eve", access_needs="A ramp")
    SignUp.objects.filter(pk=place.pk).update(email="eve@example.org", person=make_person("Eve"))
    return place


def held(place: SignUp) -> tuple[str, str, str, object]:
    place.refresh_from_db()
    return place.name, place.email, place.access_needs, place.person_id


@pytest.mark.parametrize(
    ("days", "needs", "name"),
    [(0, "A ramp", "Eve"), (1, "", "Eve"), (LIST_DAYS - 1, "", "Eve"), (LIST_DAYS, "", "")],
)
def test_what_people_need_goes_the_day_after_and_the_list_a_month_later(
    place: SignUp, days: int, needs: str, name: str
) -> None:
    forget_due(LAST_DAY + timedelta(days=days))
    assert held(place)[::2] == (name, needs)
    assert SignUp.objects.going().count() == 1


def test_after_its_time_nothing_leads_to_who_came(place: SignUp) -> None:
    forget_sign_ups(LAST_DAY + timedelta(days=LIST_DAYS))
    assert held(place) == ("", "", "", None)
    assert forget_sign_ups(LAST_DAY + timedelta(days=LIST_DAYS)) == 0


def test_the_day_after_is_the_day_of_the_place(place: SignUp) -> None:
    """At half past eleven in London it is still the last day in winter."""
    forget_sign_ups(datetime(2027, 3, 6, 23, 30, tzinfo=UTC))
    assert held(place)[2] == "A ramp"


def test_an_address_that_never_answered_goes_after_a_week(place: SignUp) -> None:
    asked = LAST_DAY - timedelta(days=60)
    SignUp.objects.update(state=SignUp.State.UNCONFIRMED, asked_at=asked)
    forget_sign_ups(asked + timedelta(days=UNCONFIRMED_DAYS, seconds=-1))
    assert SignUp.objects.count() == 1
    forget_sign_ups(asked + timedelta(days=UNCONFIRMED_DAYS))
    assert not SignUp.objects.exists()
