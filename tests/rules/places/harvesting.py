"""Where programs find the things of a scene."""

from collections.abc import Callable, Iterator

from archive.api.all_kinds import KINDS
from archive.harvest.sitemap import MAPPED
from tests.rules.places.citing import of_all_kinds
from tests.rules.places.responses import of_notes
from tests.rules.scenes import Scene

MANY = {kind.one: name for name, kind in KINDS.items()}


def of_lists(_scene: Scene) -> Iterator[dict]:
    return ({"kind": name} for name in KINDS)


def of_items(scene: Scene) -> Iterator[dict]:
    """One of each kind, and every note: no more than one network may ask for in a minute."""
    firsts = {MANY[kind]: one for kind, one in reversed(list(of_all_kinds(scene))) if kind in MANY}
    yield from ({"kind": name, "identifier": one} for name, one in firsts.items() if name != "notes")
    yield from ({"kind": "notes", **note} for note in of_notes(scene))


def of_parts(_scene: Scene) -> Iterator[dict]:
    return ({"name": name, "number": 0} for name in ("pages", *MAPPED))


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    "api_list": of_lists,
    "api_item": of_items,
    "api_readings": of_notes,
    "sitemap_part": of_parts,
}
