"""What those who run a drawing do with pictures, and what goes on the record of the event."""

from collections.abc import Callable

import pytest

from events.models import Quotation
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.drawing import Words, change_picture_consent, correct_picture
from responses.drawing_desk import (
    hide_picture,
    put_on_record,
    show_picture,
    take_back_from_record,
    take_down_picture,
    words_of,
)
from responses.models import Drawing, Moderation, Picture
from responses.room import change_settings, close_activity
from tests.drawings import folder_of, hang_one, hold_drawing

pytestmark = pytest.mark.django_db
Settle = Callable[..., object]


@pytest.fixture
def drawing(make_event: Callable) -> Drawing:
    return hold_drawing(make_event())


def test_pictures_wait_where_words_are_moderated(make_event: Callable, ben: Viewer, ada: Viewer) -> None:
    drawing = hold_drawing(make_event(), is_premoderated=True)
    picture = hang_one(drawing, by=ben)
    assert picture.moderation == Moderation.WAITING
    assert not Picture.objects.visible_to(ANYBODY).exists()
    seen = words_of(picture)
    correct_picture(picture, Words("Something else."), by=ben)
    with pytest.raises(Refused, match="just now"):
        show_picture(picture, by=ada, seen=seen)
    show_picture(picture, by=ada)
    assert Picture.objects.visible_to(ANYBODY).get() == picture


def test_a_hidden_picture_goes_from_sight_and_its_author_reads_why(
    drawing: Drawing, ben: Viewer, ada: Viewer
) -> None:
    picture = hang_one(drawing, by=ben)
    hide_picture(picture, "It shows a face.", by=ada)
    assert not Picture.objects.visible_to(ANYBODY).exists()
    assert Picture.objects.visible_to(ben).get().moderation_why == "It shows a face."
    correct_picture(picture, Words("Two hands, no face."), by=ben)
    assert Picture.objects.get().moderation == Moderation.WAITING
    show_picture(picture, by=ada)
    assert Picture.objects.visible_to(ANYBODY).get().moderation_why == ""


def test_taking_down_needs_a_reason_and_ends_like_a_withdrawal(
    drawing: Drawing, ben: Viewer, ada: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    picture = hang_one(drawing, by=ben)
    with pytest.raises(Refused, match="why"):
        take_down_picture(picture, " ", by=ada)
    with django_capture_on_commit_callbacks(execute=True):
        take_down_picture(picture, "It shows a child.", by=ada)
    assert not folder_of(picture.files).exists()
    assert Act.objects.get(verb="withdrew").why == "It shows a child."


def test_an_expression_on_the_record_is_a_quotation_of_its_own(
    drawing: Drawing, ben: Viewer, ada: Viewer
) -> None:
    picture = hang_one(drawing, by=ben, group="Table four", expression="Share it.")
    put_on_record(picture, by=ada)
    put_on_record(picture, by=ada)
    quotation = Quotation.objects.get()
    assert (quotation.text, quotation.said_by, quotation.event) == ("Share it.", "Table four", drawing.event)
    take_back_from_record(picture, by=ada)
    assert not Quotation.objects.exists()
    assert Picture.objects.visible_to(ANYBODY).exists()


@pytest.mark.parametrize("how", ["hidden", "kept", "corrected", "under-18s"])
def test_an_expression_comes_off_the_record_with_what_it_stood_on(
    drawing: Drawing, ben: Viewer, ada: Viewer, how: str
) -> None:
    picture = hang_one(drawing, by=ben, group="Table four", expression="Share it.")
    put_on_record(picture, by=ada)
    correct_picture(picture, Words("Other words for who cannot see it.", "Table four", "Share it."), by=ben)
    assert Quotation.objects.count() == 1
    match how:
        case "hidden":
            hide_picture(picture, "It names somebody.", by=ada)
        case "kept":
            change_picture_consent(picture, consent_given(public=False, research=True), by=ben)
        case "corrected":
            correct_picture(picture, Words("x", "Table four", "Share most of it."), by=ben)
        case "under-18s":
            change_settings(drawing, by=ada, may_include_under_18s=True)
    assert not Quotation.objects.exists()


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"expression": ""}, "nothing to put"), ({"expression": "x", "public": False}, "did not agree")],
)
def test_only_what_was_agreed_to_goes_on_the_record(
    drawing: Drawing, ben: Viewer, ada: Viewer, facts: dict, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        put_on_record(hang_one(drawing, by=ben, **facts), by=ada)


def test_what_is_covered_shows_to_its_author_and_goes_on_no_record(
    make_event: Callable, ben: Viewer, ada: Viewer
) -> None:
    drawing = hold_drawing(make_event(), hides_until_reveal=True)
    picture = hang_one(drawing, by=ben, expression="Share it.")
    assert not Picture.objects.visible_to(ANYBODY).exists()
    assert Picture.objects.visible_to(ben).exists()
    with pytest.raises(Refused, match="hangs for everybody"):
        put_on_record(picture, by=ada)
    close_activity(drawing, by=ada)
    assert Picture.objects.visible_to(ANYBODY).exists()
