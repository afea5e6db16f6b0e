"""Dates as people type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.edtf import NotADate, parse_date
from events.typed_dates import typed_date

TYPED = [
    ("6 March 2027", "2027-03-06"),
    ("6th of march 2027", "2027-03-06"),
    ("Saturday, 6 March 2027", "2027-03-06"),
    ("Sat 6 Mar. 2027", "2027-03-06"),
    ("March 6, 2027", "2027-03-06"),
    ("06/03/2027", "2027-03-06"),
    ("6.3.2027", "2027-03-06"),
    ("5–7 November 2018", "2018-11-05/2018-11-07"),
    ("5-7 November 2018", "2018-11-05/2018-11-07"),
    ("5 to 7 November 2018", "2018-11-05/2018-11-07"),
    ("30 November to 2 December 2018", "2018-11-30/2018-12-02"),
    ("31 December 2018 to 2 January 2019", "2018-12-31/2019-01-02"),
    ("2018 to 6 March 2019", "2018/2019-03-06"),
    ("November 2018", "2018-11"),
    ("  Sept   2018 ", "2018-09"),
    ("2018", "2018"),
    ("2019-03-06", "2019-03-06"),
    ("2018-11-05/2018-11-07", "2018-11-05/2018-11-07"),
]


@pytest.mark.parametrize(("typed", "kept"), TYPED)
def test_a_date_is_kept_as_precisely_as_it_was_typed(typed: str, kept: str) -> None:
    assert typed_date(typed) == kept


NO_DATES = [
    "", "tomorrow", "6", "6 March", "31 February 2019", "13/13/2019", "7–5 November 2018", "may be 2019",
    "1 to 2 to 3 March 2019", "6 Smarch 2019", "–", "to", "٣ March 2019", "6 March 20199",
]  # fmt: skip


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_gets_a_sentence_with_a_way_to_write_one(typed: str) -> None:
    with pytest.raises(NotADate, match="Write it like 6 March 2027"):
        typed_date(typed)


DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1))


@given(DAYS, st.integers(min_value=0, max_value=500))
def test_whatever_a_page_says_of_a_date_can_be_typed_again(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    for written in (f"{first}/{last}", f"{first:%Y-%m}", f"{first:%Y}", f"{first:%Y-%m}/{last}"):
        if parse_date(written).first <= parse_date(written).last:
            words = parse_date(written).words()
            assert parse_date(typed_date(words)).words() == words


@given(st.text(max_size=40))
def test_whatever_is_typed_becomes_a_date_or_a_sentence(typed: str) -> None:
    with suppress(NotADate):
        parse_date(typed_date(typed))
