"""Words learned from what people here removed as spam and what they showed: it sorts, and decides nothing."""

import math
import re
from collections.abc import Iterable, Sequence

from django.db import connection

from journal.models import LearnedWord

WORD = re.compile(r"[^\W\d_]{3,40}")
# A guess before anything is known, and what each reason of the rules adds; in logits.
UNKNOWN, A_REASON = -2.0, 2.0
# Until so many texts of both kinds were decided upon, words say nothing.
ENOUGH = 5
# No heap of words outweighs everything else.
MOST = 6.0
THE_TEXTS = ""  # the word that counts the texts

ADD = """
    INSERT INTO journal_learnedword (word, removed, shown) VALUES {rows}
    ON CONFLICT (word) DO UPDATE SET removed = journal_learnedword.removed + EXCLUDED.removed,
        shown = journal_learnedword.shown + EXCLUDED.shown
"""
TAKE_OFF = """
    UPDATE journal_learnedword SET removed = greatest(removed - %s, 0), shown = greatest(shown - %s, 0)
    WHERE word = ANY(%s)
"""


def learn(text: str, *, as_spam: bool) -> None:
    """Count the words of a text that was removed as spam, or shown."""
    # The row that counts the texts comes first: whoever learns at the same time waits there.
    words = [THE_TEXTS, *sorted(words_of(text))]
    values = [part for word in words for part in (word, int(as_spam), int(not as_spam))]
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(rows=", ".join(["(%s, %s, %s)"] * len(words))), values)


def unlearn(text: str, *, as_spam: bool) -> None:
    """Take back what `learn` counted."""
    with connection.cursor() as cursor:
        for words in ([THE_TEXTS], sorted(words_of(text))):
            cursor.execute(TAKE_OFF, [int(as_spam), int(not as_spam), words])


def words_of(text: str) -> set[str]:
    return {word.lower()[:40] for word in WORD.findall(text)}


def likeness(text: str, number_of_reasons: int = 0) -> float:
    """From 0, like what was shown, to 1, like what was removed; rules count until words are known."""
    learned = sum(weight for _, weight in weights(words_of(text)))
    logit = UNKNOWN + A_REASON * number_of_reasons + max(-MOST, min(MOST, learned))
    return 1 / (1 + math.exp(-logit))


def telling_words(text: str, most: int = 5) -> list[str]:
    """The words of a text that stood in spam most, the most telling first: for whoever decides."""
    return telling_words_of([text], most)[0]


def telling_words_of(texts: Sequence[str], most: int = 5) -> list[list[str]]:
    """The same of many texts, in one query."""
    found = [words_of(text) for text in texts]
    known = {word: weight for word, weight in weights(set().union(*found)) if weight > 0}
    return [sorted(known.keys() & words, key=lambda word: (-known[word], word))[:most] for words in found]


def weights(words: Iterable[str]) -> list[tuple[str, float]]:
    """How much more each word that is known was removed than shown, in logits."""
    known = {row.word: row for row in LearnedWord.objects.filter(word__in=[THE_TEXTS, *words])}
    texts = known.pop(THE_TEXTS, None)
    if texts is None or min(texts.removed, texts.shown) < ENOUGH:
        return []
    return [(row.word, weight_of(row, texts)) for row in known.values()]


def weight_of(row: LearnedWord, texts: LearnedWord) -> float:
    """The logarithm of how often it stood in spam by how often elsewhere, with one half added to each."""
    in_spam = (row.removed + 0.5) / (texts.removed + 1)
    elsewhere = (row.shown + 0.5) / (texts.shown + 1)
    return math.log(in_spam / elsewhere)
