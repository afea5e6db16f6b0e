"""Drawings in a browser: hang one by a plain form, see what hangs, and no file for whoever may not."""

import os
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coproduce import guards
from coproduce.images import keeping
from people.guests import Viewer
from responses import drawing as acts
from responses import limits
from responses.drawing import withdraw_picture
from responses.drawing_desk import put_on_record
from responses.live.audiences import Audience
from responses.live.messages import batch_since
from responses.models import Drawing, Participant, Picture
from responses.receipts import receipt_for
from responses.room import change_settings
from tests.coproduce.pictures import drawing as drawn
from tests.coproduce.pictures import sent
from tests.drawings import (
    come_as,
    everything_said,
    file_of,
    folder_of,
    hang_one,
    hold_drawing,
    made_files,
)

pytestmark = pytest.mark.django_db
Settle = Callable[..., object]
HOSTILE = "\"><script>alert(1)</script>' onerror=alert(1) {{ csrf_token }} <b>"


@pytest.fixture
def drawing(make_event: Callable) -> Drawing:
    return hold_drawing(make_event())


def form(**typed: object) -> dict[str, object]:
    upload = SimpleUploadedFile("IMG_0001.JPG", sent(drawn(), "JPEG").getvalue(), "image/jpeg")
    said = {"picture": upload, "alt": "A loaf.", "expression": "Share it.", "group": "Table four"}
    return said | {"key": str(uuid4()), "public": "on"} | typed


def send(client: Client, drawing: Drawing, **typed: object) -> HttpResponse:
    client.get(drawing.get_absolute_url())
    return client.post(drawing.get_absolute_url(), form(**typed))


def test_a_picture_is_hung_with_a_plain_form_and_answered_with_its_receipt(
    client: Client, drawing: Drawing
) -> None:
    answer = send(client, drawing)
    picture = Picture.objects.get()
    assert answer.url == reverse("my_picture", args=[picture.identifier])
    page = client.get(answer.url).text
    code = receipt_for(picture.key)
    assert "-".join(code[at : at + 4] for at in range(0, 16, 4)) in page
    gallery = client.get(drawing.get_absolute_url()).text
    assert 'alt="A loaf."' in gallery
    assert file_of(picture) in gallery
    assert client.get(file_of(picture))["Content-Type"] == "image/jpeg"
    assert picture.consent.public
    assert not picture.consent.research


def test_the_page_that_shows_the_progress_is_told_where_to_go(client: Client, drawing: Drawing) -> None:
    client.get(drawing.get_absolute_url())
    answer = client.post(drawing.get_absolute_url(), form(), headers={"X-Upload": "1"})
    assert answer.json() == {"url": reverse("my_picture", args=[Picture.objects.get().identifier])}


def test_sent_twice_it_hangs_once_and_other_words_are_asked_about(client: Client, drawing: Drawing) -> None:
    key = str(uuid4())
    first, again = send(client, drawing, key=key), send(client, drawing, key=key)
    assert first.url == again.url
    other = send(client, drawing, key=key, alt="A river.")
    assert other.status_code == 422
    assert "sent Drawing 1 before" in other.text
    assert f'value="{key}"' not in other.text
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"picture": ""}, "Choose a picture"),
        ({"alt": ""}, "Say what it shows"),
        ({"picture": SimpleUploadedFile("x.svg", b"<svg/>", "image/jpeg")}, "an SVG or a web page"),
        ({"picture": SimpleUploadedFile("x.jpg", b"", "image/jpeg")}, "empty"),
        ({"picture": SimpleUploadedFile("x.jpg", b"\xff" * 12_000_001, "image/jpeg")}, "12 megabytes"),
    ],
)
def test_what_is_not_taken_says_why_and_keeps_what_was_typed(
    client: Client, drawing: Drawing, typed: dict, why: str
) -> None:
    page = send(client, drawing, **({"expression": "Keep this line."} | typed))
    assert page.status_code == 422
    assert why in page.text
    assert "Keep this line." in page.text
    assert not Picture.objects.exists()


