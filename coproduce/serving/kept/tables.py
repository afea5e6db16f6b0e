"""Which tables a statement names, and whether its answer depends on them and on nothing else."""

import re
from functools import lru_cache

WORD = re.compile(r"[a-z_][a-z0-9_]*")
LONGEST = 50_000  # characters

# Statements that only read, and those around them.
READS = re.compile(r"\W*(?:select|with|savepoint|release|rollback|set|show|values|declare|fetch|close)\b")
# What stands for more than the rows of the tables named: what is written, drawn by lot, or not of them.
ODD = re.compile(
    r"\b(?:insert|update|delete|merge|truncate|into|copy|explain|analyze|tablesample|nextval|currval|lastval"
    r"|setval|random|gen_random_uuid|uuidv[47]|txid_\w+|information_schema|pg_\w+)\b"
)


@lru_cache(maxsize=1024)
def tables_in(statement: str, known: frozenset[str]) -> frozenset[str] | None:
    """Those of the tables `known` that are named anywhere in it; None where that is not all it depends on.

    A word in a text that happens to be the name of a table counts too: one more does no harm.
    """
    words = statement.lower()
    if len(words) > LONGEST or not READS.match(words) or ODD.search(words):
        return None
    return known.intersection(WORD.findall(words))
