"""Whoever holds a link that asks the room sees the open notes of that event, and nothing else anywhere."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from people.guests import Viewer
from responses.models import Asking, Note, Photo, Region
from responses.moderation import hide_note
from responses.photos.regions import add_region, make_note
from responses.readings.queue import queue_of
from responses.readings.ruling import accept_reading
from tests.drawings import made_files
from tests.reading import asked, photo_of, says
from tests.rules.places import addresses, pages
from tests.rules.scenes import Scene
from tests.rules.sight import heard

pytestmark = pytest.mark.django_db
BOX = (10, 10, 60, 40)


@pytest.fixture(autouse=True)
def cut_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Close-ups need no picture here: it is about who gets one."""
    monkeypatch.setattr("responses.views.closeups.keeping.close_up", lambda *_, **__: b"a close-up")


def a_note(scene: Scene, ada: Viewer, **photo: object) -> Region:
    """A note in a box on a photograph that only those who run the event see, with real files."""
    of = photo_of(scene.event, board=scene.board, published=False)
    Photo.objects.filter(pk=of.pk).update(files=made_files().folder, **photo)
    region = add_region(of, BOX, by=ada, station=scene.board.stations.first())
    make_note(region, by=ada)
    region.refresh_from_db()
    return region


@pytest.fixture
def asking(published: Scene) -> Asking:
    return Asking.objects.get(event=published.event)


def cut(region: Region, asking: Asking) -> str:
    return f"{region.close_up_address}?ask={asking.token}"


def settled(scene: Scene, ada: Viewer) -> Region:
    region = a_note(scene, ada)
    accept_reading(says(region.note, "Settled.", by=ada), by=ada)
    return region


def hidden(scene: Scene, ada: Viewer) -> Region:
    region = a_note(scene, ada)
    hide_note(region.note, "It names somebody.", by=ada)
    return region


def withdrawn(scene: Scene, ada: Viewer) -> Region:
    region = a_note(scene, ada)
    Note.objects.filter(pk=region.note_id).update(withdrawn_at="2027-01-01T00:00Z", ending="withdrawn")
    return region


def covered(scene: Scene, ada: Viewer) -> Region:
    region = a_note(scene, ada)
    Region.objects.filter(pk=region.pk).update(covered_at="2027-01-01T00:00Z")
    return region


def taken_down(scene: Scene, ada: Viewer) -> Region:
    region = a_note(scene, ada)
    gone = {"taken_down_at": "2027-01-01T00:00Z", "alt": "", "digest": ""}
    Photo.objects.filter(pk=region.photo_id).update(files="", **gone)
    return region


def not_made(scene: Scene, ada: Viewer) -> Region:
    return a_note(scene, ada, making=Photo.Making.WAITING)


@pytest.mark.parametrize("kind", [settled, hidden, withdrawn, covered, taken_down, not_made])
def test_what_is_not_open_is_not_there(
    kind: Callable[[Scene, Viewer], Region],
    published: Scene,
    asking: Asking,
    client: Client,
    ada: Viewer,
) -> None:
    region = kind(published, ada)
    there = reverse("asked_note", args=[asking.token, region.note.identifier])
    assert client.get(cut(region, asking)).status_code == 404
    assert client.get(there).status_code == 404
    said = {"state": "read", "markup": "x", "mark": "tick"}
    assert client.post(there, said).status_code == 404
    listed = client.get(asking.get_absolute_url()).content.decode()
    assert region.identifier not in listed
    assert region.note.identifier not in listed


def test_an_open_note_is_there_by_its_close_up_and_not_its_photograph(
    published: Scene, asking: Asking, client: Client, ada: Viewer
) -> None:
    region = a_note(published, ada)
    there = reverse("asked_note", args=[asking.token, region.note.identifier])
    page = client.get(there).content.decode()
    assert client.get(there).status_code == client.get(cut(region, asking)).status_code == 200
    assert client.get(region.close_up_address).status_code == 404
    assert region.photo.files_address not in page
    assert region.photo.get_absolute_url() not in page
    for address in (region.photo.get_absolute_url(), f"{region.photo.files_address}small.jpg"):
        assert client.get(f"{address}?ask={asking.token}").status_code == 404


def test_a_link_of_one_event_opens_nothing_of_another(
    published: Scene, draft: Scene, asking: Asking, client: Client, ada: Viewer
) -> None:
    region = a_note(draft, ada)
    draft.event.status = "complete"
    draft.event.save()
    there = reverse("asked_note", args=[asking.token, region.note.identifier])
    assert client.get(there).status_code == 404
    assert client.get(cut(region, asking)).status_code == 404


def with_token(scene: Scene, token: str) -> Iterator[tuple[str, str]]:
    """Every address of the scene, and the same with the token as close-ups carry it."""
    for name in pages():
        for address in addresses(name, scene):
            yield address, f"{address}{'&' if '?' in address else '?'}ask={token}"


def hears(client: Client, address: str) -> tuple[int, set[str]]:
    """What an address tells; one that leads on to signing in repeats what was asked for."""
    status, canaries = heard(client, address)
    return status, canaries if status != 302 else set()


def refuses(told: tuple[int, set[str]], address: str) -> bool:
    """Whether the token was refused as a question that is not known: by a search, a comparison, a file.

    OAI-PMH tells of errors in an answer with 200.
    """
    return told == (200 if address.startswith("/oai") else 400, set())


def test_the_token_opens_no_other_page(published: Scene, draft: Scene, asking: Asking, ada: Viewer) -> None:
    """What a reader of the note hears everywhere is what a stranger hears, the link's own pages aside."""
    reader, stranger = Client(), Client()
    region = a_note(published, ada)
    note_page = reverse("asked_note", args=[asking.token, region.note.identifier])
    form = reader.get(note_page).context["form"]
    said = {"state": "read", "markup": "He decides.", "mark": "tick", "seat": form["seat"].value()}
    assert reader.post(note_page, said).status_code == 302
    queue = queue_of(published.event, asked("reader", published.event))
    opened = {entry.region.close_up_address for entry in queue.entries if entry.is_asked}
    assert opened
    differs = []
    for scene in (published, draft):
        for plain, tried in with_token(scene, asking.token):
            if plain.startswith("/ask/") or plain in opened:
                continue
            told = hears(reader, tried)
            if told != hears(stranger, plain) and not refuses(told, tried):
                differs.append(tried)
    assert differs == []


def test_what_others_read_is_told_to_those_who_read_it_and_only_there(
    published: Scene, asking: Asking, ada: Viewer
) -> None:
    region = a_note(published, ada)
    says(region.note, "pensivelark decides", by=asked("cat", published.event))
    there = reverse("asked_note", args=[asking.token, region.note.identifier])
    reader = Client()
    assert "pensivelark" not in reader.get(there).content.decode()
    reader.post(there, {"state": "read", "markup": "He decides.", "mark": "tick"})
    assert "pensivelark" in reader.get(there).content.decode()
    assert "pensivelark" not in Client().get(there).content.decode()
