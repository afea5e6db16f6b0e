"""What becomes of a photograph: looked at when it arrives, made in the background, cut, tiled and covered."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django.fixtures import Settings

from coproduce.images import keeping, making, photographs
from coproduce.images.keeping import close_up, original_of, place, read, zoom_file, zoom_info
from coproduce.images.sizes import TYPES, PhotographFiles
from coproduce.images.tiles import TILE, factors_of, tiles_of
from coproduce.images.writing import covered, whole_blocks
from tests.coproduce.pictures import PHONE, corners, drawing, from_a_camera, sent
from tests.coproduce.test_images import ALLOWED, UPRIGHT, full_of_talk, parts
from tests.photos import as_jpeg

SAID = (
    b"Exif",
    b"GPS",
    b"http://ns.adobe",
    b"xmpmeta",
    b"ICC_PROFILE",
    b"Paper Camera",
    b"<script>",
    b"PK\x03",
)


@pytest.fixture(autouse=True)
def empty_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def arrive(content: bytes) -> keeping.Arrived:
    """Without the row and its transaction."""
    folder, size = keeping.kept_in_a_folder(content, making.check)
    return keeping.Arrived(folder, *size, hashlib.sha256(content).hexdigest())


def finished(content: bytes) -> PhotographFiles:
    folder = arrive(content).folder
    return PhotographFiles(folder, *photographs.finish(folder))


def with_tiles(content: bytes) -> PhotographFiles:
    files = finished(content)
    photographs.add_tiles(files.folder, lambda _: None)
    return files


def shown(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def public_files(folder: str) -> Iterator[Path]:
    """Every file but the original."""
    return (
        path for path in place(folder).rglob("*") if path.is_file() and not path.name.startswith("original-")
    )


@pytest.mark.django_db
def test_a_photograph_that_arrives_is_only_looked_at() -> None:
    content = as_jpeg(drawing(), Orientation=6)
    with keeping.arrived(io.BytesIO(content)) as file:
        assert (file.width, file.height) == (64, 96)
        assert file.digest == hashlib.sha256(content).hexdigest()
    assert [path.read_bytes() for path in place(file.folder).iterdir()] == [content]
    assert not photographs.is_finished(file.folder)


@pytest.mark.django_db
def test_a_photograph_whose_row_is_not_saved_leaves_nothing() -> None:
    with pytest.raises(RuntimeError), keeping.arrived(sent(drawing(), "JPEG")):
        raise RuntimeError
    assert list(keeping.root().iterdir()) == []


def test_a_photograph_has_a_size_more_than_a_drawing_and_all_its_pixels() -> None:
    files = finished(sent(drawing((4100, 600)), "JPEG").getvalue())
    assert [size.name for size in files.sizes] == ["small", "medium", "large", "huge"]
    for size in files.sizes:
        for ending in TYPES:
            image = shown(read(files.folder, f"{size.name}.{ending}"))
            assert (image.size, corners(image)) == ((size.width, size.height), UPRIGHT)
    whole = shown((place(files.folder) / "whole.jpg").read_bytes())
    assert (whole.size, whole.mode, corners(whole)) == ((4100, 600), "RGB", UPRIGHT)


def test_the_whole_photograph_is_not_among_the_files_that_are_given_out() -> None:
    files = finished(sent(drawing(), "JPEG").getvalue())
    with pytest.raises(FileNotFoundError):
        read(files.folder, "whole.jpg")


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_it_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    held = drawing().transpose(turn[orientation]) if orientation in turn else drawing()
    files = finished(sent(held, "JPEG", exif=from_a_camera(orientation)).getvalue())
    assert (files.width, files.height) == (96, 64)
    assert corners(shown((place(files.folder) / "whole.jpg").read_bytes())) == UPRIGHT


@pytest.mark.parametrize(
    "content",
    [
        full_of_talk().getvalue(),
        PHONE.read_bytes(),
        sent(drawing(), "PNG", exif=from_a_camera()).getvalue(),
        sent(drawing(), "WEBP", exif=from_a_camera()).getvalue(),
        as_jpeg(drawing((1100, 700)), gps=True, Make="Paper Camera"),
    ],
    ids=["JPEG that says all it can", "HEIC", "PNG", "WebP", "JPEG with a place"],
)
def test_no_file_that_can_be_shown_says_anything_but_the_picture(content: bytes) -> None:
    files = with_tiles(content)
    close_up(files.folder, (10, 10, 30, 30))
    for path in public_files(files.folder):
        stored = path.read_bytes()
        assert [words for words in SAID if words in stored] == [], path
        assert parts(stored) <= ALLOWED[path.suffix[1:]], path
        image = shown(stored)
        assert not {"exif", "xmp", "icc_profile", "comment", "gps"} & set(image.info), path
        assert not image.getexif(), path


def test_making_it_again_gives_the_same_and_clears_what_was_left_half_done() -> None:
    files = finished(sent(drawing(), "JPEG").getvalue())
    before = {path.name: path.read_bytes() for path in public_files(files.folder)}
    left = place(files.folder) / "part-left"
    left.mkdir()
    (left / "whole.jpg").write_bytes(b"half")
    photographs.finish(files.folder)
    assert {path.name: path.read_bytes() for path in public_files(files.folder)} == before


def test_a_photograph_that_is_gone_is_not_made_and_does_not_come_back() -> None:
    folder = arrive(sent(drawing(), "JPEG").getvalue()).folder
    keeping.remove(folder)
    with pytest.raises(FileNotFoundError):
        photographs.finish(folder)
    assert list(keeping.root().iterdir()) == []


def test_what_is_damaged_is_only_found_when_it_is_made_and_says_so() -> None:
    whole = sent(drawing((300, 200)), "JPEG").getvalue()
    folder = arrive(whole[: len(whole) // 2]).folder
    with pytest.raises(making.NotAPicture, match="was cut off on its way"):
        photographs.finish(folder)
    assert [path.name[:9] for path in place(folder).iterdir()] == ["original-"]


# Looking closely


@given(st.integers(1, 9000), st.integers(1, 9000))
def test_the_tiles_of_every_scale_cover_all_of_a_picture_once(width: int, height: int) -> None:
    area = dict.fromkeys(factors_of(width, height), 0)
    for tile in tiles_of(width, height):
        left, top, across, down = map(int, tile.names[0].partition("/")[0].split(","))
        assert left + across <= width
        assert top + down <= height
        assert (tile.width, tile.height) == (-(-across // tile.factor), -(-down // tile.factor))
        assert max(tile.width, tile.height) <= TILE
        area[tile.factor] += across * down
    assert set(area.values()) == {width * height}


def test_every_tile_shows_its_part_of_the_photograph() -> None:
    files = with_tiles(sent(drawing((1300, 700)), "JPEG").getvalue())
    assert zoom_info(1300, 700)["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    first, last = (shown(zoom_file(files.folder, *words)) for words in FIRST_AND_LAST)
    assert (first.size, corners(first)) == ((512, 512), ["red", "red", "white", "white"])
    assert (last.size, corners(last)) == ((276, 188), ["blue"] * 4)
    assert corners(shown(zoom_file(files.folder, "full", "325,175"))) == UPRIGHT


FIRST_AND_LAST = (("0,0,512,512", "512,512"), ("1024,512,276,188", "276,188"))


def test_all_of_it_can_be_asked_for_in_every_size_it_is_said_to_have() -> None:
    files = with_tiles(sent(drawing((1300, 700)), "JPEG").getvalue())
    for size in zoom_info(1300, 700)["sizes"]:
        words = f"{size['width']},{size['height']}"
        assert shown(zoom_file(files.folder, "full", words)).size == (size["width"], size["height"])
    assert shown(zoom_file(files.folder, "full", "max")).size == (1300, 700)


@pytest.mark.parametrize(
    ("region", "size"),
    [("0,0,512,512", "256,256"), ("..", "whole"), ("full", "../../whole"), ("full/..", "max"), ("", "")],
)
def test_no_other_words_give_a_file(region: str, size: str) -> None:
    files = with_tiles(sent(drawing((1300, 700)), "JPEG").getvalue())
    with pytest.raises(FileNotFoundError):
        zoom_file(files.folder, region, size)


def test_progress_is_told_up_to_the_end() -> None:
    files, told = finished(sent(drawing((1300, 700)), "JPEG").getvalue()), []
    photographs.add_tiles(files.folder, told.append)
    assert told == sorted(set(told))
    assert told[-1] == 100
    photographs.add_tiles(files.folder, told.append)
    assert told.count(100) == 1, "they are there already"


# Close-ups


def test_a_close_up_shows_its_box_and_a_little_around_it() -> None:
    files = finished(sent(drawing((2000, 1200)), "JPEG").getvalue())
    image = shown(close_up(files.folder, (800, 400, 400, 400)))
    assert (image.size, corners(image)) == ((448, 448), UPRIGHT)
    edge = shown(close_up(files.folder, (1800, 1000, 200, 200)))
    assert (edge.size, corners(edge)) == ((212, 212), ["blue"] * 4)


def test_a_close_up_of_what_is_not_there_is_refused() -> None:
    files = finished(sent(drawing((100, 60)), "JPEG").getvalue())
    for folder, box in (
        (files.folder, (200, 0, 50, 50)),
        ("0" * 32, (0, 0, 9, 9)),
        ("../x", (0, 0, 9, 9)),
    ):
        with pytest.raises(FileNotFoundError):
            close_up(folder, box)


# Covering


def motley(size: tuple[int, int]) -> Image.Image:
    """Patches of colours that have nothing to do with each other, so that no two averages are the same."""
    patches = Image.frombytes("RGB", (70, 50), Random(1).randbytes(70 * 50 * 3))
    return patches.resize(size, Image.Resampling.NEAREST)


def test_of_a_covered_box_sixteen_colours_are_left_at_most() -> None:
    noise = motley((700, 500))
    left, top, width, height = box = (100, 130, 301, 77)
    after = covered(noise.copy(), [box])
    inside = after.crop((left, top, left + width, top + height))
    assert len(inside.getcolors()) <= 16
    right, bottom = whole_blocks(box, noise.size)[2:]
    assert after.crop((right, bottom, 700, 500)).tobytes() == noise.crop((right, bottom, 700, 500)).tobytes()


@given(
    st.tuples(st.integers(-50, 700), st.integers(-50, 500), st.integers(1, 800), st.integers(1, 600)),
    st.tuples(st.integers(1, 700), st.integers(1, 500)),
)
def test_any_box_is_covered_as_far_as_it_is_on_the_picture(
    box: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    after = covered(motley(size), [box])
    left, top, right, bottom = whole_blocks(box, size)
    assert after.size == size
    if left < right and top < bottom:
        inside = after.crop((left, top, right, bottom))
        assert inside.getcolors(maxcolors=16), "more than 16 colours"


def test_covering_makes_a_new_folder_in_which_nothing_else_is_left() -> None:
    files = with_tiles(as_jpeg(drawing((1200, 900)), gps=True))
    new = photographs.covered(files.folder, [(0, 0, 700, 500)])
    assert new.folder != files.folder
    assert (new.width, new.height) == (1200, 900)
    assert original_of(new.folder).read_bytes() == (place(new.folder) / "whole.jpg").read_bytes()
    assert not (place(new.folder) / "zoom").exists()
    assert {path.name for path in public_files(new.folder)} == {
        "whole.jpg",
        *(f"{size.name}.{ending}" for size in new.sizes for ending in TYPES),
    }
