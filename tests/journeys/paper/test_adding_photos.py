"""A dozen photographs from a phone over a network that comes and goes: each arrives, and once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from coproduce.work import run_ready
from events.models import Event
from people.guests import Viewer
from responses.models import Board, Photo
from responses.views import photo_adding
from tests.photos import a_jpeg
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"wall-{number}.jpg" for number in (1, 2, 3)]
    for path in made:
        path.write_bytes(a_jpeg(400, 300))
    return made


def choose(page: Page, event: Event, files: list[Path]) -> None:
    page.goto(f"{event.get_absolute_url()}photos/add/")
    page.get_by_label("What do they show?").select_option(label="The wall: Power")
    page.get_by_label("Photographs").set_input_files(files)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send them").click()


def line(page: Page, name: str) -> Locator:
    return page.locator("[data-queue] li").filter(has_text=name)


def told(page: Page) -> Locator:
    return page.locator("[data-queue]").get_by_role("status")


def test_each_arrives_by_itself_and_is_told_when_it_is_ready(
    hosting: Page, event: Event, files: list[Path]
) -> None:
    choose(hosting, event, files)
    send(hosting)
    expect(told(hosting)).to_have_text("3 of 3 are here.")
    for path in files:
        expect(line(hosting, path.name)).to_contain_text("Added. It is being made ready.")
    states = hosting.locator("[data-states]")
    expect(states.get_by_text("Being made ready", exact=True)).to_have_count(3)
    run_ready()
    # The page looks by itself.
    expect(states.get_by_text("Needs words")).to_have_count(3, timeout=30_000)
    assert {photo.station.code for photo in Photo.objects.select_related("station")} == {"POW"}


def test_one_that_is_refused_says_why_and_keeps_none_back(
    hosting: Page, event: Event, files: list[Path], tmp_path: Path
) -> None:
    drawn = tmp_path / "drawn.jpg"
    drawn.write_text("<svg/>")
    choose(hosting, event, [files[0], drawn, files[1]])
    send(hosting)
    expect(told(hosting)).to_have_text("2 of 3 are here. 1 not taken.")
    expect(line(hosting, "drawn.jpg")).to_contain_text("is an SVG or a web page")
    assert Photo.objects.count() == 2


def test_a_request_that_gets_lost_goes_again(hosting: Page, event: Event, files: list[Path]) -> None:
    lost = []

    def on_the_way(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request)
            route.abort()
        else:
            route.continue_()

    hosting.route("**/photos/add/", on_the_way)
    choose(hosting, event, files)
    send(hosting)
    expect(told(hosting)).to_have_text("3 of 3 are here.", timeout=20_000)
    assert len(lost) == 1
    assert Photo.objects.count() == 3


def test_one_whose_answer_gets_lost_goes_again_and_is_there_once(
    hosting: Page, event: Event, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The photograph arrives; instead of the answer comes the welcome page of a venue's network."""
    answer, lost = photo_adding.as_json, []

    def lose_the_first(said: photo_adding.Answer) -> HttpResponse:
        if lost:
            return answer(said)
        lost.append(said)
        return HttpResponse("<h1>Welcome to our network</h1>")

    monkeypatch.setattr(photo_adding, "as_json", lose_the_first)
    choose(hosting, event, files[:1])
    send(hosting)
    expect(line(hosting, "wall-1.jpg")).to_contain_text(
        "It was here already, and is here once.", timeout=20_000
    )
    assert lost[0].state == "added"
    assert Photo.objects.count() == 1


def test_without_a_network_they_are_kept_on_the_page_and_go_when_it_is_back(
    hosting: Page, context: BrowserContext, event: Event, files: list[Path]
) -> None:
    choose(hosting, event, files)
    context.set_offline(True)
    send(hosting)
    expect(told(hosting)).to_have_text(
        "0 of 3 are here. 3 did not arrive. They are kept on this page: try again."
    )
    expect(hosting.get_by_role("button", name=re.compile("Try again.*wall-1"))).to_be_visible()
    context.set_offline(False)
    expect(told(hosting)).to_have_text("3 of 3 are here.")
    assert Photo.objects.count() == 3


def test_signed_out_meanwhile_they_wait_until_one_is_signed_in_again(
    hosting: Page,
    context: BrowserContext,
    event: Event,
    files: list[Path],
    ada: Viewer,
    live_server: LiveServer,
) -> None:
    choose(hosting, event, files[:1])
    context.clear_cookies()
    send(hosting)
    expect(line(hosting, "wall-1.jpg")).to_contain_text("Sign in again in another tab")
    with session_cookie(ada.person) as cookie:
        context.add_cookies([cookie | {"url": live_server.url}])
        hosting.get_by_role("button", name=re.compile("Try again.*wall-1")).click()
        expect(told(hosting)).to_have_text("1 of 1 is here.")
    assert Photo.objects.count() == 1


def test_without_javascript_all_go_at_once(
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
    event: Event,
    ada: Viewer,
    files: list[Path],
) -> None:
    with session_cookie(ada.person) as cookie:
        context = new_context(java_script_enabled=False)
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        choose(page, event, files)
        expect(page.get_by_text("This browser sends all of them in one go")).to_be_visible()
        send(page)
        expect(page.get_by_role("heading", name="3 of 3 are here")).to_be_visible()
        expect(page.get_by_text("Being made ready", exact=True)).to_have_count(3)
