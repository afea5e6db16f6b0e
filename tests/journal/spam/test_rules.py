"""Reasons to look closely: read from words alone, and given for no honest note on record."""

import re
import time
from pathlib import Path

import pytest

from journal.spam.rules import links_in, reasons_in
from responses.transcription import parse

RECORDS = Path(__file__).resolve().parents[4] / "shared" / "records"
MONEY, TWICE, VISIT, SHOUTS, LINK, CLOAKED, MIXED = (
    "It offers money and says whom to write to.",
    "It gives one address twice.",
    "It asks readers to visit something.",
    "It shouts: many words in capitals.",
    "It is hardly more than a link.",
    "It tries to hide where a link leads.",
    "A word in it mixes two alphabets.",
)


def record(number: str) -> str:
    """A record of the folder beside the project; skips where it is not there."""
    found = sorted(RECORDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"The folder of records is not beside the project: nothing to read at {RECORDS}.")
    return found[0].read_text()


def comments_of(text: str) -> list[str]:
    """The comments under an article, of which each ends with the button that answers it."""
    after = re.split(r"\n\d+ comments:\s*\n", text, maxsplit=1)[1]
    return [
        part.strip() for part in re.split(r"ReplyDelete|\n\s*Delete\s*\n", after) if len(part.strip()) > 20
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("You win $9,000 today, write to lots@prizes.example.", MONEY),
        ("A loan for all. Ring +44 161 496 0000 now.", MONEY),
        ("Write to a@b.example or again to A@B.example", TWICE),
        ("See https://x.example/a and https://x.example/a/", TWICE),
        ("For more information visit: Pebbles", VISIT),
        ("It is good. Click here", VISIT),
        ("THIS IS THE VERY BEST CHANCE of the year", SHOUTS),
        ("look www.pebbles.example", LINK),
        ("good one [url=https://x.example]here[/url] as we said before", CLOAKED),
        ("Go to pаypal for it", MIXED),  # with a Cyrillic а
    ],
)
def test_each_rule_gives_its_sentence(text: str, reason: str) -> None:
    assert reason in reasons_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "The co-op got £50,000 and we were not asked.",
        "Write to me: ada@example.org",
        "We read it at www.example.org and it changed how we meet.",
        "NHS, GMCA and LGBTQ+ groups came. WHO decides?",
        "Мы пришли из другого города, и нам понравилось здесь очень.",
        "كنا هناك وكان الجميع ودودين جدا معنا في ذلك اليوم",
        "Ring 0161 if you want, I never got an answer.",
        "",
    ],
)
def test_honest_words_give_no_reason(text: str) -> None:
    assert reasons_in(text) == []


def test_more_links_than_usual_are_a_reason_and_who_is_known_may_have_more() -> None:
    text = "We compared https://one.example/a with https://two.example/b for a whole evening."
    assert reasons_in(text) == ["It has 2 links."]
    assert reasons_in(text, most_links=2) == []


def test_an_e_mail_address_is_no_link() -> None:
    assert links_in("write to ada@example.org, not to www.example.org") == ["www.example.org"]


def test_both_comments_under_the_report_are_held_for_stated_reasons() -> None:
    spam = comments_of(record("002"))
    assert len(spam) == 2
    reasons = [reasons_in(text) for text in spam]
    assert reasons[0] == [VISIT]
    assert reasons[1] == [MONEY, TWICE, SHOUTS]


def test_no_note_on_record_gives_a_reason() -> None:
    notes = [note.plain for name in ("000", "001") for note in notes_of(record(name))]
    assert len(notes) > 20
    assert [note for note in notes if reasons_in(note)] == []


def notes_of(text: str) -> list:
    return [note for station in parse(text).stations for note in station.notes]


def test_no_line_and_no_paragraph_on_record_gives_a_reason() -> None:
    texts = [re.split(r"\n\d+ comments:", record(name))[0] for name in ("000", "001", "002", "003", "004")]
    pieces = [piece for text in texts for piece in (*text.splitlines(), *re.split(r"\n\s*\n", text))]
    assert len(pieces) > 300
    assert [piece for piece in pieces if reasons_in(piece)] == []


@pytest.mark.parametrize(
    "filling", ["a", "a.", "1 ", "1,", "@a", "A ", "www.", "click ", "http://", "é", "$1"]
)
def test_no_text_takes_long_to_look_through(filling: str) -> None:
    text = filling * (20_000 // len(filling))
    began = time.process_time()
    reasons_in(text)
    assert time.process_time() - began < 1
