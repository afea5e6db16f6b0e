"""Atom feeds that hold whatever people wrote."""

import re

from django.utils.feedgenerator import Atom1Feed

# What XML 1.0 cannot hold, however it is escaped.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AtomFeed(Atom1Feed):
    """With U+FFFD for each character that XML cannot hold: one of them would take the whole feed away."""

    def __init__(self, **facts: object) -> None:
        super().__init__(**_writable(facts))

    def add_item(self, **facts: object) -> None:
        super().add_item(**_writable(facts))


def _writable(facts: dict[str, object]) -> dict[str, object]:
    return {
        name: UNWRITABLE.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in facts.items()
    }
