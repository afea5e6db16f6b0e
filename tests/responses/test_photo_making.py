"""Photographs in the background: whatever comes between, no covered pixel and no stray folder stays."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pytest_django.fixtures import Settings

from coproduce.images import keeping, photographs
from coproduce.images import making as images_making
from coproduce.images.keeping import close_up, zoom_file
from coproduce.images.sizes import PhotographFiles
from coproduce.work import doing, run_ready
from events.models import Event
from people.guests import Viewer
from responses.models import Photo
from responses.photos import making
from responses.photos.covering import cover_boxes
from responses.photos.publishing import make_again, take_down_photo
from tests.photos import as_jpeg, make_photo

pytestmark = pytest.mark.django_db
SIZE = (1200, 900)
BOX = (400, 300, 256, 192)
# A colour that nothing else has, and that no average of it and the paper comes near.
INK, PAPER = (250, 0, 250), (20, 120, 20)


@pytest.fixture(autouse=True)
def empty_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


def striped() -> Image.Image:
    """Paper with stripes of ink within the box, a hundredth of the picture's width each."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen, (left, top, width, height) = ImageDraw.Draw(picture), BOX
    for stripe in range(left + 8, left + width - 16, 48):
        pen.rectangle((stripe, top + 16, stripe + 15, top + height - 16), fill=INK)
    return picture


def has_ink(path: Path) -> bool:
    """Whether any pixel of a picture still has the colour of the ink."""
    with Image.open(path) as image:
        pixels = image.convert("RGB").getcolors(maxcolors=2**24)
    return any(red > 180 and green < 70 and blue > 180 for _, (red, green, blue) in pixels)


def all_files() -> Iterator[Path]:
    """Every file of every photograph, the originals too."""
    return (path for path in keeping.root().rglob("*") if path.is_file())


def names_with_ink() -> list[str]:
    return [path.name for path in all_files() if has_ink(path)]


def folders() -> list[str]:
    return [path.name for path in keeping.root().iterdir()]


def test_a_photograph_is_made_ready_for_looking_closely_too(event: Event, ada: Viewer) -> None:
    photo = make_photo(event, ada, size=SIZE)
    assert (photo.making, photo.trouble, photo.zoom) == (Photo.Making.MADE, "", 100)
    assert (photo.width, photo.height) == SIZE
    assert zoom_file(photo.files, "full", "max")


def test_before_it_is_made_it_waits(event: Event, ada: Viewer) -> None:
    photo = make_photo(event, ada, made=False)
    assert (photo.making, photo.zoom) == (Photo.Making.WAITING, 0)
    assert not photographs.is_finished(photo.files)


def test_every_task_can_be_done_twice(event: Event, ada: Viewer, do_work: Callable[[], int]) -> None:
    photo = make_photo(event, ada, picture=striped())
    cover_boxes(photo, [BOX], "A face.", by=ada)
    for _ in range(2):
        making.ask_to_make(photo)
        making.ask_to_cover(photo)
        making.make_zoom.enqueue(photo.pk)
    do_work()
    photo.refresh_from_db()
    assert (photo.making, photo.zoom, photo.covers) == (Photo.Making.MADE, 100, [])
    assert folders() == [photo.files]


def test_what_is_damaged_is_said_in_a_sentence_and_not_tried_again(event: Event, ada: Viewer) -> None:
    whole = as_jpeg(striped())
    photo = make_photo(event, ada, picture=whole[: len(whole) // 2], made=False)
    assert run_ready() == 1
    photo.refresh_from_db()
    assert photo.making == Photo.Making.FAILED
    assert "was cut off on its way" in photo.trouble


def fail_to_finish(folder: str) -> None:
    raise images_making.Unfinished("The worker ended with -9")


def test_what_goes_wrong_again_and_again_is_said_and_can_be_tried_once_more(
    event: Event, ada: Viewer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    photo = make_photo(event, ada, made=False)
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(photographs, "finish", fail_to_finish)
        assert run_ready() == doing.TRIES + 1
    photo.refresh_from_db()
    assert (photo.making, photo.trouble) == (Photo.Making.FAILED, making.NOT_MADE)
    make_again(photo, by=ada)
    run_ready()
    photo.refresh_from_db()
    assert (photo.making, photo.trouble) == (Photo.Making.MADE, "")


# Covering


def test_the_ink_is_in_every_file_before_it_is_covered(event: Event, ada: Viewer) -> None:
    """So that not finding it says something."""
    photo = make_photo(event, ada, picture=striped())
    close_up(photo.files, BOX)
    with_ink = set(names_with_ink())
    assert {"whole.jpg", "large.avif", "large.webp", "max.jpg", "close-400-300-256-192.jpg"} <= with_ink
    assert any(name.startswith("original-") for name in with_ink)


def test_nothing_covered_is_left_in_any_file(event: Event, ada: Viewer, do_work: Callable[[], int]) -> None:
    photo = make_photo(event, ada, picture=striped())
    close_up(photo.files, BOX)
    cover_boxes(photo, [BOX], "A name.", by=ada)
    do_work()
    before = photo.files
    photo.refresh_from_db()
    close_up(photo.files, BOX)
    assert (photo.covers, photo.zoom) == ([], 100)
    assert names_with_ink() == []
    assert folders() == [photo.files] != [before]


def test_what_is_to_be_covered_before_it_is_made_is_covered_then(
    event: Event, ada: Viewer, do_work: Callable[[], int]
) -> None:
    photo = make_photo(event, ada, picture=striped(), made=False)
    cover_boxes(photo, [BOX], "A name.", by=ada)
    do_work()
    photo.refresh_from_db()
    assert (photo.making, photo.covers, names_with_ink()) == (Photo.Making.MADE, [], [])


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], object]], None]:
    """Lets something happen once after the files are made, before that is said."""

    def happens(step: str, act: Callable[[], object]) -> None:
        real, acts = getattr(photographs, step), [act]

        def first_this(*words: object) -> object:
            made = real(*words)
            if acts:
                acts.pop()()
            return made

        monkeypatch.setattr(photographs, step, first_this)

    return happens


