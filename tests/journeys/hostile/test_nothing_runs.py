"""Every stored string is hostile, and a browser runs none of it, nor has it to refuse any."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from people.guests import Viewer
from tests.rules.planting import out_of_markup, plant
from tests.rules.scenes import Scene
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WALL = {"event": "wall-day", "slug": "wall"}
# What a payload calls, and what a browser says of what its policy kept from running.
WATCHES = """
    window.__did = [];
    window.__ran = () => window.__did.push("ran");
    document.addEventListener("securitypolicyviolation", (told) => window.__did.push(told.violatedDirective));
"""
# Everything that can be pressed without leaving: what opens, and what a payload would have to be focused for.
TOUCHES = """
    for (const one of document.querySelectorAll("details")) one.open = true;
    const places = "a, button, input, textarea, select, summary, [tabindex]";
    for (const one of document.querySelectorAll(places)) one.focus();
"""


@pytest.fixture
def watched(context: BrowserContext, live_server: LiveServer, steward: Viewer) -> Iterator[Page]:
    """A page of a steward, who sees everything; the browser's faults are looked at in the end."""
    with session_cookie(steward.person) as cookie:
        context.add_cookies([cookie | {"url": live_server.url}])
        context.add_init_script(WATCHES)
        # Of the scene's photographs there are no files, nor any that a close-up could be cut from.
        for files in ("**/p/box/**", "**/p/*/files/*"):
            context.route(files, lambda route: route.fulfill(content_type="image/jpeg", body=b""))
        yield context.new_page()


def pages(scene: Scene) -> list[str]:
    """Of each kind of page one: with scripts, for staff, with rich text, and in print."""
    slug, post = [scene.event.slug], [scene.posts[0].slug]
    return [
        *(
            reverse(name, args=slug)
            for name in ("event", "event_write", "event_preview", "event_log", "event_roles")
        ),
        *(reverse(name, args=post) for name in ("post", "post_write", "post_versions")),
        *(
            reverse(name, kwargs=WALL)
            for name in ("board", "board_live", "board_facilitate", "board_projector")
        ),
        *(reverse(name) for name in ("desk", "queue", "log", "work", "own_data")),
        reverse("event_compare", kwargs={"slug": scene.event.slug, "first": 1, "second": 2}),
        *(
            reverse("photo_boxes", args=[photo.identifier])
            for photo in scene.event.photos.filter(board=scene.board)[:1]
        ),
    ]


def test_nothing_that_is_stored_runs_in_a_browser(watched: Page, everything: tuple[Scene, ...]) -> None:
    published, _ = everything
    plant(out_of_markup)
    asked: list[str] = []
    watched.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    for address in pages(published):
        watched.goto(address)
        watched.evaluate(TOUCHES)
        assert "zq" in watched.content(), address
        assert watched.evaluate("window.__did") == [], address
    assert asked == []
