"""Where the principles of a scene stand."""

from collections.abc import Callable, Iterator

from tests.rules.scenes import Scene


def of_principle(scene: Scene) -> Iterator[dict]:
    yield {"set_slug": scene.principles.slug, "slug": scene.principles.principles.first().slug}


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    "principle_set": lambda scene: iter([{"slug": scene.principles.slug}]),
    "principle": of_principle,
    "wording": lambda scene: ({**kwargs, "version": 1} for kwargs in of_principle(scene)),
}
