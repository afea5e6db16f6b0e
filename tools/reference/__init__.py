"""The reference below docs/reference, written from the source: `./dev reference`.

Nothing in it is typed twice: commands say their own help, addresses their view's first sentence,
tables and acts theirs. A test fails while a page of it is not what the source says today.
"""

from collections.abc import Callable, Mapping

from tools.reference.acts import acts
from tools.reference.addresses import addresses
from tools.reference.commands import commands
from tools.reference.settings import settings_page
from tools.reference.tables import tables

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands,
    "settings.md": settings_page,
    "addresses.md": addresses,
    "tables.md": tables,
    "acts.md": acts,
}
