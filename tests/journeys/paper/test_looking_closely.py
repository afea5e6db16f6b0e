"""Looking closely at a photograph, with a keyboard alone; and covering a part of it, drawn on the picture."""

import re

import pytest
from playwright.sync_api import Page, expect

from coproduce.work import run_ready
from people.guests import Viewer
from responses.models import Board, Photo
from responses.photos.publishing import Said, describe_photo, publish_photo
from tests.photos import make_photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def photo(board: Board, ada: Viewer) -> Photo:
    """On show, with everything made."""
    photo = make_photo(board.event, ada, board=board, size=(1600, 1200))
    describe_photo(photo, Said(alt="A wall.", caption="The wall", basis="nobody", board=board), by=ada)
    publish_photo(photo, by=ada)
    run_ready()
    return Photo.objects.get(pk=photo.pk)


def test_tiles_are_fetched_only_when_somebody_looks_closely_and_the_keyboard_does_it_all(
    page: Page, photo: Photo
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(photo.get_absolute_url())
    assert not [url for url in asked if "iiif" in url or "openseadragon" in url]
    closely = page.get_by_role("link", name="Look closely")
    closely.focus()
    with page.expect_response(lambda answer: answer.url.endswith("/0/default.jpg")):
        page.keyboard.press("Enter")
    expect(page.get_by_role("application", name="The photograph, looked at closely")).to_be_focused()
    with page.expect_response(lambda answer: "/0,0,512,512/512,512/0/default.jpg" in answer.url):
        for key in ("+", "+", "ArrowLeft", "ArrowUp", "ArrowLeft", "ArrowUp"):
            page.keyboard.press(key)
            page.wait_for_timeout(100)
    page.keyboard.press("Escape")
    expect(closely).to_be_focused()
    expect(page.get_by_alt_text("A wall.")).to_be_visible()


def test_until_the_tiles_are_made_the_link_leads_to_the_largest_size(page: Page, photo: Photo) -> None:
    Photo.objects.update(zoom=40)
    page.goto(photo.get_absolute_url())
    closely = page.get_by_role("link", name="Look closely")
    expect(closely).to_have_attribute("href", f"{photo.files_address}large.jpg")
    expect(closely).not_to_have_attribute("data-closely", re.compile(".*"))


def test_a_part_is_drawn_on_the_picture_looked_at_and_covered_for_good(hosting: Page, photo: Photo) -> None:
    hosting.goto(f"{photo.get_absolute_url()}cover/")
    picture = hosting.locator(".boxed__svg").bounding_box()
    scale = picture["width"] / photo.width
    hosting.mouse.move(picture["x"] + 100 * scale, picture["y"] + 100 * scale)
    hosting.mouse.down()
    hosting.mouse.move(picture["x"] + 500 * scale, picture["y"] + 400 * scale, steps=4)
    hosting.mouse.up()
    # The keyboard goes on where the mouse ended.
    hosting.keyboard.press("Shift+ArrowRight")
    hosting.get_by_label("Why is it covered?").fill("A face.")
    hosting.get_by_role("button", name="Look at it first").click()
    expect(hosting.get_by_role("heading", name="Cover 1 part for good?")).to_be_visible()
    hosting.get_by_role("button", name="Cover it for good").click()
    expect(hosting.get_by_text("It is being covered.", exact=False).first).to_be_visible()
    x, y, width, height = Photo.objects.get().covers[0]
    assert (abs(x - 100) < 9, abs(y - 100) < 9, abs(height - 300) < 18) == (True, True, True)
    assert width > 400
    run_ready()
    expect(hosting.get_by_text("Everybody can see it.")).to_be_visible(timeout=30_000)
