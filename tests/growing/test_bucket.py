"""Files in a bucket, on a server that speaks S3: the same promises as in a folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from archive.take import kept_files
from coproduce.images import keeping, making, photographs
from coproduce.stores import store
from coproduce.stores.bucket import MARKER, Address, Bucket
from events.models import Event
from people.guests import Viewer
from responses.models import Photo
from responses.photos.publishing import take_down_photo
from tests.growing.s3 import program, serving_bucket
from tests.photos import make_photo

NO_SERVER = "There is no server for S3 on this machine: install moto[server] and boto3 to run this."
BOX = (40, 30, 256, 192)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    pytest.importorskip("boto3", reason=NO_SERVER)
    if program() is None:
        pytest.skip(NO_SERVER)
    with serving_bucket() as address:
        yield address


@pytest.fixture
def bucket(address: str, settings: Settings, tmp_path: Path) -> Bucket:
    """An empty bucket in which this site keeps its files."""
    settings.MEDIA_BUCKET, settings.MEDIA_ROOT = address, tmp_path / "media"
    for name, _changed in list(store().found()):
        store().remove(name)
    return store()


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def keys(bucket: Bucket, beginning: str = "") -> list[str]:
    return [name for name, _changed in bucket._keys(beginning)]


def left_here() -> list[Path]:
    """What lies on this machine."""
    return [path for path in keeping.root().rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_photograph_is_made_ready_in_the_bucket_and_nothing_of_it_stays_on_the_machine(
    bucket: Bucket, event: Event, ada: Viewer
) -> None:
    photo = make_photo(event, ada)
    assert (photo.making, photo.zoom) == (Photo.Making.MADE, 100)
    assert keeping.read(photo.files, "small.jpg").startswith(b"\xff\xd8")
    assert keeping.zoom_file(photo.files, "full", "max").startswith(b"\xff\xd8")
    assert keeping.close_up(photo.files, BOX) == keeping.close_up(photo.files, BOX)
    assert (left_here(), keeping.missing({photo.files})) == ([], [])


@pytest.mark.django_db
def test_a_file_comes_through_the_site_after_it_asked_who_may_see_it(
    bucket: Bucket, event: Event, ada: Viewer, client: Client
) -> None:
    photo = make_photo(event, ada)
    where = f"/p/{photo.identifier}/original/"
    assert client.get(where).status_code in (302, 404)
    client.force_login(ada.person)
    answer = client.get(where)
    assert answer.content == keeping.original_of(photo.files).read_bytes()
    assert "Location" not in answer.headers


@pytest.mark.django_db
def test_taking_down_deletes_every_file_in_the_bucket(
    bucket: Bucket, event: Event, ada: Viewer, django_capture_on_commit_callbacks: Callable
) -> None:
    photo = make_photo(event, ada)
    keeping.close_up(photo.files, BOX)
    assert keys(bucket, photo.files)
    with django_capture_on_commit_callbacks(execute=True):
        take_down_photo(photo, "Somebody is on it.", by=ada)
    assert keys(bucket) == []


def finish_and_add_tiles(folder: str) -> None:
    photographs.finish(folder)
    photographs.add_tiles(folder, lambda _: None)


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["make_photograph", "make_tiles"])
def test_what_is_taken_down_while_it_is_being_made_leaves_nothing(
    bucket: Bucket, event: Event, ada: Viewer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The files are sent after everything else was deleted: they must go too."""
    photo = make_photo(event, ada, made=False)
    real = getattr(making, step)

    def made(*words: object) -> object:
        size = real(*words)
        keeping.remove(photo.files)
        return size

    monkeypatch.setattr(photographs, step, made)
    with pytest.raises(FileNotFoundError):
        finish_and_add_tiles(photo.files)
    assert (keys(bucket), left_here()) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_there_is_no_row_without_its_files_and_no_file_without_its_row(
    bucket: Bucket, event: Event, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OSError("The server does not answer.")

    real = bucket._client.put_object
    with monkeypatch.context() as broken:
        # Everything arrives but the marker, which comes last.
        broken.setattr(
            bucket._client,
            "put_object",
            lambda **what: away() if what["Key"].endswith(MARKER) else real(**what),
        )
        with pytest.raises(OSError, match="does not answer"):
            make_photo(event, ada, made=False)
    assert not Photo.objects.exists()
    monkeypatch.setattr(keeping, "OLD_ENOUGH", -60)
    assert keeping.remove_orphans(set()) == 1, "what was sent before it broke is swept"
    assert keys(bucket) == []
    monkeypatch.setattr("responses.photos.adding.leave_trace", away)
    with pytest.raises(OSError, match="does not answer"):
        make_photo(event, ada, made=False)
    assert (list(Photo.objects.all()), keys(bucket)) == ([], [])


def test_files_to_take_away_lie_in_the_bucket_with_their_notes(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_files.new_file(".csv") as (name, file):
        file.write(b"mark,words\n" * 100_000)
        kept_files.keep_beside(name, [b'{"counts": {}}\n', b"[]\n"])
    assert kept_files.size_of(name) == len(b"".join(kept_files.pieces_of(name))) == 1_100_000
    with kept_files.beside(name).open() as lines:
        assert list(lines) == ['{"counts": {}}\n', "[]\n"]
    assert left_here() == []
    monkeypatch.setattr(kept_files, "OLD_ENOUGH", -60)
    assert kept_files.remove_strays({name}) == 0
    assert kept_files.remove_strays(set()) == 2
    assert keys(bucket) == []


def test_a_wrong_address_is_a_sentence_without_its_secret() -> None:
    for wrong in ("s3://key@host/bucket", "https://key:hidden@host/bucket", "s3://key:hidden@host/"):
        with pytest.raises(ImproperlyConfigured, match="MEDIA_BUCKET cannot be read") as refusal:
            Address.read(wrong)
        assert "hidden" not in str(refusal.value)


def test_an_address_says_everything_that_is_needed() -> None:
    said = Address.read("s3://key:a%2Fb@files.example.org:9000/wall?region=eu-west-2")
    assert said == Address("key", "a/b", "https://files.example.org:9000", "wall", "eu-west-2")
