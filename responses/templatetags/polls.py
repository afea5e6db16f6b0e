"""Polls for templates; every number comes from `responses.poll_results`."""

from dataclasses import dataclass, field

from django import template

from events.models import AgendaItem, Event
from people.guests import Viewer
from responses.models import Moderation, Option, Poll
from responses.moderation import REASONS
from responses.poll_forms import AnswerOptionForm, HandsForm, HideForm
from responses.poll_results import PollResults, Row, results_by_poll, results_of

register = template.Library()

SHOWN_ON_A_WALL = 4  # suggestions; more cannot be read at eight metres


@dataclass(slots=True)
class Shaped:
    """What the room suggested for a day, and what became of it.

    `items` are the parts of the day, each with the suggestions it answers; `declined` those
    that were not taken up; `unanswered` how many have no answer yet.
    """

    polls: list[PollResults]
    items: list[tuple[AgendaItem, list[Row]]]
    declined: list[Row] = field(default_factory=list)
    unanswered: int = 0

    @property
    def has_answers(self) -> bool:
        return bool(self.declined) or any(rows for _, rows in self.items)


@register.simple_tag
def shaped_day(event: Event, viewer: Viewer) -> Shaped:
    """How the polls of `event` that `viewer` may see shaped its day; seven queries at most."""
    polls = list(Poll.objects.visible_to(viewer).filter(event=event))
    for poll in polls:
        poll.event = event
    results = results_by_poll(polls, Option.objects.visible_to(viewer)) if polls else {}
    items: list[tuple[AgendaItem, list[Row]]] = [(item, []) for item in event.agenda.with_leads()]
    answered = {item.pk: rows for item, rows in items}
    shaped = Shaped(list(results.values()), items)
    for row in (row for result in results.values() for row in result.rows):
        if row.option.agenda_item_id:
            answered[row.option.agenda_item_id].append(row)
        elif row.option.answered_at:
            shaped.declined.append(row)
        else:
            shaped.unanswered += 1
    return shaped


@register.simple_tag
def poll_numbers(poll: Poll, viewer: Viewer) -> PollResults:
    """The numbers of a poll, covered as everywhere, with the words that `viewer` may read."""
    return results_of(poll, Option.objects.visible_to(viewer))


@register.filter
def for_a_wall(results: PollResults) -> list[Row]:
    """As many suggestions as can be read from the back row; while nothing is counted, the newest."""
    rows = results.rows if results.is_counted else results.rows[::-1]
    return rows[:SHOWN_ON_A_WALL]


@register.filter
def left_off(results: PollResults) -> int:
    """How many suggestions more there are than a wall shows."""
    return max(0, len(results.rows) - SHOWN_ON_A_WALL)


@register.simple_tag
def poll_desk(poll: Poll) -> dict[str, object]:
    """What those who run a poll see of it: its numbers uncovered, and what waits or is hidden.

    `rows` are its suggestions, each with the forms to answer it and to count hands.
    """
    results = results_of(poll, Option.objects.on_the_list(), uncovered=True)
    items = list(poll.event.agenda.all())
    apart = Option.objects.standing().exclude(moderation=Moderation.SHOWN).filter(poll=poll)
    by_state: dict[str, list[Option]] = {Moderation.WAITING: [], Moderation.HIDDEN: []}
    for option in apart.order_by("number"):
        by_state[option.moderation].append(option)
    return {
        "results": results,
        "rows": [(row, answer_form(row, items), hands_form(row)) for row in results.rows],
        "waiting": by_state[Moderation.WAITING],
        "hidden": by_state[Moderation.HIDDEN],
        "reasons": REASONS,
    }


def answer_form(row: Row, items: list[AgendaItem]) -> AnswerOptionForm:
    known = {"item": row.option.agenda_item_id, "answer": row.option.answer}
    return AnswerOptionForm(items, initial=known, auto_id=f"answer-{row.option.identifier}-%s")


def hands_form(row: Row) -> HandsForm:
    return HandsForm(
        initial={"number": row.option.counted_in_room}, auto_id=f"count-{row.option.identifier}-%s"
    )


@register.filter
def hide_form(option: Option) -> HideForm:
    return HideForm(auto_id=f"hide-{option.identifier}-%s")
