"""Examples of what came of it: themes, what was heard and decided, amendments, promises and calls."""

from collections.abc import Callable

from events.models import Event
from outcomes.models import Amendment, Call, Decision, Promise, Signature, Statement, Theme
from outcomes.signature_tokens import token_of as token_of_signature
from principles.models import Principle
from tools.examples.demo import COMING, EVENT, Examples, a_note

SETS = ("elephants", "terrapins")


def a_naming() -> Examples:
    """A note, and the principle of which somebody may say that it does not mean it."""
    return [(a_note().identifier, Principle.objects.get(set__slug="elephants", slug="power").identifier)]


def promises() -> Examples:
    """One that was kept, and one of which nothing is known."""
    each = (Promise.objects.on_the_ledger().filter(state=state)[0] for state in ("kept", "unknown"))
    return [(promise.identifier,) for promise in each]


def a_call_for_action() -> tuple[str]:
    """A call of the demo that can be signed."""
    return (Call.objects.exclude(opened_at=None).filter(closed_at=None).order_by("pk")[0].identifier,)


def signatures() -> Examples:
    """One that is shown, and one that waits."""
    states = (Signature.State.SHOWN, Signature.State.HELD)
    of_call = Signature.objects.filter(call__identifier=a_call_for_action()[0])
    return [(token_of_signature(of_call.filter(state=state)[0]),) for state in states]


def themes() -> Examples:
    """The first two of whoever organises, and one of somebody who grouped some of the same notes."""
    standing = Theme.objects.standing().filter(event__slug=EVENT)
    return [(theme.identifier,) for theme in standing[:3]]


def written(model: type[Statement | Decision]) -> Examples:
    """The first that is public, and a draft where there is one."""
    of_event = model.objects.filter(event__slug=EVENT, withdrawn_at=None)
    public, drafts = of_event.exclude(published_at=None), of_event.filter(published_at=None)
    return [(one.identifier,) for one in [*public[:1], *drafts[:1]]]


def decisions() -> Examples:
    """One that was carried out, and one that says no."""
    kinds = (Decision.Kind.DONE, Decision.Kind.WILL_NOT)
    each = (Decision.objects.filter(event__slug=EVENT, kind=kind)[0] for kind in kinds)
    return [(decision.identifier,) for decision in each]


def followed() -> Examples:
    """An event and a decision: each kind of outcome is followed in the same way."""
    event, decision = Event.objects.get(slug=EVENT), written(Decision)[0]
    return [("event", event.identifier), ("decision", *decision)]


def amendments() -> Examples:
    """One that takes marks, and one that made a wording."""
    each = (Amendment.objects.filter(state=state)[0] for state in ("open", "accepted"))
    return [(amendment.identifier,) for amendment in each]


OUTCOME_EXAMPLES: dict[str, Callable[[], Examples]] = {
    **dict.fromkeys(("crosswalk_of", "crosswalk_csv", "crosswalk_json"), lambda: [SETS]),
    "no_tie": a_naming,
    **dict.fromkeys(("promise", "promise_update"), promises),
    **dict.fromkeys(("event_promise_new", "event_promises_found"), lambda: [(EVENT,)]),
    "post_promises_found": lambda: [("both-numbers-stay",)],
    **dict.fromkeys(("call", "call_sign", "call_edit", "call_signatures"), lambda: [a_call_for_action()]),
    "my_signature": signatures,
    **dict.fromkeys(("event_themes", "theme_new"), lambda: [(EVENT,)]),
    "theme_page": themes,
    **dict.fromkeys(("theme_edit", "theme_dissolve"), lambda: themes()[:1]),
    **dict.fromkeys(("event_outcomes", "event_outcomes_feed"), lambda: [(EVENT,), (COMING,)]),
    "series_outcomes": lambda: [("coalitions-for-change",)],
    "statement": lambda: written(Statement),
    "statement_version": lambda: [(Statement.objects.exclude(changes=None)[0].identifier, 1)],
    "decision": decisions,
    "decision_version": lambda: [(*written(Decision)[0], 1)],
    "outcome_follow": followed,
    **dict.fromkeys(("event_waiting", "statement_new", "decision_new"), lambda: [(EVENT,)]),
    "statement_edit": lambda: written(Statement),
    "decision_edit": lambda: written(Decision),
    "decision_update": lambda: written(Decision)[:1],
    "amendment": amendments,
    **dict.fromkeys(("amendment_edit", "amendment_decide"), lambda: amendments()[:1]),
    "amendment_new": lambda: [("elephants", "power")],
}
