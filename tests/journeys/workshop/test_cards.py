"""Cards in a real browser: the numbers of the room arrive by themselves, and nothing is cut off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from events.models import Event
from people.guests import Viewer
from responses.models import Cards
from responses.screens import screen_address
from tests.cards import count, hold_cards, stand, turn
from tests.journeys.workshop.test_projector import CUT_OFF, PARTS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SCREENS: tuple[ViewportSize, ...] = ({"width": 1920, "height": 1080}, {"width": 1280, "height": 720})
LONG = ("Whoever pays for the work has to be in the room when people decide what the work is. " * 4)[:300]


@pytest.fixture
def cards(make_event: Callable[..., Event]) -> Cards:
    return hold_cards(make_event(), "Power is shared.", "Time is paid.")


def test_the_room_arrives_on_phone_and_screen_without_loading_again(
    page: Page, new_page: Callable[..., Page], cards: Cards, ada: Viewer
) -> None:
    page.goto(cards.get_absolute_url())
    screen = new_page()
    screen.goto(screen_address(cards))
    first = page.locator(".card").first
    first.get_by_role("button", name="Perhaps").click()
    expect(first.get_by_role("status")).to_have_text("You stand at “Perhaps” now.")
    expect(first.get_by_role("button", name="Perhaps You stand here")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("#results")).to_contain_text("1 person took a stand by phone before talking.")

    stand(cards, "dee", "No")
    count(cards, "before", 0, 0, 9, by=ada)
    expect(page.locator("#results")).to_contain_text("1 by phone, 9 counted in the room")
    expect(screen.get_by_role("row", name="No 10 9 counted in the room")).to_be_visible()
    turn(cards, "talk")
    expect(page.get_by_text("The room has moved on.")).to_be_visible()
    page.get_by_role("link", name="See what is asked now").click()
    expect(first).to_contain_text("Before talking you stood at Perhaps.")


def test_the_presenter_goes_from_card_to_card_with_the_keys(page: Page, cards: Cards) -> None:
    page.goto(screen_address(cards))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Time is paid.")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Power is shared.")).to_be_visible()


@pytest.mark.parametrize("number", [2, 4, 8])
def test_every_place_stays_on_the_screen(
    page: Page, make_event: Callable[..., Event], ada: Viewer, number: int
) -> None:
    zones = [f"{one}. I agree with some of it, and not with the way it is said" for one in range(number)]
    cards = hold_cards(make_event(), LONG, "Short.", zones=zones)
    for phase in ("before", "after"):
        turn(cards, phase)
        for one in range(number):
            stand(cards, f"guest {one}", zones[one if phase == "before" else one - 1])
        count(cards, phase, *[13] * number, by=ada)
    for screen in SCREENS:
        page.set_viewport_size(screen)
        page.goto(screen_address(cards))
        assert page.evaluate(CUT_OFF, f"{PARTS}, th, td") == [], screen
