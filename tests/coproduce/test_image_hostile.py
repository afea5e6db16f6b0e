"""Photographs from people who mean harm, and from phones: refused or cleaned, within a bound of memory.

`pytest -s` shows the most memory each had, in megabytes. It is asked of the kernel from within:
what `wait4` tells of a child counts the memory of whoever started it.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from coproduce.images import keeping, making, photographs, reading
from tests.coproduce.pictures import PHONE, TWO_VIEWS, drawing, moving, sent
from tests.coproduce.test_image_limits import SVG, png_bomb
from tests.coproduce.test_image_photographs import public_files, with_tiles
from tests.coproduce.test_images import ALLOWED, full_of_talk, parts
from tests.photos import as_jpeg

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells how much memory it was.")
MOST_TO_CHECK, MOST_TO_MAKE = 40, 600  # megabytes; Python with Pillow takes 21 before it reads anything
PAYLOADS = (b"<script>", b"PK\x03\x04", b"GPS", b"Exif", b"http://ns.adobe", b"Paper Camera")


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("page.html", "<script>alert(1)</script>")
    return file.getvalue()


def frames(kind: str, number: int) -> bytes:
    pictures = [Image.new("RGB", (200, 150), (place % 256, 0, 0)) for place in range(number)]
    return sent(pictures[0], kind, save_all=True, append_images=pictures[1:]).getvalue()


def jpeg() -> bytes:
    return as_jpeg(drawing((640, 480)))


# How the sentence about a file of a kind that cannot be read ends.
SEND = reading.UNKNOWN.partition(". ")[2]
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb of 144 megapixels": (lambda: png_bomb(12_000), reading.TOO_MANY_PIXELS),
    "bomb of 900 megapixels": (lambda: png_bomb(30_000), reading.TOO_MANY_PIXELS),
    "40,000 pixels long": (lambda: sent(Image.new("1", (40_000, 2))).getvalue(), reading.TOO_LONG),
    "SVG": (lambda: SVG, SEND),
    "PDF": (lambda: b"%PDF-1.7\n%\xff\xff" + bytes(100), SEND),
    "PDF with a JPEG behind it": (lambda: b"%PDF-1.7\n" + jpeg(), SEND),
    "zip with a JPEG behind it": (lambda: a_zip() + jpeg(), SEND),
    "page with a JPEG behind it": (lambda: b"<!doctype html><script></script>" + jpeg(), SEND),
    "GIF of 300 frames": (lambda: frames("GIF", 300), SEND),
    "WebP that moves": (lambda: frames("WEBP", 30), reading.MOVING),
    "PNG that moves": (lambda: frames("PNG", 30), reading.MOVING),
    "HEIC that is a film": (lambda: PHONE.read_bytes().replace(b"ftypheic", b"ftyphevc"), reading.MOVING),
    "nothing": (lambda: bytes(200), SEND),
}
REFUSED_WHEN_MADE: dict[str, Callable[[], bytes]] = {
    "half a JPEG": lambda: jpeg()[: len(jpeg()) // 2],
    "half a PNG": lambda: sent(drawing((640, 480))).getvalue()[:900],
}
CLEANED: dict[str, Callable[[], bytes]] = {
    "JPEG with a script behind it": lambda: jpeg() + b"<script>alert(1)</script>",
    "JPEG with a zip behind it": lambda: jpeg() + a_zip(),
    "JPEG with a script in its comment": lambda: sent(
        drawing((640, 480)), "JPEG", comment=b"<script>alert(1)</script>"
    ).getvalue(),
    "JPEG with a place": lambda: as_jpeg(drawing((640, 480)), gps=True, Make="Paper Camera"),
    "JPEG that says all it can": lambda: full_of_talk().getvalue(),
    "HEIC with a place": PHONE.read_bytes,
    "HEIC with a second view": TWO_VIEWS.read_bytes,
    "JPEG with a second view": lambda: moving("MPO").getvalue(),
}
HEAVY: dict[str, Callable[[], bytes]] = {
    "PNG of 36 megapixels in 5 kB": lambda: png_bomb(6000),
    "JPEG of 39 megapixels": lambda: as_jpeg(drawing((7300, 5400))),
    "JPEG of 12 megapixels": lambda: as_jpeg(drawing((4000, 3000))),
}


@pytest.fixture(autouse=True)
def empty_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def megabytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[str, bytes], int]:
    """The most memory that checking or making a file took."""

    def measure(mode: str, content: bytes) -> int:
        original, into = tmp_path / "original", tmp_path / "into"
        original.write_bytes(content)
        into.mkdir(exist_ok=True)
        words = [original] if mode == "check" else [original, into]
        monkeypatch.setattr(making, "PROGRAM", "tests.coproduce.workers.measured")
        with pytest.raises(making.NotAPicture) as told:
            making.have_done(mode, *words)
        found = int(str(told.value).partition(" ")[0]) // 1000
        print(f"\n{found:5} MB to {mode} a file: {request.node.callspec.id}")
        return found

    return measure


def check(content: bytes) -> tuple[int, int]:
    return keeping.kept_in_a_folder(content, making.check)[1]


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_before_it_is_kept(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(making.NotAPicture) as refused:
        check(make())
    assert str(refused.value).endswith(sentence)
    assert list(keeping.root().iterdir()) == []


@ONLY_LINUX
@pytest.mark.parametrize("make", [make for make, _ in REFUSED.values()], ids=REFUSED)
def test_it_is_refused_before_it_takes_memory(make: Callable[[], bytes], megabytes: Callable) -> None:
    assert megabytes("check", make()) < MOST_TO_CHECK


@pytest.mark.parametrize("make", REFUSED_WHEN_MADE.values(), ids=REFUSED_WHEN_MADE)
def test_it_is_refused_when_it_is_made_and_nothing_is_shown_of_it(make: Callable[[], bytes]) -> None:
    folder = keeping.kept_in_a_folder(make(), making.check)[0]
    with pytest.raises(making.NotAPicture, match="damaged"):
        photographs.finish(folder)
    assert list(public_files(folder)) == []


@pytest.mark.parametrize("make", CLEANED.values(), ids=CLEANED)
def test_it_is_cleaned(make: Callable[[], bytes]) -> None:
    files = with_tiles(make())
    keeping.close_up(files.folder, (4, 4, 40, 40))
    for path in public_files(files.folder):
        stored = path.read_bytes()
        assert [words for words in PAYLOADS if words in stored] == [], path
        assert parts(stored) <= ALLOWED[path.suffix[1:]], path


@ONLY_LINUX
@pytest.mark.parametrize("make", (CLEANED | HEAVY).values(), ids=CLEANED | HEAVY)
def test_what_becomes_a_photograph_takes_a_bounded_amount_of_memory(
    make: Callable[[], bytes], megabytes: Callable
) -> None:
    content = make()
    assert megabytes("check", content) < MOST_TO_CHECK
    assert megabytes("make", content) < MOST_TO_MAKE
