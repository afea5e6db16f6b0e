"""Which words name a principle, and which merely hold its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.naming import names_in, written_on_paper

NAMES = (
    "Iterative",
    "Power",
    "Positive-sum",
    "Respect for expertise",
    "Trust",
    "Principle 7 (name not known)",
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("links to iterative", {"iterative"}),
        ("Link to Power!", {"power"}),
        ("Linked with trust and power", {"trust", "power"}),
        ("links to positive sum, trust & iterative", {"positive sum", "trust", "iterative"}),
        ("LINKS TO\nPOSITIVE-SUM", {"positive sum"}),
        ("Same as iterative?", {"iterative"}),
        ("goes with the principle of trust", {"trust"}),
        ("overlaps with “Respect for expertise”", {"respect for expertise"}),
        ("See Power.", {"power"}),
        ("We need time (see trust)", {"trust"}),
        ("see also: power", {"power"}),
        ("cf. Trust", {"trust"}),
        ("Not enough time. Links to power.", {"power"}),
        ("links to principle 7", {"principle 7"}),
        ("Do not forget it goes with trust and with tea", set()),
    ],
)
def test_a_note_that_says_two_belong_together_names_the_other(said: str, named: set[str]) -> None:
    assert names_in(said, NAMES) == named


@pytest.mark.parametrize(
    "said",
    [
        "Power is shared.",
        "We see power being used.",
        "See power being used",
        "links to powerful people",
        "links to power-sharing",
        "This is not the same as iterative",
        "It doesn’t link to power",
        "no link to trust",
        "go to Power",
        "links topower",
        "links to our friends and power stations",
        "links to",
        "",
    ],
)
def test_a_name_that_merely_occurs_names_nothing(said: str) -> None:
    assert names_in(said, NAMES) == set()


def test_what_was_struck_out_and_what_a_reader_remarks_names_nothing() -> None:
    markup = "links to ~~power~~ [iterative?] [note: see Trust]"
    assert names_in(written_on_paper(markup), NAMES) == {"iterative"}


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert names_in(text, NAMES) <= {
        "iterative",
        "power",
        "positive sum",
        "respect for expertise",
        "trust",
        "principle 7",
    }


def test_nothing_is_named_where_there_are_no_names() -> None:
    assert names_in("links to power", ["", "(not known)"]) == set()
