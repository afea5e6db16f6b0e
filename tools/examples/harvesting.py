"""Examples of what programs ask for."""

from collections.abc import Callable

from tools.examples.demo import Examples, a_note

HARVESTING_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "api_list": lambda: [("notes",)],
    "api_item": lambda: [("notes", a_note().identifier)],
    "api_readings": lambda: [(a_note().identifier,)],
    "sitemap_part": lambda: [("notes", 0)],
}
