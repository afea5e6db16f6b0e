"""The reading desk in a browser: markup by buttons, a look while one types, and from note to note by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from people.guests import Viewer
from responses.models import Asking, Note, Photo, Station
from responses.readings.asking import ask_the_room
from tests.journeys.conftest import NewPage, told
from tests.journeys.test_keyboard import focused, tab_to
from tests.photos import make_photo
from tests.reading import asked, note_on, says

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notes(station: Station, ada: Viewer) -> list[Note]:
    photo = make_photo(station.board.event, ada, board=station.board)
    return [note_on(photo, station, by=ada) for _ in range(2)]


@pytest.fixture
def asking(notes: list[Note], ada: Viewer) -> Asking:
    return ask_the_room(notes[0].board.event, by=ada, message="", days=3)


def sit_down(page: Page, note: Note) -> None:
    page.goto(f"/r/{note.identifier}/read/")


def test_note_after_note_is_read_by_keys_alone(hosting: Page, notes: list[Note]) -> None:
    hosting.goto(f"{notes[0].board.event.get_absolute_url()}reading/")
    tab_to(hosting, "Read the next note")
    for number, note in enumerate(notes):
        if number == 0:
            hosting.keyboard.press("Enter")
        expect(hosting).to_have_title(re.compile(note.label))
        expect(hosting.get_by_role("radio", name="Yes, all of them")).to_be_focused()
        hosting.keyboard.press("ArrowDown")
        expect(hosting.get_by_role("radio", name="Some of them")).to_be_checked()
        tab_to(hosting, "Gap")
        hosting.keyboard.press("ArrowRight")
        assert focused(hosting)["name"] == "2 words missing"
        hosting.keyboard.press("Enter")
        expect(hosting.get_by_label("What it says")).to_have_value("[2 words]")
        # The number is selected, ready to be typed over.
        hosting.keyboard.type("3")
        hosting.keyboard.press("End")
        hosting.keyboard.type(" decide")
        tab_to(hosting, "Tick")
        hosting.keyboard.press("ArrowRight")
        tab_to(hosting, "Save")
        hosting.keyboard.press("Enter")
        expect(told(hosting)).to_contain_text(f"Saved: {note.label}.")
    assert [note.readings.get().text for note in notes] == ["[3 words] decide"] * 2
    assert {note.readings.get().mark for note in notes} == {"heart"}


def test_buttons_put_markup_around_what_is_selected(hosting: Page, notes: list[Note]) -> None:
    sit_down(hosting, notes[0])
    box = hosting.get_by_label("What it says")
    box.fill("the old way")
    box.evaluate("one => one.setSelectionRange(4, 7)")
    hosting.get_by_role("button", name="Struck out").click()
    expect(box).to_have_value("the ~~old~~ way")
    box.press("End")
    hosting.get_by_role("button", name="Guess").click()
    hosting.keyboard.type("out")
    expect(box).to_have_value("the ~~old~~ way[out?]")
    for name, put in (
        ("Gap", "[...]"),
        ("One of two", "[this/that?]"),
        ("Added", "[inserted: word]"),
        ("Stressed", "*word*"),
        ("Drawing", "[drawing: upward arrow]"),
        ("Your remark", "[note: written sideways]"),
    ):
        box.fill("")
        hosting.get_by_role("button", name=name, exact=True).click()
        expect(box).to_have_value(put)


def test_how_it_reads_shows_while_one_types(hosting: Page, notes: list[Note]) -> None:
    sit_down(hosting, notes[0])
    asks: list[str] = []
    hosting.on("request", lambda request: asks.append(request.method) if request.method == "POST" else None)
    box = hosting.get_by_label("What it says")
    box.press_sequentially("the [2 words] of [budget?] <b>", delay=5)
    expect(hosting.locator(".reads .note__text")).to_have_text(
        "the two words unread of budget (best guess) <b>"
    )
    expect(hosting.get_by_role("status").filter(has_text="2 words missing, 1 guess.")).to_be_attached()
    assert len(asks) < 5, "It asks when one pauses, not with every key."
    box.fill("so [sic]")
    hosting.get_by_label("Yes, the brackets are on the note").check()
    hosting.get_by_role("radio", name="Yes, all of them").check()
    hosting.get_by_role("radio", name="Square").check()
    hosting.get_by_role("button", name="Save").click()
    expect(told(hosting)).to_contain_text("Saved")
    assert notes[0].readings.get().text == "so [sic]"


def test_without_a_network_one_types_on(hosting: Page, notes: list[Note]) -> None:
    sit_down(hosting, notes[0])
    box = hosting.get_by_label("What it says")
    hosting.context.set_offline(True)
    with hosting.expect_event("requestfailed"):
        box.press_sequentially("the words")
    hosting.context.set_offline(False)
    box.press_sequentially(" again")
    expect(hosting.locator(".reads .note__text")).to_have_text("the words again")


def test_others_are_silent_until_one_has_saved(hosting: Page, notes: list[Note]) -> None:
    says(notes[0], "veiledwren decides", by=asked("ben", notes[0].board.event))
    sit_down(hosting, notes[0])
    hosting.get_by_label("What it says").press_sequentially("He decides")
    expect(hosting.locator(".reads .note__text")).to_have_text("He decides")
    assert "veiledwren" not in hosting.content()
    hosting.get_by_role("radio", name="Yes, all of them").check()
    hosting.get_by_role("radio", name="Tick").check()
    hosting.get_by_role("button", name="Save").click()
    expect(hosting.get_by_role("heading", name="Other readings")).to_be_focused()
    expect(hosting.locator(".reading b").last).to_have_text("veiledwren")
    hosting.get_by_role("button", name="I agree with reading 1").click()
    expect(hosting.get_by_text("You say the same.")).to_be_visible()
    assert notes[0].readings.latest("number").text == "veiledwren decides"


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_phone_reads_through_the_link(
    new_page: NewPage, notes: list[Note], asking: Asking, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts, viewport={"width": 320, "height": 480})
    page.goto(asking.get_absolute_url())
    page.get_by_role("link", name="Start with the first").click()
    expect(page.get_by_role("toolbar")).to_be_visible(visible=scripts)
    if not scripts:
        page.get_by_label("What it says").fill("say [...] decides")
        page.get_by_role("button", name="Show me how it reads").click()
        expect(page.locator(".reads .note__text")).to_have_text("say some words unread decides")
    page.get_by_role("radio", name="Some of them").check()
    page.get_by_label("What it says").fill("say [...] decides")
    page.get_by_role("radio", name="Bubble").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=notes[1].label)).to_be_visible()
    assert notes[0].readings.get().text == "say [...] decides"
    assert Photo.objects.get().get_absolute_url() not in page.content()


def test_a_close_up_grows_without_a_script(new_page: NewPage, notes: list[Note], asking: Asking) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{asking.get_absolute_url()}{notes[0].identifier}/")
    picture = page.locator(".closeup__pane img")
    before = picture.bounding_box()["width"]
    page.get_by_label("Larger").check()
    assert picture.bounding_box()["width"] > 1.5 * before
