"""The live board in a browser: what comes in by itself, and what it leaves alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from responses.room import change_phase, change_settings, close_activity, set_timer
from tests.journeys.conftest import NewPage
from tests.journeys.workshop.conftest import card, open_live

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Post = Callable[..., Note]
MANY, ALL = 12, 30
STREAM = re.compile(r"/live/\w{10}/")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """Somebody who does not mind motion: for others the live board starts paused."""
    return browser_context_args | {"reduced_motion": "no-preference"}


def test_a_note_appears_on_everyones_screen_with_its_tally(
    new_page: NewPage, station: Station, post_note: Post
) -> None:
    pages = [new_page(), new_page()]
    for page in pages:
        open_live(page, station)
    note = post_note(station, "Who holds the purse?", mark=Mark.SQUARE)
    for page in pages:
        expect(card(page, note)).to_contain_text("Who holds the purse?")
        expect(page.locator(f"#tally-{station.code} li[data-mark=square]")).to_have_attribute("data-n", "1")
        expect(page.get_by_role("status").filter(has_text="1 new note: 1 challenge")).to_be_visible()


def test_nothing_falls_between_the_page_and_its_stream(page: Page, station: Station, post_note: Post) -> None:
    """Held back until the note is there, the stream still begins where the page ended."""
    held = []
    page.route(STREAM, lambda route: held.append(route))
    page.goto(f"{station.board.get_absolute_url()}live/?station={station.code}")
    note = post_note(station, "Just in between.")
    while not held:
        page.evaluate("document.title")
    held[0].continue_()
    expect(card(page, note)).to_contain_text("Just in between.")


def test_new_notes_never_move_what_somebody_reads(page: Page, station: Station, post_note: Post) -> None:
    for number in range(MANY):
        post_note(station, f"Note {number}", by=Viewer(guest_key=f"guest {number}"))
    open_live(page, station)
    link = page.locator("#live-notes .note__ref").nth(5)
    link.focus()
    label, before = link.inner_text(), link.bounding_box()
    arrived = [post_note(station, "New", by=Viewer(guest_key=f"late {n}")) for n in range(3)]
    button = page.get_by_role("button", name="3 new notes")
    expect(button).to_be_visible()
    expect(card(page, arrived[0])).to_have_count(0)
    focused = page.evaluate("document.activeElement.innerText")
    assert focused == label
    assert page.locator("#live-notes .note__ref").nth(5).bounding_box() == before
    button.click()
    expect(card(page, arrived[-1])).to_be_visible()
    expect(button).to_be_hidden()
    expect(page.get_by_role("heading", name="Newest first")).to_be_focused()


def test_pause_stops_the_wall_and_the_bars(page: Page, station: Station, post_note: Post) -> None:
    open_live(page, station)
    pause = page.get_by_role("button", name="Pause")
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "true")
    note = post_note(station, "While it is paused.")
    expect(page.get_by_role("button", name="1 new note")).to_be_visible()
    expect(page.locator(f"#tally-{station.code} li[data-mark=tick]")).to_have_attribute("data-n", "0")
    expect(page.locator("#live-said")).to_have_text("")
    pause.click()
    expect(card(page, note)).to_be_visible()
    expect(page.locator(f"#tally-{station.code} li[data-mark=tick]")).to_have_attribute("data-n", "1")


def test_under_reduced_motion_the_wall_starts_paused_and_nothing_flies(
    page: Page, station: Station, post_note: Post
) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_live(page, station)
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")
    note = post_note(station, "No flight.")
    page.get_by_role("button", name="1 new note").click()
    moves = card(page, note).locator(".note").evaluate("one => getComputedStyle(one).animationName")
    assert moves == "none"


def test_a_withdrawn_note_leaves_every_screen(
    page: Page, station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "Take me away.")
    open_live(page, station)
    expect(card(page, note)).to_be_visible()
    card(page, note).locator("a").focus()
    withdraw_note(note, by=ben)
    expect(page.get_by_text("Take me away.")).to_have_count(0)
    expect(page.get_by_role("heading", name="Newest first")).to_be_focused()
    expect(page.locator(f"#tally-{station.code}")).to_contain_text("1 withdrawn")


def test_thirty_notes_in_a_moment_are_one_sentence_for_who_listens(
    page: Page, station: Station, post_note: Post
) -> None:
    open_live(page, station)
    page.evaluate("""() => {
      window.heard = [];
      const said = document.getElementById("live-said");
      new MutationObserver(() => window.heard.push(said.textContent)).observe(said, {childList: true});
    }""")
    for number in range(ALL):
        post_note(station, f"Note {number}", by=Viewer(guest_key=f"guest {number}"))
    expect(page.locator("#live-notes > li")).to_have_count(ALL)
    expect(page.locator("#live-said")).to_contain_text("new note", timeout=10_000)
    # At most every five seconds, and in the end all of them were told.
    told = 0
    while told < ALL:
        expect(page.locator("#live-said")).not_to_be_empty()
        said = page.evaluate("window.heard")
        told = sum(int(number) for one in said for number in re.findall(r"(\d+) new", one))
    assert len(said) <= 3


def test_everybody_sees_the_phase_the_timer_and_the_end(page: Page, station: Station, ada: Viewer) -> None:
    page.clock.install(time="2001-01-01T00:00:00")  # a phone whose clock is wrong by decades
    page.clock.resume()
    open_live(page, station)
    change_phase(station.board, "reveal", by=ada)
    expect(page.locator("#live-state [data-phase]")).to_have_text("Reveal and talk")
    set_timer(station.board, 5, by=ada)
    expect(page.locator("#live-state [data-clock]")).to_contain_text("4:5")
    close_activity(station.board, by=ada)
    expect(page.locator("#live-state")).to_contain_text("This board is closed")
    expect(page.get_by_role("button", name="Stick it up")).to_be_hidden()
    expect(page.locator("#live-health")).to_have_text("Closed")
    expect(page.get_by_role("link", name="Add a note")).to_be_hidden()


def test_when_notes_are_covered_no_page_keeps_them_unless_somebody_writes_on_it(
    page: Page, new_page: NewPage, station: Station, post_note: Post, ada: Viewer
) -> None:
    note = post_note(station, words="Covered in a moment")
    writer = new_page()
    for one in (page, writer):
        open_live(one, station)
        expect(card(one, note)).to_be_visible()
    writer.get_by_label("Your words").fill("Half a sent")
    change_settings(station.board, by=ada, hides_until_reveal=True)
    expect(page.locator("#live-state")).to_contain_text("covered until the organisers reveal it")
    expect(card(page, note)).to_be_hidden()
    expect(writer.get_by_role("link", name="Load it again")).to_be_in_viewport()
    expect(writer.get_by_label("Your words")).to_have_value("Half a sent")


def test_a_full_stream_is_polled_for_instead(page: Page, station: Station, post_note: Post) -> None:
    page.route(STREAM, lambda route: route.fulfill(status=503, headers={"Retry-After": "60"}))
    page.goto(f"{station.board.get_absolute_url()}live/?station={station.code}")
    expect(page.locator("#live-health")).to_have_text("Live, every few seconds")
    note = post_note(station, "By the slow road.")
    expect(card(page, note)).to_be_visible(timeout=15_000)
