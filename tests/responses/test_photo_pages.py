"""Photographs in a browser without scripts: described, covered, taken down, and seen."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coproduce.images import keeping
from events.models import Event
from people.guests import Viewer
from responses.models import Board, Note, Photo
from responses.photos.publishing import Said, describe_photo, publish_photo, take_down_photo
from responses.photos.regions import add_region, make_note
from tests.drawings import come_as
from tests.photos import make_photo

pytestmark = pytest.mark.django_db
Settle = Callable[..., object]
HOSTILE = "\"><script>alert(1)</script>' onerror=alert(1) {{ csrf_token }} <b>"


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def photo(event: Event, board: Board, ada: Viewer) -> Photo:
    return make_photo(event, ada, board=board, station=board.stations.get(), size=(600, 400))


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def address(event: Event) -> str:
    return reverse("photos_add", args=[event.slug])


def on_show(photo: Photo, ada: Viewer, notes: int = 1) -> Photo:
    said = Said(
        alt="A sheet with notes.", caption="Before lunch", basis="agreed", basis_note="The list of the day",
        words_basis="The room was told.", board=photo.board, station=photo.station,
    )  # fmt: skip
    photo = describe_photo(photo, said, by=ada)
    for number in range(notes):
        make_note(add_region(photo, (10 + 50 * number, 10, 40, 40), by=ada), by=ada)
    publish_photo(photo, by=ada)
    return Photo.objects.get(pk=photo.pk)


def test_publishing_keeps_what_was_typed_and_not_saved_yet(desk: Client, photo: Photo) -> None:
    address = reverse("photo_edit", args=[photo.identifier])
    said = {"alt": "A wall of notes.", "basis": Photo.Basis.NOBODY, "caption": "Typed a moment ago."}
    assert desk.post(address, said | {"act": "publish"}).status_code == 302
    photo.refresh_from_db()
    assert photo.caption == "Typed a moment ago."
    assert photo.published_at


def test_only_those_who_run_the_event_add_describe_cover_or_take_down(
    client: Client, event: Event, photo: Photo, researcher: Viewer, ada: Viewer
) -> None:
    names = ("photo_edit", "photo_cover", "photo_take_down", "photo_original")
    places = [address(event), *(reverse(name, args=[photo.identifier]) for name in names)]
    assert {client.get(place).status_code for place in places} == {302}
    client.force_login(researcher.person)
    assert {client.get(place).status_code for place in places} == {404}
    client.force_login(ada.person)
    assert {client.get(place).status_code for place in places} == {200}


def test_what_is_not_published_is_not_there_for_others(client: Client, photo: Photo, ben: Viewer) -> None:
    come_as(client, ben)
    for place in (photo.get_absolute_url(), f"{photo.files_address}small.jpg"):
        assert client.get(place).status_code == 404
    assert photo.files_address not in client.get(reverse("photos", args=[photo.event.slug])).text


def test_on_show_it_leads_to_its_notes_and_says_on_what_basis(
    client: Client, photo: Photo, ada: Viewer
) -> None:
    photo = on_show(photo, ada)
    note = Note.objects.get()
    page = client.get(photo.get_absolute_url()).text
    assert page.count(f'href="{note.get_absolute_url()}"') == 2  # over its box, and on its card
    assert 'alt="A sheet with notes."' in page
    assert "Everybody who can be recognised agreed to it. The list of the day." in page
    assert "The room was told." in page
    assert "For those who run this event" not in page
    for name in ("photos", "event"):
        assert photo.get_absolute_url() in client.get(reverse(name, args=[photo.event.slug])).text


def test_files_are_asked_for_anew_and_private_ones_stay_out_of_shared_caches(
    client: Client, photo: Photo, ada: Viewer
) -> None:
    address = f"{photo.files_address}small.jpg"
    client.force_login(ada.person)
    assert client.get(address)["Cache-Control"] == "private, no-cache"
    on_show(photo, ada)
    public = Client().get(address)
    assert public["Cache-Control"] == "no-cache"
    assert "sandbox" in public["Content-Security-Policy"]
    assert Client().get(address, headers={"If-None-Match": public["ETag"]}).status_code == 304
    for name in ("whole.jpg", "original", "../x", "huge.avif"):
        assert Client().get(f"{photo.files_address}{name}").status_code == 404


def test_the_original_is_an_attachment_that_nobody_keeps_on_the_way(desk: Client, photo: Photo) -> None:
    answer = desk.get(reverse("photo_original", args=[photo.identifier]))
    assert answer.content == keeping.original_of(photo.files).read_bytes()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="photograph-{photo.identifier}.jpg"'
    assert answer["Content-Type"] == "application/octet-stream"


def test_describing_and_publishing_by_plain_forms(desk: Client, photo: Photo) -> None:
    address = reverse("photo_edit", args=[photo.identifier])
    page = desk.post(address, {"act": "publish"})
    assert page.status_code == 422
    assert "on what basis people on it may be shown" in page.text
    typed = {"alt": "A sheet.", "basis": "nobody", "shows": photo.station.identifier, "caption": HOSTILE}
    assert desk.post(address, typed).status_code == 302
    assert desk.post(address, {"act": "publish"}).status_code == 302
    page = Client().get(photo.get_absolute_url())
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert desk.post(address, {"act": "unpublish"}).status_code == 302
    assert Client().get(photo.get_absolute_url()).status_code == 404


def test_notes_that_are_in_the_way_are_named_with_a_way_to_cover_them(
    desk: Client, photo: Photo, ada: Viewer
) -> None:
    note = make_note(add_region(photo, (10, 10, 40, 40), by=ada), by=ada)
    address = reverse("photo_edit", args=[photo.identifier])
    desk.post(address, {"alt": "A sheet.", "basis": "nobody", "shows": photo.station.identifier})
    page = desk.post(address, {"act": "publish"}).text
    assert f'<a href="{note.get_absolute_url()}">{note.label}</a>' in page
    cover = reverse("photo_cover", args=[photo.identifier])
    assert f"{cover}?notes" in page
    assert 'name="box-0-width" value="40"' in desk.get(f"{cover}?notes").text


def test_a_basis_for_the_notes_is_offered_for_those_made_before(
    desk: Client, photo: Photo, ada: Viewer
) -> None:
    note = make_note(add_region(photo, (10, 10, 40, 40), by=ada), by=ada)
    address = reverse("photo_edit", args=[photo.identifier])
    assert "This holds too for the note made from it before" in desk.get(address).text
    typed = {"shows": photo.station.identifier, "words_basis": "The room was told."}
    desk.post(address, typed)
    assert not Note.objects.get(pk=note.pk).consent.public
    page = desk.post(address, typed | {"apply": "on"}, follow=True)
    assert "it holds for 1 note on it too" in page.text
    assert Note.objects.get(pk=note.pk).consent.public


def test_covering_shows_what_goes_before_anything_does(desk: Client, photo: Photo) -> None:
    address = reverse("photo_cover", args=[photo.identifier])
    box = {"box-0-x": "10", "box-0-y": "20", "box-0-width": "90", "box-0-height": "80", "why": "A face."}
    check = desk.post(address, box | {"act": "look"})
    assert "Cover 1 part for good" in check.text
    assert '<rect x="10" y="20" width="90" height="80"/>' in check.text
    assert Photo.objects.get().covers == []
    assert 'value="90"' in desk.post(address, box | {"act": "change"}).text
    assert desk.post(address, box | {"act": "cover"}).status_code == 302
    assert Photo.objects.get().covers == [[10, 20, 90, 80]]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Draw a box around"),
        ({"box-0-x": "10"}, "Type all four numbers"),
        ({"box-0-x": "x", "box-0-y": "1", "box-0-width": "1", "box-0-height": "1"}, "whole number"),
        ({"box-0-x": "9999", "box-0-y": "1", "box-0-width": "5", "box-0-height": "1"}, "lies outside"),
        ({"why": ""}, "Say in a sentence why"),
    ],
)
def test_what_cannot_be_covered_says_why_and_keeps_what_was_typed(
    desk: Client, photo: Photo, typed: dict, sentence: str
) -> None:
    page = desk.post(
        reverse("photo_cover", args=[photo.identifier]), {"why": "A face.", "act": "cover"} | typed
    )
    assert page.status_code == 422
    assert sentence in page.text
    assert all(f'value="{value}"' in page.text for value in typed.values() if value)
    assert Photo.objects.get().covers == []


def test_taken_down_its_address_says_so_and_every_file_is_gone(
    desk: Client, photo: Photo, ada: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    photo = on_show(photo, ada)
    files = [f"{size.name}.{kind}" for size in photo.renditions.sizes for kind in photo.renditions.types]
    places = [f"{photo.files_address}{name}" for name in files]
    places += [reverse("photo_original", args=[photo.identifier])]
    down = reverse("photo_take_down", args=[photo.identifier])
    assert desk.post(down, {"why": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(down, {"why": "Somebody asked."}).status_code == 302
    page = desk.get(photo.get_absolute_url())
    assert page.status_code == 410
    assert "was taken down" in page.text
    assert "Somebody asked." not in page.text
    assert Client().get(photo.get_absolute_url()).status_code == 410
    assert {desk.get(place).status_code for place in places} == {404}
    assert not keeping.place(photo.files).exists()


def test_what_could_not_be_made_ready_says_why(desk: Client, event: Event, ada: Viewer) -> None:
    photo = make_photo(event, ada, made=False)
    Photo.objects.update(making="failed", trouble="This picture is damaged.")
    page = desk.get(reverse("photo_edit", args=[photo.identifier])).text
    assert "This picture is damaged." in page
    assert 'value="make_again"' in page


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["photos", "photos_add", "event"])
def test_three_photographs_take_no_more_queries_than_one(
    desk: Client, event: Event, board: Board, ada: Viewer, name: str
) -> None:
    place = reverse(name, args=[event.slug])
    counts = []
    for number in range(3):
        photo = make_photo(event, ada, board=board, station=board.stations.get(), size=(90, 60))
        if name != "photos_add":
            on_show(photo, ada, notes=0)
        if number != 1:
            counts.append(queries_of(desk, place))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["anybody", "ada"])
def test_three_notes_on_a_photograph_take_no_more_queries_than_one(
    client: Client, photo: Photo, ada: Viewer, who: str
) -> None:
    photo = on_show(photo, ada, notes=1)
    if who == "ada":
        client.force_login(ada.person)
    first = queries_of(client, photo.get_absolute_url())
    for number in range(2):
        make_note(add_region(photo, (200 + 50 * number, 90, 40, 40), by=ada), by=ada)
    assert queries_of(client, photo.get_absolute_url()) == first


def test_folders_of_photographs_are_known_also_before_they_are_made(
    event: Event, ada: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    made, waiting = make_photo(event, ada, size=(90, 60)), make_photo(event, ada, made=False)
    call_command("pictures", verbosity=0)
    keeping.remove(waiting.files)
    with pytest.raises(CommandError, match=waiting.files):
        call_command("pictures", verbosity=0)
    with django_capture_on_commit_callbacks(execute=True):
        take_down_photo(waiting, "It is lost.", by=ada)
    call_command("pictures", verbosity=0)
    assert keeping.place(made.files).exists()
