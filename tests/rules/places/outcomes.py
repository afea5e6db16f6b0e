"""Where the outcomes of a scene stand."""

from collections.abc import Callable, Iterator

from tests.rules.scenes import Scene

PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {}
