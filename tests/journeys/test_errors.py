"""What goes wrong while answering, and that nothing typed is lost by it."""

import pytest
from playwright.sync_api import Page, expect

from people.guests import Viewer
from responses.models import Note, Station
from responses.room import close_activity
from responses.words import MOST
from tests.journeys.conftest import NewPage, choice, choose_mark, open_form, stick_up, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "Leave the door open."


def fill(page: Page, words: str = WORDS) -> None:
    page.get_by_label("Your words").fill(words)
    page.get_by_label("Show my note in the public record").check()


def expect_nothing_lost(page: Page, words: str = WORDS) -> None:
    """All that was typed stands on the page, and nothing was stored."""
    expect(page.get_by_label("Your words")).to_have_value(words)
    expect(page.get_by_label("Show my note in the public record")).to_be_checked()
    expect(page.get_by_label("Let researchers use my note")).not_to_be_checked()
    assert not Note.objects.exists()


def test_without_a_mark_the_page_says_so_first_and_keeps_the_words(page: Page, station: Station) -> None:
    open_form(page, station)
    fill(page)
    stick_up(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the four marks")
    expect(page).to_have_title("Not sent yet: Power · Coproduce")
    expect_nothing_lost(page)


def test_the_error_leads_to_the_field_and_on_to_a_posted_note(page: Page, station: Station) -> None:
    open_form(page, station)
    fill(page)
    stick_up(page)
    page.get_by_role("alert").get_by_role("link").press("Enter")
    expect(page.get_by_role("group", name="What is your answer?")).to_be_focused()
    choose_mark(page, "Amend")
    stick_up(page)
    expect(told(page)).to_contain_text("It is on the wall")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_without_javascript_the_error_comes_before_the_form(new_page: NewPage, station: Station) -> None:
    page = new_page(java_script_enabled=False)
    open_form(page, station)
    fill(page)
    stick_up(page)
    expect(page.locator("form[data-answer] > :not(input)").first).to_have_role("alert")
    expect_nothing_lost(page)


def test_words_written_for_a_board_that_closed_meanwhile_stay_on_the_page(
    page: Page, station: Station, ada: Viewer
) -> None:
    open_form(page, station)
    choose_mark(page, "Challenge")
    fill(page)
    close_activity(station.board, by=ada)
    stick_up(page)
    expect(page.get_by_role("alert")).to_contain_text("This board is closed")
    expect(choice(page, "Challenge")).to_be_checked()
    expect_nothing_lost(page)


def test_too_many_words_stay_on_the_page_to_be_shortened(page: Page, station: Station) -> None:
    long = "slowly " * (MOST // 7 + 2)
    open_form(page, station)
    choose_mark(page, "Agree")
    fill(page, long)
    expect(page.locator(".field [role=status]")).to_contain_text("too many")
    stick_up(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect_nothing_lost(page, long)
