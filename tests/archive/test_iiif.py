"""Manifests and annotations: valid, complete, and only what the viewer may see."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from iiif_prezi3 import Manifest
from jsonschema import Draft7Validator

from archive.iiif.manifests import MEDIA_TYPE
from events.models import Event
from people.guests import Viewer
from responses.models import Photo
from tests.archive.schemas import schema
from tests.archive.test_tei_pieces import TYPED
from tests.paper_walls import PaperWall

# Where something was removed, no other reading is shown: see test_iiif_sight.py.
READABLE = [markup for markup in TYPED[:19] if "[removed:" not in markup]

pytestmark = pytest.mark.django_db


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json.loads(schema("iiif_3_0.json").read_text()))


def fetched(client: Client, address: str) -> dict:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return json.loads(answer.content)


def manifest_of(client: Client, event: Event) -> dict:
    return fetched(client, reverse("iiif_event", args=[event.slug]))


def pages(client: Client, wall: PaperWall) -> list[dict]:
    (canvas,) = manifest_of(client, wall.event)["items"]
    return canvas["annotations"]


def words(page: dict) -> list[str]:
    return [annotation["body"][0]["value"] for annotation in page["items"]]


def everything_on(wall: PaperWall) -> None:
    for markup in READABLE:
        wall.pin(markup, others=("Something else [...]",))
    wall.pin()


def test_the_manifest_of_an_event_holds_to_the_schema(client: Client, wall: PaperWall) -> None:
    everything_on(wall)
    errors = [error.message for error in validator().iter_errors(manifest_of(client, wall.event))]
    assert errors == []


def test_the_manifest_of_a_photograph_holds_to_the_schema(client: Client, wall: PaperWall) -> None:
    everything_on(wall)
    manifest = fetched(client, reverse("iiif_photo", args=[wall.photo.identifier]))
    assert [error.message for error in validator().iter_errors(manifest)] == []


def test_both_are_read_by_a_strict_reader(client: Client, wall: PaperWall) -> None:
    everything_on(wall)
    for name, part in (("iiif_event", wall.event.slug), ("iiif_photo", wall.photo.identifier)):
        read = Manifest(**fetched(client, reverse(name, args=[part])))
        assert [len(page.items) for page in read.items[0].annotations] == [19, 18]


def test_a_manifest_says_where_all_else_is(client: Client, wall: PaperWall) -> None:
    manifest = manifest_of(client, wall.event)
    site, slug = "http://testserver", wall.event.slug
    assert manifest["homepage"][0]["id"] == f"{site}/events/{slug}/"
    assert manifest["seeAlso"][0]["id"] == f"{site}/events/{slug}/tei.xml"
    assert manifest["rendering"][0]["id"] == f"{site}/events/{slug}/notes.csv"
    assert manifest["navDate"] == "2019-03-06T00:00:00+00:00"
    assert {"provider", "requiredStatement"} <= set(manifest)
    assert "rights" not in manifest, "No licence is known, so none is stated."
    for link in ("homepage", "seeAlso", "rendering"):
        assert client.get(manifest[link][0]["id"].removeprefix(site)).status_code == 200


def test_accepted_readings_come_first_and_the_others_on_a_second_page(
    client: Client, wall: PaperWall
) -> None:
    wall.pin("Say who decides.", others=("Say who divides.",))
    wall.pin("[no text]")
    wall.pin()
    accepted, others = pages(client, wall)
    assert (accepted["label"], others["label"]) == ({"en": ["Accepted readings"]}, {"en": ["Other readings"]})
    assert words(accepted) == ["Say who decides.", "[no text]", "[not read yet]"]
    assert words(others) == ["Say who divides."]
    assert others["items"][0]["creator"]["name"] == "A volunteer"
    assert accepted["items"][0]["creator"]["name"] == "An organiser"
    assert datetime.fromisoformat(others["items"][0]["created"]).tzinfo


def test_every_annotation_has_its_box_and_both_motivations(client: Client, wall: PaperWall) -> None:
    everything_on(wall)
    canvas = reverse("iiif_photo", args=[wall.photo.identifier]).replace("manifest.json", "canvas")
    boxes = [f"http://testserver{canvas}#xywh={region.xywh}" for region in wall.photo.regions.in_order()]
    accepted, others = pages(client, wall)
    assert [annotation["target"] for annotation in accepted["items"]] == boxes
    assert [annotation["target"] for annotation in others["items"]] == boxes[:-1]
    every = accepted["items"] + others["items"]
    assert all(annotation["motivation"] == ["supplementing", "commenting"] for annotation in every)
    assert len({annotation["id"] for annotation in every}) == len(every)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("[no text]", ["[no text]", "No words"]),
        ("[illegible]", ["[illegible]", "Illegible"]),
        ("Say [2 words] it", ["Say … it", "Partly legible"]),
        ("[a/b?] or c", ["a or c", "“a” is a best guess; it may be “b”.", "Read"]),
        ("~~Say~~ *tell* [inserted: us]", ["[struck out: Say] tell us", "Read"]),
        ("[drawing: upward arrow]", ["[drawing]", "Drawn: upward arrow.", "Drawing"]),
        ("Up [note: sideways]", ["Up", "Reader’s remark: sideways", "Read"]),
        ("Ask [removed: a name]", ["Ask ▇", "Removed by the organisers: a name.", "Read"]),
        ("Who [...?]", ["Who …", "It is not certain that words are missing at …", "Partly legible"]),
    ],
)
def test_what_is_doubtful_is_said_beside_the_words(
    client: Client, wall: PaperWall, markup: str, expected: list[str]
) -> None:
    wall.pin(markup)
    (annotation,) = pages(client, wall)[0]["items"]
    said = [body["value"] for body in annotation["body"]]
    assert said == [*expected, "Mark not recorded"]
    assert {body["purpose"] for body in annotation["body"][-2:]} == {"classifying"}


def test_words_that_look_like_a_page_are_html_that_shows_them(client: Client, wall: PaperWall) -> None:
    wall.pin("x<y & [note: <img src=x>]")
    (annotation,) = pages(client, wall)[0]["items"]
    words, remark, *classes = annotation["body"]
    assert (words["value"], words["format"]) == ("x&lt;y &amp;", "text/html")
    assert (remark["value"], remark["format"]) == ("Reader’s remark: &lt;img src=x&gt;", "text/html")
    assert {body["format"] for body in classes} == {"text/plain"}


def test_each_class_leads_to_what_it_means(client: Client, wall: PaperWall) -> None:
    wall.pin("Say")
    (annotation,) = pages(client, wall)[0]["items"]
    archive = client.get("/archive/").content.decode()
    for body in annotation["body"][1:]:
        page, _, anchor = body["id"].removeprefix("http://testserver").partition("#")
        assert (page, f'id="{anchor}"' in archive) == ("/archive/", True)


def test_the_pages_of_annotations_can_be_asked_for_one_by_one(client: Client, wall: PaperWall) -> None:
    wall.pin("Say", others=("Stay",))
    for page in pages(client, wall):
        alone = fetched(client, page["id"].removeprefix("http://testserver"))
        assert alone.pop("@context")
        assert alone == page


def test_a_note_on_two_photographs_is_on_both_canvases(
    client: Client, wall: PaperWall, show_another: Callable[[], Photo]
) -> None:
    note = wall.pin("Say")
    first, wall.photo = wall.photo, show_another()
    wall.box(note)
    canvases = manifest_of(client, wall.event)["items"]
    assert len(canvases) == 2
    assert [words(canvas["annotations"][0]) for canvas in canvases] == [["Say"], ["Say"]]
    alone = fetched(client, reverse("iiif_photo", args=[first.identifier]))
    assert [canvas["id"] for canvas in alone["items"]] == [canvases[0]["id"]]


def test_an_event_without_photographs_has_no_manifest_and_says_where_its_notes_are(
    client: Client, event_without_photos: Event
) -> None:
    answer = client.get(reverse("iiif_event", args=[event_without_photos.slug]))
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert f"/events/{event_without_photos.slug}/tei.xml" in answer.content.decode()


def test_whoever_asks_without_a_cookie_may_ask_from_anywhere(
    client: Client, wall: PaperWall, ada: Viewer
) -> None:
    address = reverse("iiif_event", args=[wall.event.slug])
    answer = client.get(address)
    assert answer["Content-Type"] == MEDIA_TYPE
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "no-cache"
    client.force_login(ada.person)
    answer = client.get(address)
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_an_unchanged_manifest_is_not_sent_twice_and_a_ruling_changes_it(
    client: Client, wall: PaperWall
) -> None:
    address = reverse("iiif_event", args=[wall.event.slug])
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    wall.pin("Say who")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_the_number_of_queries_stays_with_the_number_of_notes(
    client: Client, wall: PaperWall, show_another: Callable[[], Photo]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            manifest_of(client, wall.event)
        return len(captured)

    wall.pin("One", others=("Once",))
    before = queries()
    for number in range(3):
        wall.pin(f"Note {number}", others=("A", "B"))
    wall.photo = show_another()
    wall.pin("On another photograph", others=("C",))
    assert queries() == before <= 11
