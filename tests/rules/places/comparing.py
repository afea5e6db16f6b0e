"""Where the principles of a scene are compared."""

from collections.abc import Callable, Iterator

from archive.compare.files import KINDS
from tests.rules.scenes import Scene


def of_comparisons(scene: Scene) -> Iterator[dict]:
    principles = scene.principles.principles.all()
    return ({"set_slug": scene.principles.slug, "slug": principle.slug} for principle in principles)


def files_of_comparisons(scene: Scene) -> Iterator[dict]:
    return ({**place, "kind": kind} for place in of_comparisons(scene) for kind in KINDS)


def files(scene: Scene) -> Iterator[dict]:
    return ({"kind": kind} for kind in KINDS)


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    "compare_principle": of_comparisons,
    "compare_principle_file": files_of_comparisons,
    **dict.fromkeys(("compare_sets_file", "compare_time_file"), files),
}