def test_more_than_a_picture_is_not_even_read(client: Client, drawing: Drawing) -> None:
    body = b"x" * (guards.MOST_BYTES + 1)
    page = client.generic("POST", drawing.get_absolute_url(), body)
    assert page.status_code == 413
    assert "too large" in page.text
    assert page["Content-Security-Policy"]


def test_under_18s_are_offered_no_form_and_an_upload_is_forbidden(
    client: Client, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_settings(drawing, by=None, may_include_under_18s=True)
    assert 'type="file"' not in client.get(drawing.get_absolute_url()).text
    monkeypatch.setattr(acts, "kept", lambda _: pytest.fail("It was read."))
    page = send(client, drawing)
    assert page.status_code == 403
    assert "Under-18s may take part here" in page.text


def test_a_full_drawing_takes_no_more(
    client: Client, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST", 0)
    page = send(client, drawing)
    assert (page.status_code, "it is full" in page.text) == (429, True)


@pytest.mark.parametrize("limit", ["PICTURES", "PICTURES_HERE", "PICTURES_FROM_AFAR"])
def test_a_hasty_hand_is_asked_to_wait_before_anything_is_read(
    client: Client, drawing: Drawing, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(limits, limit, replace(getattr(limits, limit), most=0))
    monkeypatch.setattr(acts, "kept", lambda _: pytest.fail("It was read."))
    page = send(client, drawing)
    assert (page.status_code, "A loaf." in page.text) == (429, True)
    assert int(page["Retry-After"]) > 0


def test_the_network_of_a_room_counts_for_nothing(
    client: Client, drawing: Drawing, ben: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PICTURES_FROM_AFAR", replace(limits.PICTURES_FROM_AFAR, most=0))
    Participant.objects.create(activity=drawing, token=drawing.token_of(ben), joined_at=timezone.now())
    assert send(come_as(client, ben), drawing).status_code == 302


def test_words_can_be_corrected_and_consent_changed_on_ones_own_page(
    client: Client, drawing: Drawing, ben: Viewer
) -> None:
    picture = hang_one(drawing, by=ben)
    own = reverse("my_picture", args=[picture.identifier])
    come_as(client, ben)
    client.post(own, {"act": "correct", "alt": "A boat.", "expression": "", "group": ""})
    client.post(own, {"act": "consent"})
    picture.refresh_from_db()
    assert (picture.alt, picture.consent.public) == ("A boat.", False)
    assert client.post(own, {"act": "correct", "alt": ""}).status_code == 422


def test_words_are_shown_as_they_were_typed_and_never_run(
    client: Client, drawing: Drawing, ada: Viewer
) -> None:
    send(client, drawing, alt=HOSTILE, expression=HOSTILE, group=HOSTILE)
    picture = Picture.objects.get()
    put_on_record(picture, by=ada)
    places = [drawing.get_absolute_url(), picture.get_absolute_url(), drawing.event.get_absolute_url()]
    places += [reverse("my_picture", args=[picture.identifier]), f"{drawing.get_absolute_url()}projector/"]
    pages = [client.get(place).text for place in places] + [everything_said(drawing)]
    client.force_login(ada.person)
    pages += [client.get(reverse("picture_desk", args=[picture.identifier])).text]
    pages += [client.get(reverse("drawing_facilitate", args=[drawing.event.slug, drawing.slug])).text]
    for page in pages:
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<b>" not in page.split("alert(1) ")[1][:40]


def test_the_stream_knows_no_viewer_and_what_each_audience_may_see(drawing: Drawing, ben: Viewer) -> None:
    hang_one(drawing, "Open", by=ben)
    hang_one(drawing, "Hushed", by=ben, public=False)
    public, room = (batch_since(drawing.pk, 0, audience).body.decode() for audience in Audience)
    assert ("Open" in public, "Hushed" in public) == (True, False)
    assert ("Open" in room, "Hushed" in room) == (True, True)
    assert "csrf" not in public + room


def test_the_page_and_the_stream_show_the_same(client: Client, drawing: Drawing, ben: Viewer) -> None:
    hang_one(drawing, by=ben)
    page = client.get(drawing.get_absolute_url()).text
    section = page[page.index('<section class="section stack" id="results"') :]
    section = section[: section.index("</section>")]
    streamed = batch_since(drawing.pk, 0, Audience.PUBLIC).body.decode().replace("data: ", "")
    assert all(line in streamed for line in section.splitlines())


def test_the_event_page_shows_the_gallery_and_the_projector_one_picture(
    client: Client, drawing: Drawing, ben: Viewer
) -> None:
    for number in range(6):
        hang_one(drawing, f"Sheet {number}", by=ben, group="Table four", expression=f"Line {number}")
    event = client.get(drawing.event.get_absolute_url()).text
    assert event.count('class="hung"') == 4
    assert "All 6 drawings" in event
    screen = client.get(f"{drawing.get_absolute_url()}projector/?picture=3").text
    assert ("Line 2" in screen, "Line 3" in screen, "Table four" in screen) == (True, False, False)
    assert 'href="?picture=2"' in screen
    assert 'href="?picture=4"' in screen
    assert "Line 5" in client.get(f"{drawing.get_absolute_url()}projector/?picture=99").text


@pytest.mark.parametrize("page", ["gallery", "event", "console"])
def test_three_pictures_take_as_many_questions_as_one(
    client: Client, drawing: Drawing, ben: Viewer, ada: Viewer, page: str
) -> None:
    if page == "console":
        client.force_login(ada.person)
    address = {
        "gallery": drawing.get_absolute_url(),
        "event": drawing.event.get_absolute_url(),
        "console": reverse("drawing_facilitate", args=[drawing.event.slug, drawing.slug]),
    }[page]

    def questions() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    hang_one(drawing, by=ben, expression="One")
    one = questions()
    for _ in range(2):
        hang_one(drawing, by=ben, expression="More")
    assert questions() == one


def test_a_file_is_answered_with_one_question(client: Client, drawing: Drawing, ben: Viewer) -> None:
    address = file_of(hang_one(drawing, by=ben))
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) == 1


def test_an_organiser_makes_a_drawing_and_runs_it(
    client: Client, drawing: Drawing, ada: Viewer, ben: Viewer
) -> None:
    client.force_login(ada.person)
    made = client.post(reverse("drawing_new", args=[drawing.event.slug]), {"name": "Draw a week"})
    assert made.url.endswith("/drawings/draw-a-week/facilitate/")
    picture = hang_one(drawing, by=ben, expression="Share it.")
    desk = reverse("picture_desk", args=[picture.identifier])
    for act, shown in (("put_on_record", True), ("take_off_record", False)):
        assert client.post(desk, {"act": act}).status_code == 302
        assert ('class="said"' in client.get(drawing.event.get_absolute_url()).text) is shown
    assert client.post(desk, {"act": "hide", "why": ""}).status_code == 422
    client.post(desk, {"act": "hide", "why": "It shows a face."})
    assert "It shows a face." in client.get(made.url.replace("draw-a-week", drawing.slug)).text
    seen = client.get(desk).context["seen"].replace("\n", "\r\n")
    assert client.post(desk, {"act": "show", "seen": seen}).status_code == 302
    assert client.post(desk, {"act": "show", "seen": "other"}).status_code == 422


def test_the_command_tells_rows_without_files_from_files_without_rows(
    drawing: Drawing, ben: Viewer, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture, orphan = hang_one(drawing, by=ben), made_files().folder
    said = StringIO()
    call_command("pictures", stdout=said)
    assert "0 folders" in said.getvalue(), "a picture that is being sent has no row yet"
    age(orphan)
    call_command("pictures", "--remove", stdout=said)
    assert "1 folder without a picture removed" in said.getvalue()
    assert not folder_of(orphan).exists()
    keeping.remove(picture.files)
    with pytest.raises(CommandError, match=picture.files):
        call_command("pictures", stdout=said)
    withdraw_picture(picture, by=ben)
    call_command("pictures", stdout=said)


def age(folder: str) -> None:
    os.utime(folder_of(folder), (0, 0))