@pytest.mark.parametrize("step", ["finish", "covered", "add_tiles"])
def test_covering_while_it_is_being_worked_on_leaves_nothing(
    event: Event, ada: Viewer, do_work: Callable[[], int], meanwhile: Callable, step: str
) -> None:
    photo = make_photo(event, ada, picture=striped(), made=False)
    if step == "covered":
        cover_boxes(photo, [(0, 0, 64, 64)], "A face.", by=ada)
    meanwhile(step, lambda: cover_boxes(photo, [BOX], "A name.", by=ada))
    do_work()
    photo.refresh_from_db()
    assert (photo.making, photo.covers, photo.zoom) == (Photo.Making.MADE, [], 100)
    assert names_with_ink() == []
    assert folders() == [photo.files]


@pytest.mark.parametrize("step", ["finish", "covered", "add_tiles"])
def test_another_worker_at_the_same_task_meanwhile_leaves_nothing(
    event: Event, ada: Viewer, do_work: Callable[[], int], meanwhile: Callable, step: str
) -> None:
    photo = make_photo(event, ada, picture=striped(), made=False)
    cover_boxes(photo, [BOX], "A name.", by=ada)

    def do_the_same() -> None:
        making.ask_to_make(photo)
        making.ask_to_cover(photo)
        run_ready()

    meanwhile(step, do_the_same)
    do_work()
    photo.refresh_from_db()
    assert (photo.making, photo.covers, photo.zoom) == (Photo.Making.MADE, [], 100)
    assert names_with_ink() == []
    assert folders() == [photo.files]


def test_what_is_asked_for_after_another_worker_was_faster_is_not_lost(
    event: Event, ada: Viewer, do_work: Callable[[], int], meanwhile: Callable
) -> None:
    photo = make_photo(event, ada, picture=striped())
    cover_boxes(photo, [(0, 0, 64, 64)], "A face.", by=ada)

    def be_faster_and_ask_for_more() -> None:
        making.ask_to_cover(photo)
        run_ready()
        cover_boxes(photo, [BOX], "A name.", by=ada)

    meanwhile("covered", be_faster_and_ask_for_more)
    do_work()
    photo.refresh_from_db()
    assert (photo.covers, names_with_ink()) == ([], [])
    assert folders() == [photo.files]


@pytest.mark.parametrize("step", ["finish", "covered", "add_tiles"])
def test_taking_it_down_while_it_is_being_worked_on_leaves_nothing(
    event: Event,
    ada: Viewer,
    do_work: Callable[[], int],
    meanwhile: Callable,
    step: str,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    photo = make_photo(event, ada, picture=striped(), made=False)
    if step == "covered":
        cover_boxes(photo, [BOX], "A name.", by=ada)

    def take_down() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            take_down_photo(photo, "It should not be here.", by=ada)

    meanwhile(step, take_down)
    do_work()
    photo.refresh_from_db()
    assert (photo.files, photo.zoom, photo.covers) == ("", 0, [])
    assert folders() == []


def test_covering_that_cannot_be_done_keeps_the_photograph_off_the_record(
    event: Event, ada: Viewer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> PhotographFiles:
        raise images_making.Unfinished("The worker ended with -9")

    photo = make_photo(event, ada, picture=striped())
    cover_boxes(photo, [BOX], "A name.", by=ada)
    monkeypatch.setattr(photographs, "covered", broken)
    with caplog.at_level(logging.ERROR):
        run_ready()
    photo.refresh_from_db()
    assert (photo.making, photo.trouble) == (Photo.Making.FAILED, making.NOT_COVERED)
    assert photo.covers == [list(BOX)]
    assert not Photo.objects.made().exists()


def test_one_whose_covering_failed_is_covered_when_it_is_made_again(
    event: Event, ada: Viewer, do_work: Callable[[], int]
) -> None:
    photo = make_photo(event, ada, picture=striped())
    cover_boxes(photo, [BOX], "A name.", by=ada)
    making.say_failed(photo, making.NOT_COVERED)
    make_again(photo, by=ada)
    do_work()
    photo.refresh_from_db()
    assert (photo.making, photo.covers, names_with_ink()) == (Photo.Making.MADE, [], [])


def test_files_that_are_lost_are_no_reason_to_stay_silent(
    event: Event, ada: Viewer, caplog: pytest.LogCaptureFixture
) -> None:
    photo = make_photo(event, ada, made=False)
    keeping.remove(photo.files)
    with caplog.at_level(logging.ERROR):
        run_ready()
    photo.refresh_from_db()
    assert (photo.making, photo.trouble) == (Photo.Making.FAILED, making.NOT_MADE)
