"""The demo's comments on a record: shown, answered, taken away, and two that wait. All are invented."""

from uuid import UUID, uuid5

from archive.demo.walls import guest
from events.models import Event
from journal.comments import add_comment
from journal.judging import REPLIES, SPAM, judge
from journal.models import Comment, State
from journal.spam.screening import look_at
from journal.spam.trust import Trust
from people.guests import Viewer
from responses.models import Mark

ON = "values-and-principles"
# So that a demo seeded again gives the same addresses.
KEYS = UUID("6f3c2a52-6c0b-4c57-9d0e-4c2f6e1b7a11")
SHOWN, REMOVED, HELD = State.SHOWN, State.REMOVED, State.HELD
# What becomes of it, the mark, the name, the words, and the answer of those who held the meeting.
SAID = (
    (
        SHOWN,
        Mark.SQUARE,
        "Maureen",
        "You count the ticks first and read the squares last. By then half the room has its coat on.",
        "That is fair. Next time the squares are read aloud before anything is counted.",
    ),
    (SHOWN, Mark.TICK, "", "The paper pads helped. My hands do not like a phone.", ""),
    (
        REMOVED,
        Mark.NOT_RECORDED,
        "Quick Sofas",
        "New sofas half price this week, visit our shop: sofas.example. New sofas: sofas.example",
        "",
    ),
    (HELD, Mark.HEART, "Joyce", "Could the next meeting be on a bus route?", ""),
    (HELD, Mark.NOT_RECORDED, "Best Rates", "EASY MONEY FOR EVERYBODY HERE: loans@rates.example", ""),
)  # fmt: skip


def leave_comments(*, by: Viewer) -> None:
    """Comments by guests of the demo on one record, decided upon by `by`, who holds the event."""
    event = Event.objects.get(slug=ON)
    for number, (state, mark, name, text, answer) in enumerate(SAID):
        comment = _send(event, number, by=guest(number), text=text, mark=mark, name=name)
        if state != HELD:
            judge(comment, SHOWN, by=by)
        if state == REMOVED:
            # It slipped through, and leaves its trace.
            judge(comment, REMOVED, by=by, why=REPLIES[SPAM])
        if answer:
            # Shown at once: whoever holds the event decides about its comments.
            _send(event, number + len(SAID), by=by, text=answer, is_named=True, answers=comment)


def _send(event: Event, number: int, *, by: Viewer, text: str, **facts: object) -> Comment:
    verdict = look_at(text, fields={"name": str(facts.get("name", ""))}, trust=Trust.NEWCOMER)
    return add_comment(event, by=by, key=uuid5(KEYS, str(number)), text=text, verdict=verdict, **facts)
