"""From a guest's note to the decision that cites it, the follower's letter, and the wording it changed."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from coproduce.work import run_ready
from outcomes.amendments import accept_amendment, open_amendment, propose_amendment
from outcomes.models import Amendment, Decision
from people.guests import Viewer
from principles.models import Principle
from responses.models import Note, Station
from tests.journeys.conftest import NewPage, leave_note, receipt_link, told
from tests.journeys.publishing.hand import Hand
from tests.outcomes.makers import decided, heard
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BEN = "ben@example.org"
SAID = "Power is never given. Say who gives it up."
HEARD = "People want to know who gives something up."
DECIDED = "Each agenda names who decides."
BEFORE, AFTER = "Power is shared.", "Power is shared, and somebody says what they give up."
in_both_kinds_of_browser = pytest.mark.parametrize(
    "script", [True, False], ids=["with JavaScript", "without JavaScript"]
)


@pytest.fixture
def power(make_set: Callable, station: Station) -> Principle:
    principle = make_set("Power").principles.get()
    station.pairings.create(principle=principle)
    return principle


@pytest.fixture
def adas_page(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, ada: Viewer
) -> Iterator[Callable[..., Page]]:
    """A browser of Ada's, in which she has signed in."""
    with session_cookie(ada.person) as cookie:

        def opened(**options: object) -> Page:
            context = new_context(**options)
            context.add_cookies([cookie | {"url": live_server.url}])
            return context.new_page()

        yield opened


def follow_with_receipt(guest: Page) -> None:
    """Ask for letters from the receipt, and confirm the address with the link in the letter."""
    receipt_link(guest).click()
    guest.get_by_role("link", name=re.compile("mail")).first.click()
    guest.get_by_label("Your email address").fill(BEN)
    guest.get_by_role("button", name="Be told by mail").click()
    expect(told(guest)).to_contain_text("We have written to that address")
    guest.goto(link_in_letter("/news/"))
    guest.get_by_role("button", name="Yes, send them").click()
    expect(told(guest)).to_contain_text("Confirmed")


def link_in_letter(path: str) -> str:
    """The address below `path` in the last letter, once a worker has sent it."""
    run_ready()
    assert mail.outbox[-1].to == [BEN]
    return re.search(rf"https?://[^/]+({path}\S+)", mail.outbox[-1].body)[1]


def answer(hand: Hand, note: Note) -> None:
    """From the notes that wait to what was heard, and on to what was decided."""
    hand.page.goto(note.board.event.get_absolute_url())
    hand.follow("All that came of it")
    hand.follow("Still waiting")
    hand.page.get_by_role("checkbox", name=f"Tick {note.label}").check()
    hand.press("Say what you heard")
    hand.page.get_by_label("What did you hear?").fill(HEARD)
    hand.press("Publish it")
    hand.follow("Say what you decided")
    hand.page.get_by_role("radio", name="We will do it", exact=True).check()
    hand.page.get_by_label("What was decided?").fill(DECIDED)
    hand.press("Publish it")
    hand.reads(DECIDED)


def propose(hand: Hand, power: Principle) -> None:
    """Other words for the principle, answering the note, open for marks."""
    hand.page.goto(power.get_absolute_url())
    hand.follow("Propose other words")
    hand.page.get_by_label("The words you propose").fill(AFTER)
    hand.page.get_by_label("Why").fill("A challenge asks for it.")
    hand.page.get_by_role("checkbox", name=re.compile("Say who gives it up")).check()
    hand.press("Keep it as a draft")
    hand.press("Open it for marks")
    hand.reads("What do you make of these words?")


def accept(hand: Hand, amendment: Amendment) -> None:
    hand.page.goto(amendment.get_absolute_url())
    hand.follow("Accept or decline it")
    hand.page.get_by_role("radio", name=re.compile("^Accept")).check()
    hand.page.get_by_label("Why").fill("The challenge is right.")
    hand.press("Decide")
    hand.reads("The challenge is right.")


@in_both_kinds_of_browser
def test_a_guests_note_changes_what_is_decided_and_what_a_principle_says(
    new_page: NewPage, adas_page: Callable[..., Page], station: Station, power: Principle, script: bool
) -> None:
    guest = new_page(java_script_enabled=script)
    leave_note(guest, station, SAID, mark="Challenge")
    note = Note.objects.get()
    follow_with_receipt(guest)
    ada_works = Hand(adas_page(java_script_enabled=script), has_script=script)
    answer(ada_works, note)
    decision = Decision.objects.get()
    guest.goto(link_in_letter("/decisions/"))
    expect(guest.get_by_role("heading", level=1)).to_have_text(DECIDED)
    guest.get_by_role("link", name=note.label).first.click()
    expect(guest.locator("#came")).to_contain_text(HEARD)
    assert decision.get_absolute_url() in guest.content()
    propose(ada_works, power)
    amendment = Amendment.objects.get()
    guest.goto(link_in_letter("/amendments/"))
    guest.get_by_role("button", name=re.compile("Agree")).click()
    expect(guest.locator("#marks .tally li[data-mark=tick]")).to_have_attribute("data-n", "1")
    accept(ada_works, amendment)
    power.refresh_from_db()
    assert Principle.objects.get(pk=power.pk).current_wording.text == AFTER
    guest.goto(note.get_absolute_url())
    expect(guest.get_by_role("heading", name="Answered when it read")).to_be_visible()
    expect(guest.locator(".wording").first).to_contain_text(BEFORE)
    expect(guest.locator(".diff ins").first).to_contain_text("what they give up")


def test_the_thread_of_the_guest_tells_all_of_it(
    page: Page, station: Station, power: Principle, ada: Viewer
) -> None:
    leave_note(page, station, SAID, mark="Challenge")
    note = Note.objects.get()
    decided(heard(note, ada, HEARD), "will_do", ada, DECIDED)
    amendment = propose_amendment(power, AFTER, "It is asked for.", by=ada, notes=[note])
    accept_amendment(
        open_amendment(amendment, timezone.now() + timedelta(days=7), by=ada), "It is right.", by=ada
    )
    page.goto("/my-thread/")
    for said in (SAID, HEARD, DECIDED, "The new wording was accepted"):
        expect(page.get_by_text(said).first).to_be_visible()
