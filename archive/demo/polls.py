"""The demo's polls: one that was answered, one in which the room is choosing."""

from uuid import uuid4

from archive.demo.tables import read_table
from archive.demo.walls import guest
from events.agenda import add_item
from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from responses.models import Option, Poll
from responses.poll import (
    add_option,
    answer_option,
    count_hands,
    hide_option,
    make_poll,
    propose_option,
    set_choices,
    withdraw_option,
)
from responses.room import change_phase, close_activity, open_activity

SETTINGS = ("name", "question", "asks_wishes", "is_ranked", "hides_until_reveal", "first")


def hold_polls(*, by: Viewer) -> None:
    """The parts of the demo's day, and its polls."""
    table = read_table("polls")
    for day in table["days"]:
        for time, title in day["parts"]:
            add_item(Event.objects.get(slug=day["event"]), by=by, time=time, title=title)
    for row in table["polls"]:
        _hold(row, by=by)


def _hold(row: dict, *, by: Viewer) -> None:
    settings = {name: row[name] for name in SETTINGS if name in row}
    event = Event.objects.get(slug=row["event"])
    poll = make_poll(event, by=by, is_invented=True, **settings)
    open_activity(poll, by=by)
    for number, (wish, text, fate) in enumerate(row["suggestions"]):
        _suggest(poll, guest(number), wish, text, fate, row=row, organiser=by)
    if "said_aloud" in row:
        wish, text = row["said_aloud"]
        consent = consent_given(public=True, research=True)
        add_option(poll, by=by, key=uuid4(), wish=wish, text=text, consent=consent)
    change_phase(poll, Poll.Phase.CHOOSE, by=by)
    for number, chosen in enumerate(row["choices"]):
        options = [poll.options.get(number=one) for one in chosen]
        set_choices(poll, by=guest(number), options=options)
    _answer(poll, row, by=by)


def _suggest(
    poll: Poll, who: Viewer, wish: str, text: str, fate: str, *, row: dict, organiser: Viewer
) -> None:
    is_kept = fate == "kept"
    consent = consent_given(public=not is_kept, research=not is_kept)
    option = propose_option(poll, by=who, key=uuid4(), text=text, wish=wish, consent=consent).option
    if fate == "hidden":
        hide_option(option, row["hide_because"], by=organiser)
    if fate == "withdrawn":
        withdraw_option(option, by=who)


def _answer(poll: Poll, row: dict, *, by: Viewer) -> None:
    for number, hands in row.get("hands", {}).items():
        count_hands(_option(poll, number), hands, by=by)
    if row.get("closed"):
        close_activity(poll, by=by)
    for number, time in row.get("taken_up", {}).items():
        answer_option(_option(poll, number), by=by, item=poll.event.agenda.get(time=time))
    for number, why in row.get("declined", {}).items():
        answer_option(_option(poll, number), by=by, answer=why)


def _option(poll: Poll, number: str) -> Option:
    return poll.options.get(number=int(number))
