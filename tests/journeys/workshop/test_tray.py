"""The tray: no note is lost where the network is, and none is doubled."""

from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Route, expect

from people.guests import Viewer
from responses.models import Note, Station
from responses.room import close_activity, open_activity
from tests.journeys.conftest import stick_up
from tests.journeys.workshop.conftest import (
    WORDS,
    form_of,
    open_live,
    tray,
    words_on_the_board,
    write,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_notes_written_without_a_network_wait_and_go_by_themselves(
    context: BrowserContext, page: Page, station: Station
) -> None:
    page.goto(form_of(station))
    context.set_offline(True)
    write(page)
    expect(tray(page)).to_contain_text("1 waiting")
    expect(tray(page)).to_contain_text(WORDS)
    expect(tray(page)).to_contain_text("No signal just now. Keep writing.")
    expect(page.get_by_label("Your words")).to_have_value("")
    write(page, "And another.", "Agree")
    expect(tray(page)).to_contain_text("2 waiting")
    assert words_on_the_board(station) == []
    context.set_offline(False)
    expect(tray(page)).to_contain_text("2 sent")
    expect(tray(page).get_by_text("No signal just now")).to_be_hidden()
    assert words_on_the_board(station) == [WORDS, "And another."]
    expect(tray(page)).not_to_contain_text(WORDS)
    expect(tray(page).get_by_role("link", name=f"{station.code}-01")).to_be_visible()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert WORDS not in kept


def test_what_waits_outlives_the_page_and_goes_from_any_other(
    context: BrowserContext, page: Page, station: Station
) -> None:
    page.goto(form_of(station))
    context.set_offline(True)
    write(page)
    expect(tray(page)).to_contain_text("1 waiting")
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto(reverse("my_notes"))
    expect(tray(other)).to_be_hidden()
    assert words_on_the_board(station) == [WORDS]


def test_an_answer_that_got_lost_does_not_double_the_note(page: Page, station: Station) -> None:
    """The note arrives, and the site's answer to it never does."""
    page.goto(form_of(station))

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(f"**{form_of(station)}", lose_the_answer)
    write(page)
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    assert words_on_the_board(station) == [WORDS]
    page.unroute(f"**{form_of(station)}")
    page.get_by_role("button", name="Try to send now").click()
    expect(tray(page)).to_contain_text("1 sent")
    assert words_on_the_board(station) == [WORDS]


def test_two_tabs_send_what_waits_once(context: BrowserContext, page: Page, station: Station) -> None:
    page.goto(form_of(station))
    second = context.new_page()
    second.goto(form_of(station))
    posts = []
    # An attempt while the network is just coming back may fail, and is no post.
    context.on("requestfinished", lambda request: request.method == "POST" and posts.append(request.url))
    context.set_offline(True)
    write(page)
    expect(tray(second)).to_contain_text("1 waiting")
    posts.clear()
    context.set_offline(False)
    for tab in (page, second):
        expect(tray(tab)).to_contain_text("1 sent")
    assert len(posts) == 1
    assert words_on_the_board(station) == [WORDS]


def test_a_form_that_expired_meanwhile_is_made_good_without_a_word_lost(page: Page, station: Station) -> None:
    page.goto(form_of(station))
    page.locator("[name=csrfmiddlewaretoken]").first.evaluate("one => one.value = 'x'.repeat(64)")
    with page.expect_navigation():
        write(page)
    assert words_on_the_board(station) == [WORDS]


def test_a_note_for_a_board_that_closed_stays_and_says_why(
    context: BrowserContext, page: Page, station: Station, ada: Viewer
) -> None:
    page.goto(form_of(station))
    context.set_offline(True)
    write(page)
    expect(tray(page)).to_contain_text("1 waiting")
    close_activity(station.board, by=ada)
    context.set_offline(False)
    expect(tray(page)).to_contain_text("Not sent: This board is closed")
    page.reload()
    expect(tray(page)).to_contain_text(WORDS)
    open_activity(station.board, by=ada)
    page.get_by_role("button", name="Try again").click()
    expect(tray(page)).to_contain_text("1 sent")
    assert words_on_the_board(station) == [WORDS]


def test_a_note_that_was_not_sent_can_be_edited_or_thrown_away(
    context: BrowserContext, page: Page, station: Station, ada: Viewer
) -> None:
    page.goto(form_of(station))
    context.set_offline(True)
    write(page)
    write(page, "Never mind.")
    close_activity(station.board, by=ada)
    context.set_offline(False)
    expect(tray(page)).to_contain_text("2 not sent")
    open_activity(station.board, by=ada)
    page.on("dialog", lambda asked: asked.accept())
    refused = tray(page).get_by_role("listitem")
    refused.filter(has_text="Never mind.").get_by_role("button", name="Throw away").click()
    expect(refused).to_have_count(1)
    page.reload()
    tray(page).get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    page.get_by_label("Your words").fill("Written on the stairs.")
    with page.expect_navigation():
        stick_up(page)
    assert words_on_the_board(station) == ["Written on the stairs."]


def test_without_a_place_to_keep_things_the_form_is_sent_as_ever(
    context: BrowserContext, page: Page, station: Station
) -> None:
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); }")
    page.goto(form_of(station))
    write(page)
    expect(page.get_by_role("status").filter(has_text="It is on the wall")).to_be_visible()
    assert words_on_the_board(station) == [WORDS]


def test_a_note_from_the_live_page_comes_up_as_ones_own(page: Page, station: Station) -> None:
    open_live(page, station)
    write(page)
    expect(tray(page)).to_contain_text("1 sent")
    expect(page.get_by_label("Your words")).to_have_value("")
    tray(page).get_by_role("link", name=f"{station.code}-01").click()
    own = page.locator("#live-notes > li").filter(has_text=WORDS)
    expect(own).to_contain_text("Yours")
    expect(own).to_be_in_viewport()
    assert words_on_the_board(station) == [WORDS]


def test_words_are_never_taken_for_markup(context: BrowserContext, page: Page, station: Station) -> None:
    page.goto(form_of(station))
    context.set_offline(True)
    write(page, "<img src=x onerror=alert(1)>")
    expect(tray(page)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(tray(page).locator("img")).to_have_count(0)
    context.set_offline(False)
    expect(tray(page)).to_contain_text("1 sent")


def test_keys_are_made_where_the_browser_has_no_way_of_its_own(
    context: BrowserContext, page: Page, station: Station
) -> None:
    """An old phone, or an address without TLS: no randomUUID and no locks between tabs."""
    context.add_init_script("delete Crypto.prototype.randomUUID; delete Navigator.prototype.locks;")
    page.goto(form_of(station))
    context.set_offline(True)
    write(page, "One.")
    write(page, "Two.")
    context.set_offline(False)
    expect(tray(page)).to_contain_text("2 sent")
    keys = set(Note.objects.values_list("key", flat=True))
    assert {key.version for key in keys} == {uuid4().version}
