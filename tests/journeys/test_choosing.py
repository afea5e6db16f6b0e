"""Choosing what to read of a board: with JavaScript the page stays, without it loads again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from responses.models import Mark, Note, Station

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_mark_is_chosen_and_has_its_own_address(
    new_page: Callable[..., Page],
    live_server: object,
    station: Station,
    post_note: Callable[..., Note],
    javascript: bool,
) -> None:
    post_note(station, "Yes, and soon.")
    post_note(station, "Who pays?", mark=Mark.SQUARE)
    page = new_page(java_script_enabled=javascript)
    address = f"{live_server}{station.board.get_absolute_url()}"
    loads = []
    page.on("request", lambda sent: loads.append(sent) if sent.is_navigation_request() else None)
    page.goto(address)
    page.get_by_label("Show").select_option("square")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Yes, and soon.")).to_have_count(0)
    expect(page.get_by_text("Who pays?")).to_be_visible()
    assert "mark=square" in page.url
    assert len(loads) == (1 if javascript else 2)


def test_going_back_shows_every_mark_again(
    page: Page, station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "Yes, and soon.")
    page.goto(station.board.get_absolute_url())
    page.get_by_label("Show").select_option("square")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Yes, and soon.")).to_have_count(0)
    page.go_back()
    expect(page.get_by_text("Yes, and soon.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
