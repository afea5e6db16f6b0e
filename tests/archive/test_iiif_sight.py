"""The files for scholars hold only what their reader may see: photographs, notes, readings and words."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from responses.board import take_down_note
from responses.models import Board, Moderation, Note, Photo, Reading, Region
from responses.photos.covering import cover_boxes
from responses.photos.publishing import take_down_photo, unpublish_photo
from responses.readings.ruling import accept_reading, reject_reading, reopen_note
from tests.paper import paper_note, read_as
from tests.paper_walls import PaperWall

pytestmark = pytest.mark.django_db
CANARY = "hushedfern"


def addresses(wall: PaperWall) -> dict[str, str]:
    """Every address that says something of the photograph or of the notes on it."""
    photo = [wall.photo.identifier]
    event = reverse("iiif_event", args=[wall.event.slug])
    of_photo = ("iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_image")
    return {
        "iiif_event": event,
        "iiif_viewer": f"{reverse('iiif_viewer')}?manifest={event}",
        "iiif_tile": reverse("iiif_tile", args=[*photo, "full", "max"]),
        **{name: reverse(name, args=photo) for name in of_photo},
        "event_tei": reverse("event_tei", args=[wall.event.slug]),
    }


OF_THE_PHOTO = {"iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_image", "iiif_tile"}
ALL_OF_IT = OF_THE_PHOTO | {"iiif_event", "iiif_viewer"}


def said(client: Client, wall: PaperWall) -> str:
    """All that the addresses say, whatever their status."""
    return "".join(client.get(at).content.decode(errors="replace") for at in addresses(wall).values())


def there(client: Client, wall: PaperWall) -> set[str]:
    return {name for name, at in addresses(wall).items() if client.get(at).status_code == 200}


def test_all_of_it_is_there_for_anybody(client: Client, photographed: PaperWall) -> None:
    photographed.pin(CANARY)
    assert there(client, photographed) == ALL_OF_IT | {"event_tei"}
    assert said(client, photographed).count(CANARY) >= 5


@pytest.mark.parametrize("moderation", [Moderation.HIDDEN, Moderation.WAITING])
def test_a_note_that_is_not_on_the_wall_takes_the_photograph_along(
    client: Client, wall: PaperWall, moderation: str
) -> None:
    note = wall.pin(CANARY)
    Note.objects.filter(pk=note.pk).update(moderation=moderation)
    assert there(client, wall) == {"event_tei"}
    assert CANARY not in said(client, wall)
    client.force_login(wall.ada.person)
    assert CANARY not in said(client, wall), "What is not on the wall is in no file, whoever asks."


def test_a_note_kept_to_its_room_takes_the_photograph_along(client: Client, wall: PaperWall) -> None:
    wall.box(kept := paper_note(wall.station, public=False))
    accept_reading(read_as(kept, CANARY), by=wall.ada)
    assert there(client, wall) == {"event_tei"}
    assert CANARY not in said(client, wall)
    assert kept.identifier not in said(client, wall)


def test_a_withdrawn_note_leaves_nothing_and_the_photograph_comes_back_covered(
    client: Client, photographed: PaperWall, do_work: Callable[[], int]
) -> None:
    gone, left = photographed.pin(CANARY, others=(f"{CANARY} too",)), photographed.pin("Say who")
    before = client.get(addresses(photographed)["iiif_tile"])
    take_down_note(gone, "It names somebody.", by=photographed.ada)
    assert there(client, photographed) == {"event_tei"}
    assert CANARY not in said(client, photographed)
    do_work()
    assert there(client, photographed) == ALL_OF_IT | {"event_tei"}
    text = said(client, photographed)
    assert left.identifier in text
    assert (CANARY in text, gone.identifier in text) == (False, False)
    assert client.get(addresses(photographed)["iiif_tile"])["ETag"] != before["ETag"]


def test_a_box_that_is_covered_is_in_no_file(client: Client, wall: PaperWall) -> None:
    note = wall.pin("Say who")
    region = Region.objects.get(note=note)
    assert region.identifier in said(client, wall)
    Region.objects.filter(pk=region.pk).update(covered_at=timezone.now())
    assert region.identifier not in said(client, wall)
    assert note.identifier in client.get(addresses(wall)["event_tei"]).content.decode()


def test_boxes_still_to_be_covered_keep_the_photograph_back(client: Client, photographed: PaperWall) -> None:
    cover_boxes(photographed.photo, [(0, 0, 50, 50)], "A face.", by=photographed.ada)
    assert there(client, photographed) == {"event_tei"}


@pytest.mark.parametrize("act", [unpublish_photo, lambda photo, by: take_down_photo(photo, "A face.", by=by)])
def test_a_photograph_off_the_record_has_no_files_for_anybody(
    client: Client, photographed: PaperWall, act: Callable
) -> None:
    note = photographed.pin("Say who")
    act(photographed.photo, by=photographed.ada)
    assert there(client, photographed) == {"event_tei"}
    tei = client.get(addresses(photographed)["event_tei"]).content.decode()
    assert (note.identifier in tei, photographed.photo.identifier in tei) == (True, False)


def test_those_who_run_the_event_see_it_before_it_is_published_and_nobody_else_may_keep_it(
    client: Client, photographed: PaperWall
) -> None:
    photographed.pin("Say who")
    unpublish_photo(photographed.photo, by=photographed.ada)
    client.force_login(photographed.ada.person)
    assert there(client, photographed) == ALL_OF_IT | {"event_tei"}
    for at in addresses(photographed).values():
        answer = client.get(at)
        assert "Access-Control-Allow-Origin" not in answer, at
        assert "private" in answer["Cache-Control"], at


def test_no_photograph_of_a_board_that_may_include_under_18s_is_there(
    client: Client, wall: PaperWall
) -> None:
    Board.objects.filter(pk=wall.station.board_id).update(may_include_under_18s=True)
    assert there(client, wall) == {"event_tei"}


def test_the_files_of_a_draft_are_not_there_for_strangers(client: Client, wall: PaperWall) -> None:
    wall.pin(CANARY)
    Event.objects.filter(pk=wall.event.pk).update(status=Event.Status.DRAFT)
    assert there(client, wall) == set()
    assert CANARY not in said(client, wall)
    never = client.get(reverse("iiif_event", args=["never-was"]))
    assert client.get(addresses(wall)["iiif_event"])["Content-Type"] == never["Content-Type"]


def test_a_photograph_that_is_not_ready_has_no_manifest_even_for_those_who_run_the_event(
    client: Client, wall: PaperWall
) -> None:
    Photo.objects.filter(pk=wall.photo.pk).update(making=Photo.Making.WAITING)
    client.force_login(wall.ada.person)
    assert there(client, wall) == {"event_tei"}


def test_readings_that_wait_or_were_rejected_are_in_no_file_whoever_asks(
    client: Client, wall: PaperWall, steward: Viewer
) -> None:
    note = wall.pin("Say who")
    read_as(note, f"{CANARY} waits")
    reject_reading(read_as(note, f"{CANARY} rejected"), "Not what it says.", by=wall.ada)
    assert Reading.objects.filter(text__contains=CANARY).count() == 2
    assert CANARY not in said(client, wall)
    for viewer in (wall.ada, steward):
        client.force_login(viewer.person)
        assert CANARY not in said(client, wall)


def test_where_something_was_removed_no_other_reading_tells_it(client: Client, wall: PaperWall) -> None:
    note = wall.pin(f"Ask {CANARY}", others=(f"Task {CANARY}",))
    assert CANARY in said(client, wall)
    accept_reading(read_as(note, "Ask [removed: a name]", by=wall.ada), by=wall.ada)
    assert CANARY not in said(client, wall)


def test_a_note_opened_again_says_what_was_accepted_last(client: Client, wall: PaperWall) -> None:
    note = wall.pin("Say who")
    reopen_note(note, "Another reading came in.", by=wall.ada)
    assert "Say who" in said(client, wall)


def test_words_that_researchers_were_not_given_are_in_no_file(
    client: Client, wall: PaperWall, researcher: Viewer
) -> None:
    note = wall.pin(CANARY, others=(f"{CANARY} too",))
    consent = consent_given(public=True, research=False)
    Note.objects.filter(pk=note.pk).update(consent=consent)
    for viewer in (None, researcher, wall.ada):
        if viewer:
            client.force_login(viewer.person)
        text = said(client, wall)
        assert note.identifier in text
        assert CANARY not in text
        assert "did not let its words go into files" in text


def test_nobody_is_named(client: Client, wall: PaperWall, steward: Viewer) -> None:
    steward.person.name = "Zebedee Quill"
    steward.person.save()
    note = wall.pin("Say", others=("Stay",))
    accept_reading(read_as(note, "Say it", by=steward), by=steward)
    assert "An organiser" in said(client, wall)
    for viewer in (None, wall.ada):
        if viewer:
            client.force_login(viewer.person)
        assert "Zebedee" not in said(client, wall)
