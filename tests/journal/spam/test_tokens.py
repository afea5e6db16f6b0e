"""The tokens of forms: whose page, how old, and made here."""

import pytest
from django.core import signing
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from journal.spam.tokens import AHEAD, AT_LEAST, AT_MOST, SALT, Found, check_token, form_token, kept_or_new

NOW = 1_800_000_000.0  # seconds
PAGE = "comment post b8"


@pytest.mark.parametrize(
    ("age", "found"),
    [
        (0, Found.TOO_FAST),
        (AT_LEAST - 0.1, Found.TOO_FAST),
        (AT_LEAST + 0.1, Found.GOOD),
        (AT_MOST - 1, Found.GOOD),
        (AT_MOST + 1, Found.TOO_OLD),
        (-AHEAD + 1, Found.TOO_FAST),
        (-AHEAD - 1, Found.FOREIGN),
        (-2 * 3600, Found.FOREIGN),
    ],
)
def test_the_age_of_a_token_is_checked_both_ways(age: float, found: Found) -> None:
    assert check_token(form_token(PAGE, made_at=NOW - age), PAGE, now=NOW) == found


def test_a_token_of_one_page_opens_no_other() -> None:
    assert check_token(form_token("another", made_at=NOW - 60), PAGE, now=NOW) == Found.FOREIGN


def test_a_token_of_another_site_opens_nothing() -> None:
    with override_settings(SECRET_KEY="another" * 8):
        token = form_token(PAGE, made_at=NOW - 60)
    assert check_token(token, PAGE, now=NOW) == Found.FOREIGN


def test_a_token_made_before_the_secret_was_rotated_still_works() -> None:
    with override_settings(SECRET_KEY="before" * 8):
        token = form_token(PAGE, made_at=NOW - 60)
    with override_settings(SECRET_KEY="after" * 8, SECRET_KEY_FALLBACKS=["before" * 8]):
        assert check_token(token, PAGE, now=NOW) == Found.GOOD


@pytest.mark.parametrize("inside", [[], "x", {"a": 1}, [PAGE, "soon", "x"], [PAGE, None, 1], 7])
def test_something_else_that_we_signed_is_no_token(inside: object) -> None:
    assert check_token(signing.dumps(inside, salt=SALT), PAGE, now=NOW) == Found.FOREIGN


@given(st.text(max_size=200))
def test_whatever_is_sent_as_a_token_gets_an_answer(token: str) -> None:
    assert check_token(token, PAGE, now=NOW) == Found.FOREIGN


def test_a_form_shown_again_keeps_its_token_while_it_lives() -> None:
    young, old = form_token(PAGE), form_token(PAGE, made_at=NOW - 30 * AT_MOST)
    assert kept_or_new(young, PAGE) == young
    assert kept_or_new(old, PAGE) != old
    assert check_token(kept_or_new("", PAGE), PAGE) == Found.TOO_FAST


def test_no_two_tokens_are_the_same() -> None:
    assert len({form_token(PAGE, made_at=NOW) for _ in range(50)}) == 50
