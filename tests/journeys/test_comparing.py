"""A figure is asked for, read and taken away with nothing but a keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from responses.models import Note, Station
from tests.journeys.test_keyboard import follow, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_sets_are_put_side_by_side_without_a_mouse(
    page: Page, make_set: Callable, station: Station, post_note: Callable[..., Note]
) -> None:
    station.pairings.create(principle=make_set("Power").principles.get())
    post_note(station, "Yes.")
    page.goto("/compare/")
    tab_to(page, "Lanterns")
    page.keyboard.press("Space")
    follow(page, "Put side by side")
    expect(page).to_have_url("/compare/sets/?sets=lanterns&order=sets")
    tab_to(page, "Picture, SVG")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename == "principles-side-by-side.svg"
