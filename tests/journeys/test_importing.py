"""An organiser signs in with the code from the mail and imports a transcript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import Page, expect

from coproduce.work import run_ready
from events.models import Event
from people.guests import Viewer
from people.models import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAMPLES = Path(__file__).resolve().parent.parent / "responses" / "samples"
WALL = SAMPLES / "tight_wall.txt"
# What the invented sample holds, counted by hand: heading, stated, counted.
STATIONS = [
    ("Patience", "3", "3"),
    ("Fair shares", "4", "4"),
    ("Knowledge", "none", "2"),
    ("Welcome", "2", "2"),
    ("What is missing?", "none", "3"),
]
ALL = 14
CODE = re.compile(r"^\s*([0-9A-Z-]{6,})\s*$", re.MULTILINE)


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def sign_in(page: Page, person: Person) -> None:
    """Ask for a code, read it in the mail, and type it."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    page.goto("/")
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_label("Email").fill(person.email)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code we sent")
    run_ready()  # a worker sends it
    page.get_by_label("Code").fill(CODE.search(mail.outbox[-1].body)[1])
    page.get_by_role("button", name="Go on").click()


def test_an_organiser_signs_in_and_imports_what_they_paste(page: Page, event: Event, ada: Viewer) -> None:
    sign_in(page, ada.person)
    expect(page).to_have_url(re.compile("/desk/$"))
    page.get_by_text(f"Everything else for it: {event.name}").click()
    page.get_by_role("link", name=f"Import a transcript into {event.name}").click()
    page.get_by_label("The text itself").fill(WALL.read_text())
    page.get_by_role("button", name="Look at what it holds").click()
    confirm(page)
    expect_on_board(page)


def test_an_uploaded_transcript_is_imported_and_the_same_again_adds_nothing(
    hosting: Page, event: Event
) -> None:
    upload(hosting, event)
    confirm(hosting)
    expect_on_board(hosting)
    upload(hosting, event)
    expect(hosting.locator(".standfirst")).to_contain_text("already")
    hosting.get_by_role("button", name="Import it all the same").click()
    expect(hosting.get_by_role("status")).to_contain_text("Nothing new")
    expect_on_board(hosting)


def test_a_file_that_is_no_transcript_gets_one_sentence_and_changes_nothing(
    hosting: Page, event: Event
) -> None:
    hosting.goto(f"/events/{event.slug}/import/")
    picture = {"name": "wall.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00"}
    hosting.get_by_label("A plain text file").set_input_files(picture)
    hosting.get_by_role("button", name="Look at what it holds").click()
    expect(hosting.get_by_role("alert").locator("p, a")).to_have_count(1)
    assert not event.activities.exists()


def upload(page: Page, event: Event) -> None:
    page.goto(f"/events/{event.slug}/import/")
    page.get_by_label("A plain text file").set_input_files(WALL)
    page.get_by_role("button", name="Look at what it holds").click()


def confirm(page: Page) -> None:
    """The preview shows each station as it is stated and counted; then the button."""
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(len(STATIONS))
    for row, (heading, stated, counted) in zip(rows.all(), STATIONS, strict=True):
        expect(row.get_by_role("rowheader")).to_contain_text(heading)
        expect(row.get_by_role("cell").nth(0)).to_have_text(stated, use_inner_text=True)
        expect(row.get_by_role("cell").nth(1)).to_have_text(counted, use_inner_text=True)
    page.get_by_role("button", name=f"Import {ALL} notes").click()


def expect_on_board(page: Page) -> None:
    expect(page.locator(".page-head .counts")).to_contain_text(f"{ALL} notes in all")
    for heading, _, counted in STATIONS:
        sheet = page.get_by_role("region", name=heading)
        expect(sheet.locator("article.note")).to_have_count(int(counted))
