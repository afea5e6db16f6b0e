"""What may tell who somebody is: found in at least 95 of 100, whatever way it is written. All invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.take.identifiers_found import KINDS, by_kind, identifiers_in

PLANTED = {
    "e-mail": (
        "Write to jo.bloggs@example.org please", "jo+walls@mail.example.co.uk", "contact: JO_B@EXAMPLE.COM",
        "jo (at) example.org", "jo at example dot org", "send it to o'hara@example.net.", "x@y.example",
        "mail me jo-b@sub.example.ac.uk, thanks", "jo[at]example[dot]org",
    ),
    "phone": (
        "ring 0161 496 0000", "07700 900123", "+44 7700 900 123", "(0161) 496 0123", "0044 20 7946 0958",
        "call 020-7946-0018 after six", "my number is 07700900456", "+1 202-555-0143", "01632.960.983",
        "text 0 7 7 0 0 9 0 0 1 2 3",
    ),
    "postcode": ("I live in M1 1AE", "sw1a 2aa", "EC1A1BB", "near B33 8TH.", "the CR2 6XH end", "DN55 1PT"),
    "handle": ("follow @jobloggs99", "on there I am @jo_b"),
    "address": ("at 12 Example Street", "come to 221b Invented Road", "14 Old Mill Lane, the blue door"),
    "birth": ("born 4 May 1961", "DOB: 04/05/61", "my date of birth is the 4th"),
    "number of a person": ("QQ 12 34 56 C", "qq123456c", "NHS 943 476 5919"),
    "name": (
        "Ask Mrs Bloggs", "Dr. Invented said no", "Cllr Example never came", "my name is Jo",
        "I am Josephine and I disagree", "thanks to Jo Bloggs", "signed, Jo", "Jo Bloggs was left out",
        "speak with Maria de Example", "Professor Plum knows", "Mohammed Invented runs it",
        "J. Bloggs did it",
        "love Josephine x", "Uncle Bob was there", "Contact Sam at the desk",
    ),
}  # fmt: skip
HARMLESS = (
    "Say who decides.", "Power with, not power over", "15 of 20 people", "in 2019 we met twice",
    "£500 a year",
    "Not enough time. Meetings end at 5", "10:30 to 16:00", "Room 4b", "2018-11-05", "more tea please",
)  # fmt: skip


def planted() -> list[tuple[str, str]]:
    return [(kind, text) for kind, texts in PLANTED.items() for text in texts]


def test_of_fifty_planted_identifiers_at_least_ninety_five_in_a_hundred_are_found() -> None:
    every = planted()
    assert len(every) >= 50
    missed = [
        (kind, text) for kind, text in every if kind not in by_kind(f.kind for f in identifiers_in(text))
    ]
    assert len(missed) / len(every) <= 0.05, missed


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_sentences_raise_nothing(text: str) -> None:
    assert identifiers_in(text) == []


def test_each_is_listed_once_with_its_words() -> None:
    found = identifiers_in("0161 496 0000 and 0161 496 0000")
    assert [(one.kind, one.words) for one in found] == [("phone", "0161 496 0000")]


def test_they_are_counted_in_the_order_they_matter() -> None:
    assert by_kind(["name", "e-mail", "name"]) == {"e-mail": 1, "name": 2}
    assert next(iter(by_kind(kind for kind, _ in KINDS))) == "e-mail"


@given(st.text(max_size=2000))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert all(one.words for one in identifiers_in(text))
