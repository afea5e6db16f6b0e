"""From the letter that invites an organiser to a record that everybody reads, and its correction."""

import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from coproduce.work import run_ready
from events.invitations import invite
from events.models import Event, RecordChange
from people.guests import Viewer
from responses.models import Photo
from tests.journeys.conftest import NewPage
from tests.journeys.publishing.hand import Hand
from tests.photos import a_jpeg

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MOST_PRESSES = 60
NAME = "Mending day"
SHOWS = [f"Table {number} with mended chairs." for number in range(1, 6)]
NOBODY = "Nobody can be recognised on it"


def letter_to(steward: Viewer, email: str) -> str:
    """The address in the letter that invites somebody as an organiser."""
    invite(email, by=steward, duty="organiser")
    run_ready()  # a worker sends it
    assert mail.outbox[-1].to == [email]
    return re.search(r"/invitations/\S+/", mail.outbox[-1].body)[0]


@pytest.fixture
def photographs(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"table-{number}.jpg" for number in range(1, 6)]
    for file in files:
        file.write_bytes(a_jpeg(400, 300))
    return files


def accept(hand: Hand, address: str) -> None:
    hand.page.goto(address)
    hand.told.append("the link in the letter")
    hand.type("What may we call you?", "Nia")
    hand.press("Accept and make my account")


def plan(hand: Hand) -> None:
    hand.follow("New event")
    hand.type("What is it called?", NAME)
    hand.type("When is it?", "3 October 2026")
    hand.type("Where is it?", "Old Library, Leeds")
    hand.press("Plan it")


def set_the_day(hand: Hand) -> None:
    hand.follow("Set the parts of the day")
    for time, title in (("10:00", "Mending"), ("12:30", "Soup")):
        hand.type("When", time)
        hand.type("What happens", title)
        hand.press("Add it")
    hand.follow("What to do next")


def write_it_up(hand: Hand, photographs: list[Path]) -> None:
    """Words, five photographs (the last not described), a film and a quotation."""
    hand.follow("Write it up")
    hand.write("We mended eleven chairs.")
    hand.press("Photographs")
    hand.bring("New ones, from your device", photographs)
    hand.press("Put them in")
    run_ready()  # a worker makes them ready
    for number, words in enumerate(SHOWS[:-1]):
        hand.type("Describe it for someone who cannot see it", words, nth=number)
    for number in range(len(photographs)):
        hand.choose("Who can be recognised on it?", NOBODY, nth=number)
    hand.press("Film", nth=-1)
    hand.type("Address of the film", "https://vimeo.com/123456")
    hand.type("Title", "The last chair")
    hand.type("What is said and shown", "Two people glue a leg and laugh.")
    hand.press("Put it in")
    hand.press("Quotation", nth=-1)
    hand.type("What was said", "Nothing is broken for good.")
    hand.type("Who said it", "One table of six")


def correct(hand: Hand) -> None:
    """A mistake in the words, put right and said."""
    hand.follow("What to do next")
    hand.follow("Write it up")
    hand.mend("eleven chairs.", "twelve chairs.")
    hand.type("What did you change, and why?", "The number of chairs was wrong.")
    hand.touch(hand.page.get_by_label("It puts a mistake right"), "correction")
    hand.press("Publish the change")
    hand.reads("changed for readers too")


def publish_once_everything_is_said(hand: Hand) -> None:
    hand.press("Publish")
    hand.reads("Saved, and not published yet: 1 thing to put right.")
    hand.type("Describe it for someone who cannot see it", SHOWS[-1], nth=4)
    hand.press("Publish")
    hand.reads("The text is published, as version 1.")


def the_way_to_a_record(hand: Hand, steward: Viewer, photographs: list[Path]) -> None:
    accept(hand, letter_to(steward, "nia@example.org"))
    plan(hand)
    set_the_day(hand)
    hand.press("Publish it now")
    write_it_up(hand, photographs)
    publish_once_everything_is_said(hand)
    correct(hand)


def test_a_new_organiser_publishes_a_record_and_corrects_it(
    new_page: NewPage, steward: Viewer, photographs: list[Path], capsys: pytest.CaptureFixture
) -> None:
    hand = Hand(new_page())
    the_way_to_a_record(hand, steward, photographs)
    hand.follow(re.compile("^See what changed"))
    expect(hand.page.locator("main del")).to_contain_text("eleven")
    expect(hand.page.locator("main ins")).to_contain_text("twelve")
    with capsys.disabled():
        print(f"\nfrom the letter to the corrected record: {len(hand.told)} presses")
    assert len(hand.told) < MOST_PRESSES, hand.told
    everybody_reads_it(new_page())


def test_the_same_way_without_javascript(new_page: NewPage, steward: Viewer, photographs: list[Path]) -> None:
    hand = Hand(new_page(java_script_enabled=False), has_script=False)
    the_way_to_a_record(hand, steward, photographs)
    assert len(hand.told) < MOST_PRESSES, hand.told
    everybody_reads_it(new_page(java_script_enabled=False))


def everybody_reads_it(page: Page) -> None:
    """A stranger finds the record, with all that stands in it and what was changed."""
    page.goto("/events/")
    page.get_by_role("link", name=NAME).first.click()
    text = page.locator("main")
    for words in ("We mended twelve chairs.", "The last chair", "Nothing is broken for good.", "Soup"):
        expect(text).to_contain_text(words)
    for shows in SHOWS:
        expect(page.get_by_role("img", name=shows).first).to_be_visible()
    expect(page.locator("#changes")).to_contain_text("The number of chairs was wrong.")
    change = RecordChange.objects.get(kind=RecordChange.Kind.CORRECTED)
    assert (change.version, change.event) == (2, Event.objects.get(name=NAME))
    assert Photo.objects.on_show().count() == len(SHOWS)
