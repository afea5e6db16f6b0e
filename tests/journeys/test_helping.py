"""From an invitation's letter to the first act of whoever it went to."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Page, expect

from coproduce.work import run_ready
from events.models import Event
from people.guests import Viewer
from responses.models import Board

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def invite_on_the_page(page: Page, event: Event, email: str, duty: str) -> None:
    page.goto(f"{event.get_absolute_url()}roles/")
    page.get_by_label("Their email address").fill(email)
    page.get_by_role("radio", name=re.compile(f"^{duty}")).first.check()
    page.get_by_label("A line from you").fill("You know the room.")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("status")).to_contain_text("on its way")


def test_whoever_is_invited_accepts_with_their_name_and_runs_the_board(
    hosting: Page, new_page: Callable[..., Page], event: Event, make_board: Callable[..., Board], ada: Viewer
) -> None:
    board = make_board(event=event, state="closed")
    invite_on_the_page(hosting, event, "fay@example.org", "Facilitator")
    run_ready()  # a worker sends it
    letter = mail.outbox[-1]
    assert letter.to == ["fay@example.org"]
    page = new_page()
    page.goto(re.search(r"/invitations/\S+/", letter.body)[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("You are invited")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Accept and make my account").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what others may call you.")
    page.get_by_label("What may we call you?").fill("Fay")
    page.get_by_role("button", name="Accept and make my account").click()
    expect(page.get_by_text("You are facilitator of Wall day now.")).to_be_visible()
    page.goto(board.get_absolute_url())
    page.get_by_role("link", name="Open and run this board").click()
    page.get_by_role("button", name="Open it", exact=True).click()
    expect(page.get_by_role("heading", name="Now: Collect")).to_be_visible()
    board.refresh_from_db()
    assert board.is_open
