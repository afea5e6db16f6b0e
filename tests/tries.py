"""How often tests of random steps try: a quarter of it on each run, all of it with THOROUGH=1.

Each run draws other steps, so that many short ones find what a long one finds.
"""

import os

IS_THOROUGH = os.environ.get("THOROUGH") == "1"


def tries(most: int) -> int:
    """How many examples to try, of `most` in a thorough run."""
    return most if IS_THOROUGH else max(1, most // 4)
