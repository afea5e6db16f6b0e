"""Writing on while a note is on its way: what was begun is never lost for what went before."""

from collections.abc import Callable
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from responses.models import Board, Note, Station
from responses.words import MOST
from tests.journeys.conftest import choice, choose_mark, stick_up
from tests.journeys.workshop.conftest import (
    WORDS,
    fill,
    form_of,
    open_live,
    tray,
    words_on_the_board,
    write,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Refuse = Callable[[Route], None]
NEXT = "Written on the stairs."


def expect_form(page: Page, words: str, mark: str) -> None:
    """What is written and ticked in the form."""
    expect(page.get_by_label("Your words")).to_have_value(words)
    expect(choice(page, mark)).to_be_checked()
    expect(page.get_by_label("Show my note in the public record")).to_be_checked()


def held_back(page: Page, station: Station) -> Route:
    """Writes a note, and holds it on its way to the site; the next ones may pass."""
    held = []
    page.route(f"**{form_of(station)}", lambda route: route.continue_() if held else held.append(route))
    write(page)
    while not held:
        page.evaluate("document.title")
    return held[0]


@pytest.fixture
def refuse(station: Station, make_board: Callable[..., Board], post_note: Callable[..., Note]) -> Refuse:
    """Lets a note go on to the site, where its key was taken meanwhile, on another board."""
    elsewhere = make_board(slug="elsewhere", event=station.board.event).stations.get()

    def refuse(held: Route) -> None:
        post_note(elsewhere, key=UUID(parse_qs(held.request.post_data)["key"][0]))
        held.continue_()

    return refuse


def test_what_is_written_while_the_note_before_is_sent_stays(page: Page, station: Station) -> None:
    open_live(page, station)
    first = held_back(page, station)
    fill(page, NEXT, "Agree")
    first.continue_()
    expect(tray(page)).to_contain_text("1 sent")
    expect(page.get_by_role("status").filter(has_text="It is on the wall")).to_be_visible()
    expect_form(page, NEXT, "Agree")
    stick_up(page)
    expect(tray(page)).to_contain_text("2 sent")
    assert words_on_the_board(station) == [WORDS, NEXT]


def test_the_next_note_can_be_stuck_up_before_the_one_before_arrived(page: Page, station: Station) -> None:
    open_live(page, station)
    first = held_back(page, station)
    write(page, NEXT, "Agree")
    expect(tray(page)).to_contain_text("2 waiting")
    first.continue_()
    expect(tray(page)).to_contain_text("2 sent")
    assert words_on_the_board(station) == [WORDS, NEXT]


def test_a_refused_note_leaves_alone_what_is_written_since(
    page: Page, station: Station, refuse: Refuse
) -> None:
    open_live(page, station)
    first = held_back(page, station)
    fill(page, NEXT, "Agree")
    refuse(first)
    expect(tray(page)).to_contain_text("1 not sent")
    expect(page.get_by_role("status").filter(has_text="A note was not sent.")).to_be_visible()
    expect_form(page, NEXT, "Agree")
    stick_up(page)
    expect(tray(page)).to_contain_text("1 sent, 1 not sent")
    tray(page).get_by_role("button", name="Try again").click()
    expect(tray(page)).to_contain_text("2 sent")
    assert words_on_the_board(station) == [NEXT, WORDS]


def test_a_refused_note_comes_back_into_a_form_that_is_empty(
    page: Page, station: Station, refuse: Refuse
) -> None:
    open_live(page, station)
    refuse(held_back(page, station))
    expect(page.get_by_role("alert")).to_be_focused()
    expect_form(page, WORDS, "Challenge")
    stick_up(page)
    expect(tray(page)).to_contain_text("1 sent")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert words_on_the_board(station) == [WORDS]


@pytest.mark.parametrize("arrives", [True, False])
def test_a_page_that_goes_on_to_its_note_waits_for_whoever_writes_another(
    page: Page, station: Station, arrives: bool
) -> None:
    page.goto(form_of(station))
    first = held_back(page, station)
    fill(page, NEXT, "Agree")
    first.continue_() if arrives else first.abort()
    expect(page.get_by_text("It is on the wall" if arrives else "Kept on this device")).to_be_visible()
    expect_form(page, NEXT, "Agree")
    with page.expect_navigation():
        stick_up(page)
    assert words_on_the_board(station) == [WORDS, NEXT]


def test_a_button_pressed_twice_sends_once_and_does_not_complain(
    context: BrowserContext, page: Page, station: Station
) -> None:
    open_live(page, station)
    context.set_offline(True)
    fill(page)
    button = page.get_by_role("button", name="Stick it up")
    button.dblclick()
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    button.dispatch_event("click")
    expect(tray(page)).to_contain_text("1 waiting")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("live", [True, False], ids=["live", "form"])
def test_without_a_mark_and_a_network_the_page_stays_and_asks_for_the_mark(
    context: BrowserContext, page: Page, station: Station, live: bool
) -> None:
    open_live(page, station) if live else page.goto(form_of(station))
    context.set_offline(True)
    page.get_by_label("Your words").fill(WORDS)
    stick_up(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Choose one of the four marks").press("Enter")
    expect(page.get_by_role("group", name="What is your answer?")).to_be_focused()
    choose_mark(page, "Amend")
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    stick_up(page)
    expect(tray(page)).to_contain_text("1 waiting")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_too_many_words_stay_on_the_page_also_without_a_network(
    context: BrowserContext, page: Page, station: Station
) -> None:
    page.goto(form_of(station))
    context.set_offline(True)
    fill(page, "x" * (MOST + 1))
    stick_up(page)
    expect(page.get_by_role("alert")).to_contain_text(f"That is {MOST + 1} characters.")
    expect_form(page, "x" * (MOST + 1), "Challenge")
    expect(tray(page)).not_to_contain_text("waiting")
