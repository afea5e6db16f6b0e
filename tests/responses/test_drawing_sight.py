"""No file and no word of a picture for whoever may not have it, and none for anybody once it is withdrawn."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.guests import Viewer
from responses.drawing_desk import put_on_record
from responses.models import Drawing, Participant, Picture
from responses.receipts import receipt_for
from tests.drawings import come_as, everything_said, file_of, folder_of, hang_one, hold_drawing

pytestmark = pytest.mark.django_db
Settle = Callable[..., object]


@pytest.fixture
def drawing(make_event: Callable) -> Drawing:
    return hold_drawing(make_event())


@pytest.mark.parametrize("name", ["small.jpg", "small.webp", "small.avif"])
def test_a_picture_of_the_room_is_for_the_room(
    client: Client, drawing: Drawing, ben: Viewer, dee: Viewer, name: str
) -> None:
    picture = hang_one(drawing, by=ben, public=False, alt="Hushed")
    address = file_of(picture, name)
    assert client.get(address).status_code == 404
    come_as(client, dee)
    assert client.get(address).status_code == 404, "without the code she is a stranger"
    Participant.objects.create(activity=drawing, token=drawing.token_of(dee), joined_at=timezone.now())
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    tag = answer["ETag"]
    client.cookies.clear()
    assert client.get(address).status_code == 404, "the address alone is worth nothing"
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 404
    assert "Hushed" not in client.get(drawing.get_absolute_url()).text


@pytest.mark.parametrize("standing", ["waiting", "hidden"])
def test_what_does_not_hang_has_no_file_for_strangers(
    client: Client, drawing: Drawing, ben: Viewer, ada: Viewer, standing: str
) -> None:
    picture = hang_one(drawing, by=ben)
    Picture.objects.update(moderation=standing)
    for address in (file_of(picture), picture.get_absolute_url()):
        assert client.get(address).status_code == 404
    client.force_login(ada.person)
    assert client.get(file_of(picture)).status_code == 200


@pytest.mark.parametrize("name", ["original", "../small.jpg", "large.jpg", "small.png", "small.jpg%00"])
def test_only_the_files_that_may_be_shown_have_addresses(
    client: Client, drawing: Drawing, ben: Viewer, name: str
) -> None:
    picture = hang_one(drawing, by=ben)
    assert client.get(f"{picture.files_address}{name}").status_code in (400, 404)


def test_nobody_reaches_a_folder_by_its_own_name(client: Client, drawing: Drawing, ben: Viewer) -> None:
    folder = hang_one(drawing, by=ben).files
    for address in (f"/d/{folder}/files/small.jpg", f"/media/{folder}/small.jpg", f"/{folder}/small.jpg"):
        assert client.get(address).status_code == 404


def test_after_withdrawal_nothing_is_left_anywhere(
    client: Client, drawing: Drawing, ben: Viewer, ada: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    said = {"alt": "Canary alt", "group": "Canary group", "expression": "Canary line"}
    picture = hang_one(drawing, by=ben, **said)
    put_on_record(picture, by=ada)
    code, address = receipt_for(picture.key), file_of(picture)
    tag = client.get(address)["ETag"]
    gallery = drawing.get_absolute_url()
    places = [gallery, drawing.event.get_absolute_url(), f"{gallery}projector/"]
    for place in places:
        assert "Canary" in client.get(place).text, place
    assert "Canary" in everything_said(drawing)
    come_as(client, ben)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("my_picture_withdraw", args=[picture.identifier]))
    places += [reverse("my_picture", args=[picture.identifier]), reverse("picture_receipt", args=[code])]
    for viewer in (ben, ada):
        if viewer.person:
            client.force_login(viewer.person)
        for place in (*places, reverse("drawing_facilitate", args=[drawing.event.slug, drawing.slug])):
            page = client.get(place)
            assert "Canary" not in page.text, place
            assert picture.files not in page.text, place
        gone = client.get(picture.get_absolute_url())
        assert (gone.status_code, "Canary" in gone.text) == (410, False)
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 404
        assert client.get(reverse("picture_receipt_file", args=[code, "small.jpg"])).status_code == 404
    assert "Canary" not in everything_said(drawing)
    assert "1 withdrawn" in client.get(drawing.get_absolute_url()).text
    assert not folder_of(picture.files).exists()


def test_a_receipt_opens_a_picture_from_any_device(
    client: Client, drawing: Drawing, ben: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    picture = hang_one(drawing, by=ben, public=False)
    code = receipt_for(picture.key)
    found = client.post(reverse("receipt_lookup"), {"code": code.upper()}, follow=True)
    assert "Your drawing 1" in found.text
    files = reverse("picture_receipt_file", args=[code, "small.jpg"])
    assert files in found.text
    assert client.get(files).status_code == 200
    assert client.get(reverse("picture_receipt_file", args=["0" * 16, "small.jpg"])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("picture_receipt_withdraw", args=[code]))
    assert not Picture.objects.standing().exists()
