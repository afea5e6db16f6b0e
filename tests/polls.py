"""Polls for tests, made by the acts themselves."""

from uuid import UUID, uuid4

from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from responses.models import Activity, Option, Poll
from responses.poll import make_poll, propose_option, set_choices
from responses.room import change_phase, open_activity

BEN = Viewer(guest_key="ben")


def hold_poll(event: Event, *first: str, phase: str = Activity.Phase.CHOOSE, **settings: object) -> Poll:
    """An open poll in `phase` with the suggestions `first` on its list."""
    poll = make_poll(event, by=None, name="After lunch", first=first, **settings)
    open_activity(poll, by=None)
    change_phase(poll, phase, by=None)
    return Poll.objects.select_related("event").get(pk=poll.pk)


def suggest(
    poll: Poll,
    text: str = "Pay people in time",
    *,
    by: Viewer = BEN,
    key: UUID | None = None,
    wish: str = "any",
    public: bool = True,
) -> Option:
    consent = consent_given(public=public, research=public)
    sent = {"key": key or uuid4(), "text": text, "wish": wish, "consent": consent}
    return propose_option(poll, by=by, **sent).option


def choose(poll: Poll, by: Viewer | str, *texts: str) -> None:
    """Let somebody choose the suggestions with these words, in this order."""
    viewer = Viewer(guest_key=by) if isinstance(by, str) else by
    set_choices(poll, by=viewer, options=[poll.options.get(text=text) for text in texts])


def join(poll: Poll, by: Viewer) -> None:
    """Let somebody be in the room."""
    token = poll.token_of(by)
    poll.participants.update_or_create(token=token, defaults={"joined_at": "2026-01-01T10:00Z"})
