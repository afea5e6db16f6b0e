"""Where everything of a scene is cited."""

from collections.abc import Callable, Iterator

from journal.models import Story
from outcomes.models import Amendment
from responses.models import Note, Picture
from tests.rules.scenes import Scene


def of_all_kinds(scene: Scene) -> Iterator[tuple[str, str]]:
    """The kind and permanent id of everything on the event, whether anybody may see it or not."""
    event = scene.event
    found = {
        "note": Note.objects.filter(board__event=event),
        "event": [event],
        "board": [scene.board],
        "quotation": event.quotations.all(),
        "set": [scene.principles],
        "principle": scene.principles.principles.all(),
        "wording": [one for each in scene.principles.principles.all() for one in each.wordings.all()],
        "post": scene.posts,
        "story": Story.objects.filter(call__in=event.story_calls.all()),
        "picture": Picture.objects.filter(drawing__event=event),
        "theme": event.themes.all(),
        "statement": event.statements.all(),
        "decision": event.decisions.all(),
        "amendment": Amendment.objects.filter(principle__set=scene.principles),
        "promise": event.promises.all(),
        "call": event.calls.all(),
    }
    return ((kind, thing.identifier) for kind, things in found.items() for thing in things)


def of_citations(scene: Scene) -> Iterator[dict]:
    return ({"kind": kind, "identifier": identifier} for kind, identifier in of_all_kinds(scene))


def of_versions(scene: Scene) -> Iterator[dict]:
    return ({**place, "number": 1} for place in of_citations(scene))


def of_files(scene: Scene) -> Iterator[dict]:
    return ({**place, "which": "latest", "form": "ris"} for place in of_citations(scene))


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    "cite": of_citations,
    "cite_version": of_versions,
    "cite_file": of_files,
    "cite_linkset": of_citations,
}
