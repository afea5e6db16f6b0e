"""Two organisers who end each other's role at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.duties import end_appointment
from events.models import Appointment, Duty, Event, Series
from people.guests import Viewer
from people.refusals import Refused
from tests.conftest import make_person

pytestmark = pytest.mark.django_db(transaction=True)
TRIALS = 8


def end_each_other(pair: list[Appointment]) -> int:
    """Each of two ends the role of the other, at once; how many roles hold afterwards."""
    start = Barrier(2)

    def end(n: int) -> None:
        try:
            by = Viewer(person=pair[n].person)
            start.wait(timeout=30)
            end_appointment(pair[1 - n], by=by)
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(end, range(2)))
    return Appointment.objects.current().filter(pk__in=[one.pk for one in pair]).count()


@pytest.mark.parametrize("kind", ["event", "series"])
def test_somebody_always_organises_it(kind: str) -> None:
    left = []
    for trial in range(TRIALS):
        made = {
            "event": lambda slug: Event.objects.create(slug=slug, name="Day", date="2019-03-06"),
            "series": lambda slug: Series.objects.create(slug=slug, name="Days"),
        }[kind](f"day-{trial}")
        pair = [
            Appointment.objects.create(
                person=make_person(f"{name}{trial}"), duty=Duty.ORGANISER, **{kind: made}
            )
            for name in ("Fay", "Gil")
        ]
        left.append(end_each_other(pair))
    assert set(left) == {1}
