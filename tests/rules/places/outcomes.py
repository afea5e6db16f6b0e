"""Where the outcomes of a scene stand."""

from collections.abc import Callable, Iterator

from outcomes.models import Amendment, OutcomeFollower, Signature, Tie
from outcomes.signature_tokens import token_of
from people.subscribing import token_of as token_of_subscriber
from tests.rules.places.events import of_event, of_series
from tests.rules.places.principles import of_principle
from tests.rules.scenes import Scene


def of_promises(scene: Scene) -> Iterator[dict]:
    return ({"identifier": promise.identifier} for promise in scene.event.promises.all())


def of_calls(scene: Scene) -> Iterator[dict]:
    return ({"identifier": call.identifier} for call in scene.event.calls.all())


def of_signatures(scene: Scene) -> Iterator[dict]:
    for signature in Signature.objects.filter(call__event=scene.event):
        yield {"token": token_of(signature)}


def of_sets(scene: Scene) -> Iterator[dict]:
    yield {"one": scene.principles.slug, "other": scene.principles.slug}


def of_ties(scene: Scene) -> Iterator[dict]:
    ties = Tie.objects.filter(one__set=scene.principles)
    return ({"identifier": tie.identifier} for tie in ties)


def of_unmeant(scene: Scene) -> Iterator[dict]:
    named = scene.principles.principles.last()
    return ({"identifier": note.identifier, "principle": named.identifier} for note in scene.notes)


def of_themes(scene: Scene) -> Iterator[dict]:
    return ({"identifier": theme.identifier} for theme in scene.event.themes.all())


def of_amendments(scene: Scene) -> Iterator[dict]:
    proposed = Amendment.objects.filter(principle__set=scene.principles)
    return ({"identifier": amendment.identifier} for amendment in proposed)


def of_statements(scene: Scene) -> Iterator[dict]:
    return ({"identifier": statement.identifier} for statement in scene.event.statements.all())


def of_versions(scene: Scene) -> Iterator[dict]:
    return (place | {"number": 1} for place in of_statements(scene))


def of_decisions(scene: Scene) -> Iterator[dict]:
    return ({"identifier": decision.identifier} for decision in scene.event.decisions.all())


def of_decision_versions(scene: Scene) -> Iterator[dict]:
    return (place | {"number": 1} for place in of_decisions(scene))


def of_what_is_followed(scene: Scene) -> Iterator[dict]:
    yield {"kind": "event", "identifier": scene.event.identifier}
    for place in of_decisions(scene):
        yield {"kind": "decision"} | place


def of_followers(scene: Scene) -> Iterator[dict]:
    for follow in OutcomeFollower.objects.filter(event=scene.event):
        token = token_of_subscriber(follow.subscriber)
        yield {"token": token, "kind": "event", "identifier": scene.event.identifier}


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("event_outcomes", "event_outcomes_feed", "event_waiting"), of_event),
    **dict.fromkeys(("statement_new", "decision_new"), of_event),
    **dict.fromkeys(("statement", "statement_edit"), of_statements),
    "statement_version": of_versions,
    "decision_version": of_decision_versions,
    **dict.fromkeys(("decision", "decision_edit", "decision_update"), of_decisions),
    "series_outcomes": of_series,
    "outcome_follow": of_what_is_followed,
    "outcome_stop": of_followers,
    **dict.fromkeys(("event_themes", "theme_new"), of_event),
    **dict.fromkeys(("theme_page", "theme_edit", "theme_dissolve"), of_themes),
    **dict.fromkeys(("amendment", "amendment_edit", "amendment_decide"), of_amendments),
    "amendment_new": of_principle,
    "crosswalk_of": of_sets,
    "tie_undo": of_ties,
    **dict.fromkeys(("no_tie", "no_tie_undo"), of_unmeant),
    **dict.fromkeys(("promise", "promise_update"), of_promises),
    "event_promise_new": of_event,
    **dict.fromkeys(("call", "call_sign", "call_edit", "call_signatures"), of_calls),
    "my_signature": of_signatures,
}
