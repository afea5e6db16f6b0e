"""Every letter, with hostile words wherever it has any: no link, no header and no element comes of them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from lxml import html

from people.letters import written
from people.models import Letter
from people.outbox import message_of
from tests.rules.answers import in_tree
from tests.rules.planting import out_of_lines, out_of_markup
from tests.rules.sources import ROOT

LETTERS = ROOT / "templates" / "letters"
# Letters that hold nobody's words.
WITHOUT_WORDS = {"account_ended"}
# What the others are made of.
PARTS = {"base", "event_facts", "invitation_says"}
TAG = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)
WORD = re.compile(r"(?<![\w.|:\"])[a-z_]+")
# What is written as a day; PostgreSQL keeps no words in such a column.
DAYS = {"since", "until", "expires_at", "reported_at", "received_at", "due_at"}
A_DAY = datetime(2026, 3, 14, 12, tzinfo=UTC)
OURS = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"}
# What mail programs make links of by themselves.
LINK = re.compile(r"https?://\S+|mailto:\S+|\bevil\.example\S*|\S+@\S+", re.IGNORECASE)
SAID = [
    out_of_markup("zq001x", None), out_of_lines("zq001x", None), "http://evil.example/", "evil@evil.example",
    "Ada\r\nBcc: evil@evil.example", '<a href="http://evil.example/">zq001x</a>',
]  # fmt: skip


class Said(str):
    """Hostile words that say the same whatever is asked of them; `holds` is what a condition finds."""

    holds = True

    def __getattr__(self, name: str) -> "Said | datetime":
        if name in DAYS:
            return A_DAY
        if name.startswith("_") or name in ("resolve_expression", "do_not_call_in_templates"):
            raise AttributeError(name)
        return self

    def __bool__(self) -> bool:
        return self.holds


class Unsaid(Said):
    holds = False


def names() -> list[str]:
    return sorted(path.stem for path in LETTERS.glob("*.txt") if path.stem not in PARTS)


def words_asked_for() -> Iterator[str]:
    """Whatever the templates of letters may take for a name; too many do no harm."""
    for path in LETTERS.iterdir():
        for tag in TAG.findall(path.read_text()):
            yield from WORD.findall(tag)


def context(said: str, kind: type[Said]) -> dict[str, object]:
    """Everything a letter may ask for; the parts of a digest are pairs."""
    ours = {"site_name", "site_url", "contact_email", "unsubscribe"}
    asked = {name: kind(said) for name in words_asked_for() if name not in ours}
    return asked | dict.fromkeys(DAYS, A_DAY) | {"parts": [(kind(said), [kind(said)])]}


def ways_out(name: str, said: str, kind: type[Said]) -> Iterator[str]:
    """Where hostile words became more than words in a letter that says them everywhere."""
    letter = written(name, context(said, kind))
    yield from (link for link in LINK.findall(letter.text) if not link.startswith(settings.SITE_URL))
    tree = html.document_fromstring(letter.html)
    yield from in_tree(tree)
    yield from (link for link in tree.xpath("//@href") if not link.startswith(settings.SITE_URL))
    fields = {"subject": letter.subject, "text": letter.text, "html": letter.html}
    message = message_of(Letter(pk=1, kind="x", to="ben@example.org", **fields)).message()
    yield from set(message.keys()) - OURS
    yield from (value for value in message.values() if "\n" in value or "\r" in value)


@pytest.mark.parametrize("kind", [Said, Unsaid])
@pytest.mark.parametrize("name", names())
def test_no_hostile_word_in_a_letter_becomes_more(name: str, kind: type[Said]) -> None:
    assert [way for said in SAID for way in ways_out(name, said, kind)] == []


def test_the_letters_say_the_hostile_words() -> None:
    silent = {name for name in names() if "zq001x" not in written(name, context(SAID[0], Said)).text}
    assert silent == WITHOUT_WORDS
