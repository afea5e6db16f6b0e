"""A guest's first note, from the board to the tombstone."""

import re

import pytest
from playwright.sync_api import Page, expect

from responses.models import Board, Note, Station
from tests.journeys.conftest import (
    NewPage,
    choose_mark,
    expect_notes,
    leave_note,
    open_form,
    receipt_link,
    stick_up,
    tallied,
    told,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SCREENS = 3
WORDS = "Say aloud who decides."
in_both_kinds_of_browser = pytest.mark.parametrize(
    "script", [True, False], ids=["with JavaScript", "without JavaScript"]
)


@in_both_kinds_of_browser
def test_a_guest_posts_a_first_note_within_three_screens(
    new_page: NewPage, station: Station, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    screens: list[str] = []
    page.on("domcontentloaded", lambda shown: screens.append(shown.url))
    leave_note(page, station, WORDS, mark="Challenge")
    note = Note.objects.get()
    expect(page).to_have_url(
        re.compile(rf"{station.board.get_absolute_url()}live/\?station={station.code}#{note.identifier}$")
    )
    stuck = page.locator(f"[id='{note.identifier}']")
    expect(stuck).to_contain_text(WORDS)
    expect(stuck).to_be_in_viewport()
    expect(receipt_link(page)).to_be_visible()
    page.wait_for_load_state()
    # The board, the choice of a heading, the form; then one is at one's note on the live board.
    assert len(screens) == SCREENS + 1


@in_both_kinds_of_browser
def test_a_note_is_counted_in_the_tally_at_once(new_page: NewPage, station: Station, script: bool) -> None:
    page = new_page(java_script_enabled=script)
    leave_note(page, station, WORDS, mark="Challenge")
    expect(tallied(page, station, "square")).to_have_attribute("data-n", "1")
    expect(tallied(page, station, "tick")).to_have_attribute("data-n", "0")
    expect_notes(new_page(java_script_enabled=script), station.board, 1)


def test_nothing_is_agreed_to_beforehand(page: Page, station: Station) -> None:
    open_form(page, station)
    expect(page.get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_a_note_that_nobody_may_show_stays_with_those_who_take_part(
    page: Page, new_page: NewPage, station: Station
) -> None:
    open_form(page, station)
    choose_mark(page, "Amend")
    page.get_by_label("Your words").fill(WORDS)
    stick_up(page)
    # The words stand in the form too, until it is answered.
    expect(receipt_link(page)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    stranger = new_page()
    expect_notes(stranger, station.board, 1)
    expect(stranger.get_by_text(WORDS)).to_have_count(0)
    expect(stranger.get_by_text("1 note is kept by those who were there")).to_be_visible()


@in_both_kinds_of_browser
def test_the_receipt_corrects_and_withdraws_a_note_from_any_browser(
    new_page: NewPage, station: Station, script: bool
) -> None:
    phone, library = new_page(java_script_enabled=script), new_page(java_script_enabled=script)
    leave_note(phone, station, WORDS)
    library.goto(receipt_link(phone).get_attribute("href"))
    correct(library, "Say aloud who decided.")
    change_consent(library)
    withdraw(library)
    expect_withdrawn(phone, station.board)


def correct(page: Page, words: str) -> None:
    page.get_by_label("What the note should say").fill(words)
    page.get_by_role("button", name="Keep the correction").click()
    expect(told(page)).to_contain_text("Corrected")
    expect(page.locator("article.note")).to_contain_text(words)


def change_consent(page: Page) -> None:
    research = page.get_by_label("Let researchers use my note")
    expect(research).not_to_be_checked()
    research.check()
    page.get_by_role("button", name="Change where it may go").click()
    expect(told(page)).to_contain_text("Changed")
    expect(research).to_be_checked()
    expect(page.get_by_label("Show my note in the public record")).to_be_checked()


def withdraw(page: Page) -> None:
    page.get_by_role("link", name="Take the note down").click()
    page.get_by_role("button", name="Take it down").click()
    expect(told(page)).to_contain_text("Your note is down")


def expect_withdrawn(page: Page, board: Board) -> None:
    """A tombstone where the note was, a count on the board, and its words nowhere."""
    note = Note.objects.get()
    assert page.goto(note.get_absolute_url()).status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Note {note.label} was withdrawn")
    expect_notes(page, board, 0)
    expect(page.locator(".page-head .counts")).to_contain_text("1 withdrawn")
    expect(page.get_by_text("Say aloud")).to_have_count(0)
