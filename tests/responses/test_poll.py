"""What can be done with a poll, by whom, and what is refused."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from events.agenda import add_item
from events.models import Event
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Choice, Moderation, Option, Poll
from responses.poll import (
    MOST_HANDS,
    add_option,
    answer_option,
    count_hands,
    hide_option,
    make_poll,
    set_choices,
    show_option,
    withdraw_option,
)
from responses.room import change_settings, close_activity
from tests.polls import choose, hold_poll, suggest

pytestmark = pytest.mark.django_db
PROPOSE = Poll.Phase.PROPOSE


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.fixture
def open_poll(event: Event) -> Poll:
    return hold_poll(event, "Tea", "Cake", "A walk")


@pytest.fixture
def proposing(event: Event) -> Poll:
    return hold_poll(event, phase=PROPOSE)


def chosen_by(poll: Poll, viewer: Viewer) -> list[str]:
    mine = Choice.objects.filter(participant__token=poll.token_of(viewer)).order_by("rank", "pk")
    return [choice.option.text for choice in mine.select_related("option")]


# Making one


def test_a_new_poll_is_closed_and_has_its_suggestions_in_order(event: Event, ada: Viewer) -> None:
    poll = make_poll(event, by=ada, name="After lunch", first=["Tea", "  ", "Cake", "Tea"])
    assert (poll.is_open, poll.phase, poll.slug) == (False, PROPOSE, "after-lunch")
    assert list(poll.options.values_list("number", "text")) == [(1, "Tea"), (2, "Cake")]
    assert Act.objects.filter(verb="made", person=ada.person).exists()


def test_two_polls_of_one_name_have_two_addresses(event: Event) -> None:
    slugs = [make_poll(event, by=None, name=name).slug for name in ("New", "New", "!", "New")]
    assert slugs == ["new-2", "new-3", "poll", "new-4"]


def test_only_those_who_run_the_event_make_a_poll_of_it(
    event: Event, ben: Viewer, researcher: Viewer
) -> None:
    for stranger in (ben, researcher, ANYBODY):
        with pytest.raises(Refused, match="Only those who run"):
            make_poll(event, by=stranger, name="Mine")
    assert not Poll.objects.exists()


# Suggesting


def test_the_same_key_gives_the_same_suggestion(proposing: Poll) -> None:
    key = uuid4()
    assert suggest(proposing, key=key) == suggest(proposing, key=key)
    assert proposing.options.count() == proposing.changes.filter(kind="option_proposed").count() == 1


def test_a_key_of_somebody_else_is_refused(proposing: Poll, dee: Viewer) -> None:
    key = uuid4()
    suggest(proposing, key=key)
    with pytest.raises(Refused, match="another device"):
        suggest(proposing, key=key, by=dee)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 301])
def test_no_words_and_too_many_are_refused(proposing: Poll, text: str) -> None:
    with pytest.raises(Refused):
        suggest(proposing, text)
    assert not proposing.options.exists()


def test_nobody_in_particular_suggests_or_chooses(proposing: Poll, open_poll: Poll) -> None:
    with pytest.raises(Refused, match="cookies"):
        suggest(proposing, by=ANYBODY)
    with pytest.raises(Refused, match="cookies"):
        set_choices(open_poll, by=ANYBODY, options=[])


def test_a_wish_is_asked_for_where_the_poll_asks_for_it(event: Event) -> None:
    poll = hold_poll(event, phase=PROPOSE, asks_wishes=True)
    with pytest.raises(Refused, match="to learn it or to share it"):
        suggest(poll, wish="any")
    assert suggest(poll, wish="learn").wish == "learn"


def test_nothing_is_suggested_once_choosing_has_begun_or_the_poll_is_closed(open_poll: Poll) -> None:
    with pytest.raises(Refused, match="Choosing has begun"):
        suggest(open_poll)
    close_activity(open_poll, by=None)
    with pytest.raises(Refused, match="closed"):
        suggest(open_poll)


def test_a_suggestion_of_somebody_without_a_phone_says_where_it_came_from(
    open_poll: Poll, ada: Viewer
) -> None:
    sent = {
        "key": uuid4(),
        "text": "Music",
        "wish": "any",
        "consent": consent_given(public=True, research=True),
    }
    added = add_option(open_poll, by=ada, **sent).option
    assert added == add_option(open_poll, by=ada, **sent).option
    assert (added.origin, added.participant, added.by) == ("counted_in_room", None, ada.person)


def test_where_under_18s_take_part_nothing_goes_further_and_everything_waits(
    proposing: Poll, ada: Viewer
) -> None:
    change_settings(proposing, by=ada, may_include_under_18s=True)
    option = suggest(proposing, public=True)
    assert (option.consent.public, option.consent.research) == (False, False)
    assert option.moderation == Moderation.WAITING


# Choosing


def test_choosing_again_replaces_what_was_chosen(open_poll: Poll, ben: Viewer) -> None:
    choose(open_poll, ben, "Tea", "Cake")
    choose(open_poll, ben, "A walk")
    assert chosen_by(open_poll, ben) == ["A walk"]
    choose(open_poll, ben)
    assert chosen_by(open_poll, ben) == []


def test_a_double_tap_changes_nothing_and_leaves_no_second_change(open_poll: Poll, ben: Viewer) -> None:
    for _ in range(3):
        choose(open_poll, ben, "Tea", "Cake")
    assert open_poll.changes.filter(kind="chosen").count() == 1


def test_the_order_of_choosing_counts_in_a_ranked_poll_alone(event: Event, ben: Viewer) -> None:
    ranked = hold_poll(event, "Tea", "Cake", "A walk", is_ranked=True)
    choose(ranked, ben, "A walk", "Tea")
    assert chosen_by(ranked, ben) == ["A walk", "Tea"]
    choose(ranked, ben, "Tea", "A walk")
    assert list(Choice.objects.values_list("option__text", "rank").order_by("rank")) == [
        ("Tea", 1),
        ("A walk", 2),
    ]


def test_no_more_than_five_are_put_in_order(event: Event) -> None:
    texts = [f"Thing {number}" for number in range(6)]
    with pytest.raises(Refused, match="5 in order"):
        choose(hold_poll(event, *texts, is_ranked=True), "ben", *texts)


def test_what_is_not_on_the_list_cannot_be_chosen(open_poll: Poll, event: Event, ada: Viewer) -> None:
    other = hold_poll(event, "Elsewhere")
    hide_option(open_poll.options.get(text="Tea"), "Not today.", by=ada)
    for option in (open_poll.options.get(text="Tea"), other.options.get()):
        with pytest.raises(Refused, match="list has changed"):
            set_choices(open_poll, by=Viewer(guest_key="ben"), options=[option])


@pytest.mark.parametrize("is_ranked", [True, False])
def test_a_choice_of_something_hidden_comes_back_with_it(event: Event, ada: Viewer, is_ranked: bool) -> None:
    poll = hold_poll(event, "Tea", "Cake", "A walk", is_ranked=is_ranked)
    choose(poll, "ben", "Tea", "Cake")
    hide_option(tea := poll.options.get(text="Tea"), "A moment.", by=ada)
    choose(poll, "ben", "A walk", "Cake")
    show_option(tea, by=ada)
    assert sorted(chosen_by(poll, Viewer(guest_key="ben"))) == ["A walk", "Cake", "Tea"]


def test_nothing_is_chosen_before_choosing_begins_or_after_the_poll_closed(
    proposing: Poll, open_poll: Poll
) -> None:
    option = suggest(proposing)
    with pytest.raises(Refused, match="not begun"):
        choose(proposing, "ben", option.text)
    close_activity(open_poll, by=None)
    with pytest.raises(Refused, match="closed"):
        choose(open_poll, "ben", "Tea")


# Taking back


def test_a_withdrawn_suggestion_leaves_no_words(proposing: Poll, ben: Viewer) -> None:
    option = suggest(proposing)
    withdraw_option(option, by=ben)
    option.refresh_from_db()
    assert option.text == ""
    with pytest.raises(Refused, match="withdrawn before"):
        withdraw_option(option, by=ben)


def test_a_stranger_takes_nothing_back_and_an_organiser_says_why(
    proposing: Poll, dee: Viewer, ada: Viewer
) -> None:
    option = suggest(proposing)
    with pytest.raises(Refused, match="Only those who run"):
        withdraw_option(option, by=dee)
    with pytest.raises(Refused, match="why it has to go"):
        withdraw_option(option, by=ada)
    withdraw_option(option, by=ada, why="It named somebody.")
    assert Act.objects.get(verb="withdrew").why == "It named somebody."


def test_no_trace_names_who_suggested_chose_or_withdrew(proposing: Poll, researcher: Viewer) -> None:
    withdraw_option(suggest(proposing, by=researcher), by=researcher)
    assert not Act.objects.filter(person=researcher.person).exists()
    assert not proposing.changes.filter(by=researcher.person).exists()


# What those who run it do


def test_hands_replace_the_number_before_and_are_kept_apart(open_poll: Poll, ada: Viewer) -> None:
    option = open_poll.options.first()
    for number in (3, 5, 5):
        count_hands(option, number, by=ada)
    option.refresh_from_db()
    assert (option.counted_in_room, Choice.objects.count()) == (5, 0)
    assert open_poll.changes.filter(kind="hands_counted").count() == 2
    for number in (-1, MOST_HANDS + 1):
        with pytest.raises(Refused, match="hands"):
            count_hands(option, number, by=ada)


def test_an_answer_is_a_part_of_this_day_or_says_why_not_also_after_the_close(
    open_poll: Poll, make_event: Callable[..., Event], ada: Viewer
) -> None:
    close_activity(open_poll, by=ada)
    option = open_poll.options.first()
    with pytest.raises(Refused, match="say why none"):
        answer_option(option, by=ada, answer=" ")
    with pytest.raises(Refused, match="another event"):
        answer_option(option, by=ada, item=add_item(make_event("other"), by=ada, title="Elsewhere"))
    item = add_item(open_poll.event, by=ada, title="Tea", time="11:00")
    answer_option(option, by=ada, item=item)
    assert Option.objects.get(pk=option.pk).agenda_item == item
    answer_option(option, by=ada, answer="No time.")
    answered = Option.objects.get(pk=option.pk)
    assert (answered.agenda_item, answered.answer, bool(answered.answered_at)) == (None, "No time.", True)
