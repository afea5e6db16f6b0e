"""Every kind of thing that is told, by the name in its address."""

from archive.api.kinds import Kind
from archive.api.of_boards import NOTES
from archive.api.of_outcomes import AMENDMENTS, CALLS, DECISIONS, PROMISES, STATEMENTS_KIND, THEMES
from archive.api.of_records import EVENTS, POSTS, PRINCIPLES, QUOTATIONS, SERIES, SETS, STORIES

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        NOTES, EVENTS, SERIES, SETS, PRINCIPLES, QUOTATIONS, POSTS, STORIES,
        THEMES, STATEMENTS_KIND, DECISIONS, PROMISES, AMENDMENTS, CALLS,
    )
}  # fmt: skip
