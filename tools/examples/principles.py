"""Examples of principles and of their wordings."""

from collections.abc import Callable

from tools.examples.demo import Examples

PRINCIPLE_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "principle_set": lambda: [("elephants",), ("terrapins",)],
    "principle": lambda: [("elephants", "power"), ("terrapins", "relational")],
    "wording": lambda: [("elephants", "power", 1)],
}
