"""How much one run of the tests tries of what takes very long: all of it with THOROUGH=1.

Each run draws other random steps, so that many short ones find what a long one finds; and each day has
its third of what is done in turns.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime

IS_THOROUGH = os.environ.get("THOROUGH") == "1"
# Kept for the processes of a run, which may begin before midnight and after.
TURN = int(os.environ.setdefault("TURN", str(datetime.now(UTC).date().toordinal() % 3)))


def tries(most: int) -> int:
    """How many examples to try, of `most` in a thorough run."""
    return most if IS_THOROUGH else max(1, most // 4)


def in_turn[T](things: Iterable[T]) -> list[T]:
    """Every third of `things`, others on the next day; all in a thorough run."""
    return list(things) if IS_THOROUGH else list(things)[TURN % 3 :: 3]
