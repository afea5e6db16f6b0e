"""What waits, is hidden and shown again in a poll: by whom, for what reason, past nobody."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from events.models import Event
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Moderation, Poll
from responses.poll import answer_option, count_hands, hide_option, show_option, withdraw_option
from responses.room import change_phase
from tests.polls import choose, hold_poll, suggest

pytestmark = pytest.mark.django_db
PROPOSE = Poll.Phase.PROPOSE


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.fixture
def open_poll(event: Event) -> Poll:
    return hold_poll(event, "Tea", "Cake", "A walk")


def test_a_suggestion_waits_where_words_are_moderated_and_cannot_be_chosen(event: Event, ada: Viewer) -> None:
    poll = hold_poll(event, phase=PROPOSE, is_premoderated=True)
    option = suggest(poll)
    assert option.moderation == Moderation.WAITING
    change_phase(poll, Poll.Phase.CHOOSE, by=ada)
    with pytest.raises(Refused, match="list has changed"):
        choose(poll, "ben", option.text)
    show_option(option, by=ada)
    choose(poll, "ben", option.text)


def test_sending_a_waiting_suggestion_again_does_not_show_it(event: Event) -> None:
    poll, key = hold_poll(event, phase=PROPOSE, is_premoderated=True), uuid4()
    suggest(poll, key=key)
    Poll.objects.filter(pk=poll.pk).update(is_premoderated=False)
    assert suggest(poll, key=key).moderation == Moderation.WAITING


def test_hiding_has_a_reason_in_the_log_and_for_its_author_and_can_be_undone(
    open_poll: Poll, ada: Viewer
) -> None:
    option = open_poll.options.first()
    with pytest.raises(Refused, match="Say why"):
        hide_option(option, "  ", by=ada)
    hide_option(option, "It names somebody.", by=ada)
    option.refresh_from_db()
    assert (option.moderation, option.moderation_why) == ("hidden", "It names somebody.")
    assert Act.objects.get(verb="hidden", subject=option.identifier).why == "It names somebody."
    show_option(option, by=ada)
    option.refresh_from_db()
    assert (option.moderation, option.moderation_why) == ("shown", "")


def test_only_those_who_run_the_event_moderate_count_answer_and_take_down(
    open_poll: Poll, ben: Viewer, researcher: Viewer
) -> None:
    option = open_poll.options.first()
    for stranger in (ben, researcher, ANYBODY):
        for act in (
            lambda by: hide_option(option, "No.", by=by),
            lambda by: show_option(option, by=by),
            lambda by: count_hands(option, 3, by=by),
            lambda by: answer_option(option, by=by, answer="No."),
            lambda by: withdraw_option(option, by=by, why="No."),
        ):
            with pytest.raises(Refused, match=r"Only those who (run|moderate|facilitate)"):
                act(stranger)
