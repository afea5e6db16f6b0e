"""Somebody takes part in Welsh on a small phone, and the pages hold when they are turned round."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from responses.models import Note, Station
from tests.journeys.conftest import NewPage, receipt_link, told
from tests.journeys.test_every_page import faults_of_axe
from tools.camera import NARROWEST, TOO_WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SMALL = {"viewport": {"width": NARROWEST, "height": 720}}
WORDS = "Say aloud who decides."


def welsh(text: str) -> str:
    with translation.override("cy"):
        said = gettext(text)
    assert said != text
    return said


def expect_sound(page: Page, language: str) -> None:
    """The page is in its language, nothing is wider than the screen, and axe finds nothing."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.evaluate(TOO_WIDE) <= 0
    assert faults_of_axe(page) == []


def test_somebody_takes_part_in_welsh_from_the_code_to_the_withdrawal(
    new_page: NewPage, station: Station
) -> None:
    page = new_page(**SMALL)
    page.goto("/j/")
    page.get_by_role("button", name="Cymraeg").click()
    expect_sound(page, "cy")
    page.get_by_label(welsh("Code"), exact=True).fill(station.board.code)
    page.get_by_role("button", name=welsh("Join"), exact=True).click()
    page.get_by_role("button", name=welsh("Join")).last.click()
    page.goto(station.board.get_absolute_url() + "answer/" + station.code + "/")
    expect_sound(page, "cy")
    page.get_by_role("radio").first.check()
    page.get_by_label(welsh("Your words")).fill(WORDS)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=welsh("Stick it up")).click()
    expect(told(page)).to_contain_text(welsh("It is on the wall."))
    expect_sound(page, "cy")
    expect(page.locator(".note__text").get_by_text(WORDS).first).to_have_attribute("lang", "en-GB")
    page.goto(receipt_link(page).get_attribute("href"))
    expect_sound(page, "cy")
    page.get_by_role("link", name=welsh("Take the note down")).click()
    expect_sound(page, "cy")
    page.get_by_role("button", name=welsh("Take it down")).click()
    expect(told(page)).to_contain_text(welsh("Your note is down."))
    expect_sound(page, "cy")
    assert Note.objects.get().withdrawn_at


@pytest.fixture
def turned() -> Iterator[None]:
    """A site in Hebrew, from right to left; its words stay English, since there is no catalogue."""
    with override_settings(LANGUAGES=[*settings.LANGUAGES, ("he", "עברית")]):
        yield


@pytest.mark.parametrize("width", [NARROWEST, 1280])
def test_a_page_from_right_to_left_holds(
    new_page: NewPage, station: Station, turned: None, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    board = station.board
    addresses = (board.get_absolute_url(), f"{board.get_absolute_url()}live/", board.event.get_absolute_url())
    page.goto("/language/?language=he&next=/")
    for address in ("/", *addresses, "/j/", "/receipt/", "/privacy/"):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert page.evaluate(TOO_WIDE) <= 0, address
