"""What is refused, with a sentence, before it can do harm."""

import io
import logging
import sys
import zlib
from collections.abc import Callable

import pytest

from coproduce.images import keeping, making, reading
from coproduce.images.keeping import store
from coproduce.images.making import NotAPicture
from tests.coproduce.pictures import PHONE, drawing, moving, sent

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux limits and tells all of this.")
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refusal(content: bytes) -> str:
    """The sentence with which a file is refused; fails if it is not, or if anything of it is kept."""
    before = kept_now()
    with pytest.raises(NotAPicture) as refused:
        store(io.BytesIO(content))
    assert kept_now() == before
    return str(refused.value)


def kept_now() -> set[str]:
    return {path.name for path in keeping.root().iterdir()} if keeping.root().exists() else set()


def png_bomb(side: int = 12_000) -> bytes:
    """A PNG of some kilobytes that is a picture of 144 million pixels, made without making them."""
    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    packed = b"".join([packer.compress(row * 1000) for _ in range(side // 1000)]) + packer.flush()
    head = side.to_bytes(4) * 2 + bytes((1, 0, 0, 0, 0))
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4) for name, data in chunks
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "an SVG or a web page"),
        (b"  <!doctype html><script>alert(1)</script>", "an SVG or a web page"),
        (b"%PDF-1.7\n%\xff\xff", "a PDF"),
        (sent(drawing(), "GIF").getvalue(), "a GIF"),
        (moving("GIF").getvalue(), "a GIF"),
        (sent(drawing(), "TIFF").getvalue(), "a TIFF"),
        (sent(drawing(), "BMP").getvalue(), "a BMP"),
        (sent(drawing(), "AVIF").getvalue(), "an AVIF"),
        (b"\0\0\0\x18ftypmp42" + bytes(100), "a film"),
    ],
)
def test_what_is_no_picture_of_ours_is_named_and_told_what_to_send(content: bytes, name: str) -> None:
    assert refusal(content) == f"This file is {name}. Send the picture as a JPEG, PNG, WebP or HEIC file."


@pytest.mark.parametrize("kind", ["EPS", "PPM", "ICO", "TGA", "JPEG2000", "PCX"])
def test_what_pillow_could_read_besides_is_not_read(kind: str) -> None:
    assert "Send the picture as a JPEG" in refusal(sent(drawing((64, 64)), kind).getvalue())


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    assert refusal(moving(kind).getvalue()) == reading.MOVING


def test_a_film_that_calls_itself_heic_is_refused() -> None:
    assert refusal(PHONE.read_bytes().replace(b"ftypheic", b"ftyphevc")) == reading.MOVING


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_picture_that_was_cut_off_is_refused(kind: str, part: float) -> None:
    whole = sent(drawing((300, 200)), kind).getvalue()
    assert refusal(whole[: int(len(whole) * part)]) == reading.DAMAGED


def test_a_heic_that_was_cut_off_is_refused() -> None:
    whole = PHONE.read_bytes()
    assert {refusal(whole[:end]) for end in (40, 300, len(whole) - 30)} == {reading.DAMAGED}


def test_a_picture_whose_head_lies_about_its_size_is_refused() -> None:
    whole, honest = PHONE.read_bytes(), b"ispe\0\0\0\0" + (64).to_bytes(4) + (96).to_bytes(4)
    assert honest in whole
    assert refusal(whole.replace(honest, b"ispe\0\0\0\0" + (9).to_bytes(4) * 2)) == reading.DAMAGED


@pytest.mark.parametrize(
    "make",
    [
        lambda picture: b"%PDF-1.7\n" + picture,
        lambda picture: b"<script>" + picture,
        lambda picture: b"PK\x03\x04" + picture,
        lambda _: b"\xff\xd8\xff<script>alert(1)</script>",
        lambda picture: b"GIF89a=1;" + picture,
    ],
    ids=["PDF", "script", "zip", "script that begins like a JPEG", "GIF"],
)
def test_a_file_that_is_two_things_at_once_is_refused(make: Callable[[bytes], bytes]) -> None:
    assert refusal(make(sent(drawing(), "JPEG").getvalue())).endswith(
        (reading.UNKNOWN.partition(". ")[2], reading.DAMAGED)
    )


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == keeping.EMPTY


def test_too_many_megabytes_are_refused_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("The picture was read.")

    monkeypatch.setattr(keeping, "make_files", never)
    large = sent(drawing(), "JPEG").getvalue()
    assert refusal(large + bytes(13_000_000 - len(large))) == keeping.TOO_LARGE


def test_no_more_of_a_large_file_is_taken_in_than_is_needed_to_refuse_it() -> None:
    endless = io.BytesIO(bytes(20_000_000))
    with pytest.raises(NotAPicture):
        store(endless)
    assert endless.tell() == keeping.MOST_BYTES + 1


@pytest.mark.parametrize("side", [7_000, 9_000, 12_000, 30_000])
def test_a_picture_of_too_many_pixels_is_refused(side: int) -> None:
    assert refusal(png_bomb(side)) == reading.TOO_MANY_PIXELS


@ONLY_LINUX
def test_a_bomb_is_refused_before_it_takes_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = png_bomb()
    assert len(bomb) < 50_000
    monkeypatch.setattr(making, "PROGRAM", "tests.coproduce.workers.measured")
    kilobytes, _, sentence = refusal(bomb).partition(" ")
    assert sentence == reading.TOO_MANY_PIXELS
    assert int(kilobytes) < 60_000


@ONLY_LINUX
def test_the_worker_cannot_have_more_memory_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PROGRAM", "tests.coproduce.workers.greedy")
    assert refusal(b"anything") == "no more memory"


@pytest.mark.parametrize("program", ["killed", "boasting", "babbling", "that_is_not_there"])
def test_a_worker_that_fails_leaves_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, program: str
) -> None:
    monkeypatch.setattr(making, "PROGRAM", f"tests.coproduce.workers.{program}")
    with caplog.at_level(logging.ERROR):
        assert refusal(b"anything") == making.FAILED
    assert "could not be read" in caplog.text


def test_a_worker_that_takes_too_long_is_stopped_and_leaves_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "SECONDS", 0.2)
    monkeypatch.setattr(making, "PROGRAM", "tests.coproduce.workers.waiting")
    assert refusal(b"anything") == making.TOO_SLOW


def test_the_worker_knows_nothing_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for its eyes")
    monkeypatch.setattr(making, "PROGRAM", "tests.coproduce.workers.telling")
    known = set(refusal(b"anything").split()) - {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"}
    assert known <= set(making.LIBRARIES)


def test_more_pictures_at_once_than_there_is_memory_for_wait_and_are_then_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "SECONDS", 0.01)
    with making.AT_ONCE, making.AT_ONCE:
        assert refusal(b"anything") == making.BUSY
    assert making.AT_ONCE.acquire(blocking=False)
    making.AT_ONCE.release()


def test_the_sentences_say_the_limits_there_are() -> None:
    assert f" {reading.MOST_PIXELS // 1_000_000} megapixels" in reading.TOO_MANY_PIXELS
    assert f" {reading.LONGEST_SIDE:,} pixels" in reading.TOO_LONG
