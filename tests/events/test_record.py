"""Acts on events."""

from collections.abc import Callable

import pytest

from events.models import Event
from events.record import announce_event
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused


def test_an_event_without_a_date_anybody_can_read_is_refused_with_a_sentence(ada: Viewer) -> None:
    for wrong in ("6 March", "2019-02-30", "2019-03-07/2019-03-06", ""):
        with pytest.raises(Refused):
            announce_event(by=ada, slug="wall-day", name="Wall day", date=wrong)
    assert not Event.objects.exists()


def test_announcing_leaves_a_trace_and_a_line_in_the_public_log(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    event = make_event()
    assert [change.what for change in event.changes.all()] == ["First published."]
    act = Act.objects.get(subject=event.identifier)
    assert (act.verb, act.person, act.actor) == ("announced", ada.person, "person")


def test_who_is_named_as_organiser_runs_it_and_nobody_else_but_stewards(
    make_event: Callable[..., Event],
    ada: Viewer,
    ben: Viewer,
    cleo: Viewer,
    researcher: Viewer,
    steward: Viewer,
) -> None:
    event = make_event()
    assert [event.is_run_by(viewer) for viewer in (ada, steward)] == [True, True]
    assert [event.is_run_by(viewer) for viewer in (ben, cleo, researcher)] == [False, False, False]


def test_a_role_that_has_ended_gives_nothing(steward: Viewer, make_event: Callable[..., Event]) -> None:
    from django.utils import timezone

    event = make_event(status=Event.Status.DRAFT)
    steward.person.roles.update(until=timezone.now())
    again = Viewer(person=type(steward.person).objects.get(pk=steward.person.pk))
    assert not again.is_steward
    assert not Event.objects.visible_to(again).filter(pk=event.pk).exists()
