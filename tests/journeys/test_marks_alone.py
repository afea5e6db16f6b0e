"""A mark without words: a full answer, counted once, and taken back without a trace in the counts."""

import pytest
from playwright.sync_api import Page, expect

from responses.models import Station
from tests.journeys.conftest import NewPage, expect_notes, leave_note, tallied, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_mark_pressed_twice_is_one(page: Page, station: Station) -> None:
    leave_note(page, station, mark="Important")
    leave_note(page, station, mark="Important")
    expect(told(page)).to_contain_text("It counts once")
    expect(tallied(page, station, "heart")).to_have_attribute("data-n", "1")


def test_another_mark_or_another_person_counts_beside_it(
    page: Page, new_page: NewPage, station: Station
) -> None:
    leave_note(page, station, mark="Important")
    leave_note(page, station, mark="Challenge")
    leave_note(new_page(), station, mark="Important")
    expect_notes(page, station.board, 3)
    expect(tallied(page, station, "heart")).to_have_attribute("data-n", "2")


def test_a_mark_taken_back_leaves_no_count(page: Page, station: Station) -> None:
    leave_note(page, station, mark="Important")
    leave_note(page, station, mark="Important")
    told(page).get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(told(page)).to_contain_text("Your mark is back with you")
    expect_notes(page, station.board, 0)
    expect(page.get_by_text("withdrawn")).to_have_count(0)
