"""What people typed adds no header and no link to a letter."""

import re

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from people.letters import in_words, is_own, written

SITE = "https://coproduce.example"
HOSTILE = [
    "http://evil.example",
    "https://evil.example/https://coproduce.example/",
    "https://coproduce.example.evil.example/",
    "https://coproduce.example@evil.example/",
    "https://coproduce.example:x@evil.example/",
    "https://coproduce.example/<http://evil.example>",
    "https://coproduce.example/x,http://evil.example",
    "https://coproduce.example/x/http://evil.example",
    "www.evil.example",
    "evil.example",
    "evil.example/path",
    "evil\u3002example",
    "ev\u200bil.exam\u200bple",
    "mailto:evil@evil.example",
    "evil@evil.example",
    "<a href=http://evil.example>press</a>",
    '<a href="http://evil.example">press</a>',
    "[press](http://evil.example)",
    "Ada\r\nBcc: evil@evil.example",
    "Ada\nSubject: evil\n\nhttp://evil.example",
    "\u202emoc.elpmaxe.live//:ptth",
]
LINKS = re.compile(r"[a-z]+://|www\.\w|\w@\w|\w\.(?:example|com)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def here() -> object:
    with override_settings(SITE_URL=SITE, CONTACT_EMAIL="help@coproduce.example"):
        yield


def links(text: str) -> list[str]:
    """What a mail program may take for an address, but for this site's own."""
    own = text.replace(f"{SITE}/news/x/", "").replace("help@coproduce.example", "").replace(SITE, "", 1)
    return LINKS.findall(own)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_adds_no_header_and_no_link(name: str) -> None:
    letter = written(
        "note_news", {"label": name, "what": name, "address": f"{SITE}/news/x/", "lookup": "", "where": ""}
    )
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
    assert links(letter.subject) == []
    assert links(letter.text) == []
    hrefs = re.findall(r'href="([^"]*)"', letter.html)
    assert all(is_own(href.removeprefix("mailto:")) for href in hrefs)
    assert links(re.sub(r"<[^>]*>", " ", letter.html)) == []
    assert "<a href=http" not in letter.html


@pytest.mark.parametrize("name", HOSTILE)
def test_html_of_its_own_holds_no_other_link_either(name: str) -> None:
    line = {"name": name, "address": name}
    context = {"parts": [(name, [line])], "address": f"{SITE}/news/x/", "since": None, "unsubscribe": ""}
    letter = written("digest", context)
    hrefs = re.findall(r'href="([^"]*)"', letter.html)
    assert hrefs
    assert all(is_own(href.removeprefix("mailto:")) for href in hrefs)
    assert links(re.sub(r"<[^>]*>", " ", letter.html)) == []


@given(st.text(max_size=60))
def test_whatever_is_typed_a_subject_is_one_line_of_plain_signs(typed: str) -> None:
    subject = in_words(typed, typed).subject
    assert subject == " ".join(subject.split())
    assert len(subject) <= 150
    assert not re.search(r"[\x00-\x1f\x7f]", subject)


def test_plain_words_are_left_as_they_are() -> None:
    words = "Dr. Ada O'Neill said: 3.5 cups, e.g. at 10:30. (Yes.) “Why?” J.R. & co"
    assert in_words("x", words).text == words + "\n"


def test_addresses_of_this_site_stay_whole() -> None:
    for address in (f"{SITE}/news/a-b_c.d/", f"{SITE}/events/x/?page=2#note", SITE, f"({SITE}/x/)"):
        assert in_words("x", address).text == address + "\n"
