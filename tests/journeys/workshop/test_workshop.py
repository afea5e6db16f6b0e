"""A whole workshop: a facilitator, a phone that loses its network, and the big screen."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from responses.codes import in_groups
from responses.models import Board, Note, Station
from tests.journeys.conftest import NewPage, choose_mark, stick_up, told
from tests.journeys.workshop.conftest import RunningSite

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def station(make_board: Callable[..., Board]) -> Station:
    """Nothing is open yet."""
    return make_board("Power", "Time", state=Board.State.CLOSED).stations.first()


def of_board(name: str, board: Board) -> str:
    return reverse(name, args=[board.event.slug, board.slug])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()
    expect(page.locator(".console__steps")).to_be_visible()


def join_with_the_code(page: Page, board: Board) -> None:
    """In small letters and with a space, as phones type."""
    board.refresh_from_db()
    page.goto("/")
    page.get_by_role("link", name="Join a board").click()
    page.get_by_label("Code").fill(in_groups(board.code).lower())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Join").click()


def write(page: Page, mark: str, words: str) -> None:
    choose_mark(page, mark)
    page.get_by_label("Your words").fill(words)
    page.get_by_label("Show my note in the public record").check()
    stick_up(page)


def test_a_workshop_from_open_to_close(
    hosting: Page, new_page: NewPage, station: Station, live_server: RunningSite
) -> None:
    board = station.board
    console, phone, screen = hosting, new_page(), new_page(viewport={"width": 1920, "height": 1080})

    # The facilitator opens it; everybody sees how to come in.
    console.goto(of_board("board_facilitate", board))
    press(console, "^Open it")
    expect(console.locator(".console__code")).to_be_visible()
    # The computer of the hall is signed in nowhere: it has the address from the console.
    address = console.get_by_role("link", name="Show on the big screen").get_attribute("href")
    screen.goto(f"{address}&station={station.code}")
    board.refresh_from_db()
    expect(screen.locator("body")).to_contain_text(in_groups(board.code))

    # A phone comes in by the code and says something; the wall shows it.
    join_with_the_code(phone, board)
    phone.get_by_role("link", name=re.compile("^Power")).click()
    write(phone, "Agree", "Share the agenda.")
    expect(told(phone)).to_contain_text("It is on the wall")
    expect(screen.get_by_text("Share the agenda.").first).to_be_visible()

    # The network goes. The phone keeps what is written, and nobody else waits for it.
    phone.context.set_offline(True)
    write(phone, "Challenge", "You already decided.")
    tray = phone.get_by_role("region", name="Your notes")
    expect(tray).to_contain_text("1 waiting")
    expect(tray).to_contain_text("No signal just now. Keep writing.")
    assert Note.objects.count() == 1
    press(console, "2. Reveal and talk")

    # It comes back while the room reads and talks: the note was written in time and goes up by
    # itself, and the phone hears what it missed.
    phone.context.set_offline(False)
    expect(tray).to_contain_text("2 sent")
    expect(phone.locator("#live-state [data-phase]")).to_have_text("Reveal and talk", timeout=15_000)
    expect(screen.get_by_text("You already decided.").first).to_be_visible()

    # A timer on every screen; then it closes, everywhere.
    press(console, "^5")
    phone.get_by_role("button", name="Show what changed").or_(
        phone.get_by_role("button", name="new note")
    ).first.click()
    expect(phone.locator(f"#tally-{station.code} li[data-mark=square]")).to_have_attribute("data-n", "1")
    expect(phone.locator("#live-state [data-clock]")).to_be_visible()
    expect(screen.locator("body")).to_contain_text(re.compile("[45]:[0-5][0-9]"))
    press(console, "^Close it")
    expect(phone.locator("#live-state")).to_contain_text("This board is closed.")
    expect(phone.get_by_role("button", name="Stick it up")).to_be_hidden()
    expect(screen.locator("body")).to_contain_text(re.compile("closed", re.IGNORECASE))
    said = Note.objects.order_by("number").values_list("mark", "text")
    assert list(said) == [("tick", "Share the agenda."), ("square", "You already decided.")]
