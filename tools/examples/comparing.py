"""Examples of what is compared."""

from collections.abc import Callable

from principles.models import Principle
from tools.examples.demo import Examples


def compared() -> Examples:
    """A principle that the demo's events asked about."""
    principle = Principle.objects.exclude(stations=None).select_related("set").order_by("pk")[0]
    return [(principle.set.slug, principle.slug)]


COMPARING_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "compare_principle": compared,
    "compare_principle_file": lambda: [(*compared()[0], "json")],
    **dict.fromkeys(("compare_sets_file", "compare_time_file"), lambda: [("csv",)]),
}
