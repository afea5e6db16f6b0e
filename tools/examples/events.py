"""Examples of events, of their parts and of who comes."""

from collections.abc import Callable

from events.models import AgendaItem, SignUp
from events.sign_ups import token_of as token_of_place
from tools.examples.demo import COMING, EVENT, Examples
from tools.stage_urls import ERRORS


def demo_places() -> list[SignUp]:
    """Who has a place at what is coming, who waits for one, and who did not answer yet."""
    states = (SignUp.State.GOING, SignUp.State.WAITING, SignUp.State.UNCONFIRMED)
    return [SignUp.objects.filter(event__slug=COMING, state=state)[0] for state in states]


EVENT_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "event": lambda: [("shaping-the-coalition",), (EVENT,), ("report-launch",)],
    "series": lambda: [("coalitions-for-change",)],
    "tag": lambda: [("sticky-notes",)],
    **dict.fromkeys(
        ("event_edit", "event_state", "event_copy", "event_calendar", "sign_ups_csv"), lambda: [(EVENT,)]
    ),
    **dict.fromkeys(("sign_up", "sign_ups"), lambda: [(COMING,)]),
    "my_sign_up": lambda: [(token_of_place(place),) for place in demo_places()],
    **dict.fromkeys(
        ("series_edit", "series_calendar", "series_feed", "series_roles"),
        lambda: [("coalitions-for-change",)],
    ),
    **dict.fromkeys(("agenda", "event_roles", "event_log"), lambda: [(EVENT,)]),
    "agenda_item": lambda: [(EVENT, AgendaItem.objects.filter(event__slug=EVENT)[0].pk)],
    "error": lambda: [(status,) for status in ERRORS],
}
