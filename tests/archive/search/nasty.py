"""Two hundred searches that nobody means well, or that somebody typed with an elbow."""

from random import Random
from urllib.parse import quote

SIGNS = "%_\\'\"*-()&|!<>:~?[]{}/.,;@#$^+=`£↑♥→“”–"
WORDS = ("people", "not", "with", "power", "a", "e", "DROP", "SELECT", "null", "0", "9" * 20)
FACETS = (
    "mark=square", "state=illegible", "origin=paper", "consent=board", "consent=research",
    "legibility=unread", "year=2015", "year=0000", "kind=note", "kind=person",
    "kind=post", "sort=best", "sort=event", "event=x", "place=%25", "tag=%5C", "principle='", "set=--",
)  # fmt: skip
BY_HAND = (
    "", "-", "--", "*", "**", '"', '""', '"""', "-people", "-a -b -c", "a " * 12, "a " * 13, "a* " * 12,
    "*a* *b* *c* *d* *e*", "*e*", "%", "_", "\\", "%%%", "*%*", "*_*", "*\\*", "x" * 200, "x" * 201,
    "£" * 200, "*" + "ab" * 90 + "*", "(" * 200, "a|b&c", "!a", "a:*", "a & ! b", "'", "''", "\u0301" * 50,
    "ﷺ" * 50, "😀", "\u202e people", "people OR not", "NEAR(a b)", "{}", "[removed: name]", "<b>people</b>",
    "people -people", '-"people"', "people*", "p*", "0*", "-*", '"power with', "\t\n", "\ufeff", "a\u200bb",
)  # fmt: skip


def nasty_searches() -> list[str]:
    """What stands behind `?` in each of them; no NUL, which the site refuses before any page."""
    chance = Random(2019)
    made = [f"q={quote(words)}" for words in BY_HAND]
    while len(made) < 200:
        parts = [_term(chance) for _ in range(chance.randint(0, 12))]
        facets = chance.sample(FACETS, chance.randint(0, 4))
        made.append("&".join([f"q={quote(' '.join(parts))}", *facets]))
    return made


def _term(chance: Random) -> str:
    word = (
        chance.choice(WORDS)
        if chance.random() < 0.6
        else "".join(chance.choices(SIGNS, k=chance.randint(1, 9)))
    )
    return chance.choice(("{}", "-{}", "{}*", "*{}*", '"{}"', '"{}')).format(word)
