"""One answer is one note, however often a browser sends it."""

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from responses.models import Note, Station
from tests.journeys.conftest import (
    NewPage,
    choice,
    choose_mark,
    expect_notes,
    leave_note,
    open_form,
    stick_up,
    told,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "Once is enough."


def fill(page: Page, station: Station) -> None:
    open_form(page, station)
    choose_mark(page, "Agree")
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_label("Show my note in the public record").check()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_button_pressed_twice_in_a_hurry_makes_one_note(
    new_page: NewPage, station: Station, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    fill(page, station)
    page.get_by_role("button", name="Stick it up").dblclick()
    expect(told(page)).to_contain_text("It is on the wall")
    expect_notes(page, station.board, 1)


def test_going_back_and_sending_again_makes_one_note(page: Page, station: Station) -> None:
    leave_note(page, station, WORDS)
    page.go_back()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    expect(choice(page, "Agree")).to_be_checked()
    stick_up(page)
    expect(told(page)).to_contain_text("It is on the wall")
    expect_notes(page, station.board, 1)


def test_other_words_after_going_back_are_not_lost_in_the_first_note(page: Page, station: Station) -> None:
    leave_note(page, station, WORDS)
    page.go_back()
    page.get_by_label("Your words").fill("And another thing.")
    stick_up(page)
    expect(page.get_by_role("alert")).to_contain_text("Press the button again")
    stick_up(page)
    expect(told(page)).to_contain_text("It is on the wall")
    expect_notes(page, station.board, 2)


def test_an_answer_that_got_lost_on_the_way_can_be_sent_again(
    context: BrowserContext, page: Page, station: Station
) -> None:
    """The note arrives, the answer to it does not: the visitor goes back and presses once more."""
    fill(page, station)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    stick_up(page)
    expect(told(page)).to_be_visible()
    sent = next(answer for answer in answers if answer.request.method == "POST")
    again = context.request.post(
        sent.url,
        data=sent.request.post_data,
        headers={"content-type": "application/x-www-form-urlencoded"},
        max_redirects=0,
    )
    assert again.status == 302
    assert again.headers["location"].endswith(f"#{Note.objects.get().identifier}")
