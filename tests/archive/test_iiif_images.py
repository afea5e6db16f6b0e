"""The image service of a photograph: what it offers is there, and nothing else is."""

import io
import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from responses.models import Photo
from tests.paper_walls import PaperWall

pytestmark = pytest.mark.django_db


def info(client: Client, photo: Photo) -> dict:
    answer = client.get(reverse("iiif_image", args=[photo.identifier]))
    assert answer.status_code == 200
    return json.loads(answer.content)


def picture(client: Client, address: str) -> Image.Image:
    answer = client.get(urlsplit(address).path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg"), address
    return Image.open(io.BytesIO(answer.content))


def test_everything_that_info_offers_is_there(client: Client, photographed: PaperWall) -> None:
    photographed.photo.refresh_from_db()
    said = info(client, photographed.photo)
    assert (said["type"], said["profile"]) == ("ImageService3", "level0")
    assert (said["width"], said["height"]) == (1200, 900)
    assert "sizes" not in said, "OpenSeadragon would take them for the levels of the tiles."
    (tiles,) = said["tiles"]
    for factor in tiles["scaleFactors"]:
        side = tiles["width"] * factor
        across, down = min(side, 1200), min(side, 900)
        size = (-(-across // factor), -(-down // factor))
        address = f"{said['id']}/0,0,{across},{down}/{size[0]},{size[1]}/0/default.jpg"
        assert picture(client, address).size == size


def test_before_the_tiles_are_there_none_are_offered(client: Client, photographed: PaperWall) -> None:
    Photo.objects.filter(pk=photographed.photo.pk).update(zoom=40)
    said = info(client, photographed.photo)
    assert "tiles" not in said
    assert len(said["sizes"]) == 3
    for size in said["sizes"]:
        address = f"{said['id']}/full/{size['width']},{size['height']}/0/default.jpg"
        assert picture(client, address).size == (size["width"], size["height"])


def test_the_picture_of_a_manifest_is_there_in_the_size_it_says(
    client: Client, photographed: PaperWall
) -> None:
    manifest = json.loads(client.get(reverse("iiif_photo", args=[photographed.photo.identifier])).content)
    (canvas,) = manifest["items"]
    image = canvas["items"][0]["items"][0]["body"]
    for shown in (image, *canvas["thumbnail"]):
        assert picture(client, shown["id"]).size == (shown["width"], shown["height"])
    assert image["service"][0]["id"] == info(client, photographed.photo)["id"]


@pytest.mark.parametrize(
    ("region", "size"),
    [
        ("full", "7,7"), ("full", "max.jpg"), ("0,0,512,512", "max"), ("0,0,1,1", "1,1"), ("square", "max"),
        ("..", "max"), ("full", ".."), ("%2e%2e", "whole"), ("full", "whole"), ("full", "original"),
        ("pct:0,0,50,50", "max"), ("0,0,512,512", "^1024,1024"), ("-1,0,512,512", "512,512"),
        ("٠,0,512,512", "512,512"), ("full", "480,360%0A"),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_not_there(
    client: Client, photographed: PaperWall, region: str, size: str
) -> None:
    address = f"/iiif/photos/{photographed.photo.identifier}/{region}/{size}/0/default.jpg"
    assert client.get(address).status_code == 404


def test_a_piece_can_be_shown_elsewhere_and_do_nothing_there(client: Client, photographed: PaperWall) -> None:
    address = reverse("iiif_tile", args=[photographed.photo.identifier, "full", "max"])
    answer = client.get(address)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["iiif_image", "iiif_photo", "iiif_notes", "iiif_other_readings"])
def test_a_photograph_that_never_was_is_not_there(client: Client, name: str) -> None:
    assert client.get(reverse(name, args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    "manifest",
    [
        "", "https://elsewhere.example/manifest.json",
        "//elsewhere.example/iiif/events/wall-day/manifest.json",
        "/events/wall-day/", "/iiif/events/wall-day/manifest.json?x=1", "/iiif/events/nothing/manifest.json",
        "javascript:alert(1)", "/iiif/photos/nothing/manifest.json", "/\\elsewhere.example", "/%0a",
        "iiif/events/wall-day/manifest.json", "http://testserver/iiif/events/wall-day/manifest.json",
        "/iiif/viewer/", "/" * 5000,
    ],
)  # fmt: skip
def test_the_viewer_opens_no_manifest_but_ours(client: Client, wall: PaperWall, manifest: str) -> None:
    assert client.get("/iiif/viewer/", {"manifest": manifest}).status_code == 404


def test_the_viewer_may_write_styles_and_nothing_else_that_other_pages_may_not(
    client: Client, wall: PaperWall
) -> None:
    wall.pin("Say who", others=("Stay",))
    answer = client.get("/iiif/viewer/", {"manifest": reverse("iiif_event", args=[wall.event.slug])})
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert "unsafe" not in policy["script-src"]
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    page = answer.content.decode()
    assert "Say who" in page, "The notes are there as a list too."
    assert "1 other reading" in page
    assert "unsafe-inline" not in client.get("/").headers["Content-Security-Policy"]


def test_the_pages_of_an_event_and_of_a_photograph_lead_to_the_files(
    client: Client, photographed: PaperWall
) -> None:
    event, photo = photographed.event, photographed.photo
    page = client.get(event.get_absolute_url()).content.decode()
    for address in (reverse("event_tei", args=[event.slug]), reverse("iiif_event", args=[event.slug])):
        assert page.count(f'href="{address}"') == 2, address
    assert f"/iiif/viewer/?manifest={reverse('iiif_event', args=[event.slug])}" in page
    beside = client.get(photo.get_absolute_url()).content.decode()
    assert f'href="{reverse("iiif_photo", args=[photo.identifier])}"' in beside


def test_an_event_without_photographs_offers_no_manifest(
    client: Client, make_event: Callable[..., object]
) -> None:
    page = client.get(make_event().get_absolute_url()).content.decode()
    assert "tei.xml" in page
    assert "/iiif/" not in page
