"""Examples from the demo for every route of the site that takes words."""

from collections.abc import Callable

from tools.examples.archive import ARCHIVE_EXAMPLES
from tools.examples.asking import ASKING_EXAMPLES
from tools.examples.boards import BOARD_EXAMPLES
from tools.examples.comparing import COMPARING_EXAMPLES
from tools.examples.demo import Examples, NoExample, author_of_the_note
from tools.examples.events import EVENT_EXAMPLES
from tools.examples.harvesting import HARVESTING_EXAMPLES
from tools.examples.journal import JOURNAL_EXAMPLES, TEXT_EXAMPLES
from tools.examples.outcomes import OUTCOME_EXAMPLES
from tools.examples.paper import PAPER_EXAMPLES
from tools.examples.people import PEOPLE_EXAMPLES
from tools.examples.principles import PRINCIPLE_EXAMPLES
from tools.examples.studying import STUDYING_EXAMPLES
from tools.examples.taking import TAKING_EXAMPLES

__all__ = ["EXAMPLES", "Examples", "NoExample", "author_of_the_note"]

EXAMPLES: dict[str, Callable[[], Examples]] = {
    **EVENT_EXAMPLES,
    **PRINCIPLE_EXAMPLES,
    **BOARD_EXAMPLES,
    **ASKING_EXAMPLES,
    **PAPER_EXAMPLES,
    **PEOPLE_EXAMPLES,
    **JOURNAL_EXAMPLES,
    **TEXT_EXAMPLES,
    **OUTCOME_EXAMPLES,
    **ARCHIVE_EXAMPLES,
    **TAKING_EXAMPLES,
    **COMPARING_EXAMPLES,
    **STUDYING_EXAMPLES,
    **HARVESTING_EXAMPLES,
}
