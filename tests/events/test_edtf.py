import calendar
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.edtf import NotADate, parse_date

TABLE = [
    ("2019-03-06", "6 March 2019", date(2019, 3, 6), date(2019, 3, 6)),
    ("2018-11", "November 2018", date(2018, 11, 1), date(2018, 11, 30)),
    ("2018", "2018", date(2018, 1, 1), date(2018, 12, 31)),
    ("2020-02", "February 2020", date(2020, 2, 1), date(2020, 2, 29)),
    ("2018-11-05/2018-11-07", "5–7 November 2018", date(2018, 11, 5), date(2018, 11, 7)),
    ("2018-11-25/2018-12-02", "25 November 2018 to 2 December 2018", date(2018, 11, 25), date(2018, 12, 2)),
    ("2018-11/2019-02", "November 2018 to February 2019", date(2018, 11, 1), date(2019, 2, 28)),
    ("2016/2019", "2016 to 2019", date(2016, 1, 1), date(2019, 12, 31)),
    ("2018/2019-03-06", "2018 to 6 March 2019", date(2018, 1, 1), date(2019, 3, 6)),
    ("2018-11/2018-11-07", "November 2018 to 7 November 2018", date(2018, 11, 1), date(2018, 11, 7)),
    ("2019-03-06/2019-03-06", "6 March 2019", date(2019, 3, 6), date(2019, 3, 6)),
    (" 2019-03-06 ", "6 March 2019", date(2019, 3, 6), date(2019, 3, 6)),
]


@pytest.mark.parametrize(("written", "said", "first", "last"), TABLE)
def test_a_date_covers_as_much_as_it_says(written: str, said: str, first: date, last: date) -> None:
    span = parse_date(written)
    assert (span.words(), span.first, span.last) == (said, first, last)


NO_DATES = [
    "", "/", "2019-3-6", "06-03-2019", "6 March 2019", "2019-02-30", "2019-13", "2019-00", "2019-03-00",
    "0000", "19",
    "2019-03-06/", "/2019", "2019/2018", "2018-11-07/2018-11-05", "2018/2019/2020", "2019-03-06T10:00",
    "2019~", "201X", "२०१९", "2019-1²",
]  # fmt: skip


@pytest.mark.parametrize("written", NO_DATES)
def test_what_is_no_date_is_refused_with_a_way_to_write_one(written: str) -> None:
    with pytest.raises(NotADate, match="Write 2019-03-06"):
        parse_date(written)


@given(day=st.dates())
def test_every_day_there_is_can_be_written(day: date) -> None:
    span = parse_date(day.isoformat())
    assert (span.first, span.last) == (day, day)
    assert span.words() == f"{day.day} {calendar.month_name[day.month]} {day.year}"


@given(month=st.dates())
def test_a_month_covers_its_days_and_no_others(month: date) -> None:
    span = parse_date(month.isoformat()[:7])
    assert span.first <= month <= span.last
    assert (span.last - span.first).days + 1 == calendar.monthrange(month.year, month.month)[1]


PRECISION = st.sampled_from([4, 7, 10])


@given(start=st.dates(), end=st.dates(), fine=PRECISION, coarse=PRECISION)
def test_a_range_is_taken_exactly_when_it_does_not_run_backwards(
    start: date, end: date, fine: int, coarse: int
) -> None:
    first, last = start.isoformat()[:fine], end.isoformat()[:coarse]
    if parse_date(first).first > parse_date(last).last:
        with pytest.raises(NotADate):
            parse_date(f"{first}/{last}")
    else:
        span = parse_date(f"{first}/{last}")
        assert span.first == parse_date(first).first
        assert span.last == parse_date(last).last


@given(text=st.text(max_size=30) | st.text("0123456789-/ ", max_size=22))
def test_whatever_is_typed_gives_a_span_or_a_sentence(text: str) -> None:
    with suppress(NotADate):
        span = parse_date(text)
        assert span.first <= span.last
        assert span.words()
