"""What becomes of a picture: upright, in sRGB, and nothing but the picture."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from coproduce.images.keeping import place, read, store
from coproduce.images.sizes import FILES, PictureFiles, sizes_of
from tests.coproduce.pictures import (
    PHONE,
    SIZE,
    TWO_VIEWS,
    corners,
    drawing,
    from_a_camera,
    is_near,
    moving,
    sent,
)  # fmt: skip

UPRIGHT = ["red", "white", "blue", "white"]
SAID = (
    b"Paper Camera",
    b"Model of ours",
    b"GPS",
    b"Exif",
    b"<script>",
    b"xmpmeta",
    b"A comment",
    b"ICC_PROFILE",
)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def files_of(kept: PictureFiles) -> dict[str, bytes]:
    """Every file that may be shown, by its name."""
    return {
        path.name: read(kept.folder, path.name) for path in place(kept.folder).iterdir() if path.name in FILES
    }


def shown(kept: PictureFiles, name: str = "small.jpg") -> Image.Image:
    image = Image.open(io.BytesIO(read(kept.folder, name)))
    image.load()
    return image


def full_of_talk() -> io.BytesIO:
    """A JPEG that says all a JPEG can say, and goes on after its end."""
    said = sent(
        drawing(), "JPEG", exif=from_a_camera(), comment=b"A comment", xmp=b"<x:xmpmeta/>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )  # fmt: skip
    return io.BytesIO(said.getvalue() + b"<script>alert(1)</script>PK\x03\x04")


def test_a_picture_becomes_files_of_three_kinds_in_the_sizes_it_fills() -> None:
    kept = store(sent(drawing((1000, 600)), "JPEG"))
    names = {
        f"{size}.{ending}" for size in ("small", "medium", "large") for ending in ("avif", "webp", "jpg")
    }
    assert set(files_of(kept)) == names
    assert (kept.width, kept.height) == (1000, 600)
    for size in kept.sizes:
        for ending, form in (("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")):
            image = shown(kept, f"{size.name}.{ending}")
            assert (image.format, image.mode, image.size) == (form, "RGB", (size.width, size.height))
            assert corners(image) == UPRIGHT


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((300, 200), [("small", 300, 200)]),
        ((480, 10), [("small", 480, 10)]),
        ((700, 350), [("small", 480, 240), ("medium", 700, 350)]),
        ((4000, 3000), [("small", 480, 360), ("medium", 960, 720), ("large", 1920, 1440)]),
        ((1000, 10_000), [("small", 96, 960), ("medium", 192, 1920), ("large", 384, 3840)]),
        ((40_000, 1), [("small", 480, 1), ("medium", 960, 1), ("large", 1920, 1)]),
    ],
)
def test_no_size_is_larger_than_the_picture_or_changes_its_shape(
    size: tuple[int, int], expected: list
) -> None:
    assert [(one.name, one.width, one.height) for one in sizes_of(*size)] == expected


def test_nothing_a_jpeg_says_is_in_what_is_shown() -> None:
    sample = full_of_talk()
    for words in SAID:
        assert words in sample.getvalue() or words == b"GPS"
    for name, content in files_of(store(sample)).items():
        assert [words for words in SAID if words in content] == [], name


def test_nothing_a_phone_says_is_in_what_is_shown() -> None:
    assert b"Paper Camera" in PHONE.read_bytes()
    for name, content in files_of(store(io.BytesIO(PHONE.read_bytes()))).items():
        assert [words for words in SAID if words in content] == [], name


def test_nothing_a_png_says_is_in_what_is_shown() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "A comment", zip=False)
    said.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    sample = sent(drawing(), "PNG", pnginfo=said, exif=from_a_camera())
    assert b"A comment" in sample.getvalue()
    for name, content in files_of(store(sample)).items():
        assert [words for words in SAID if words in content] == [], name


@pytest.mark.parametrize(
    "sample", [full_of_talk, lambda: io.BytesIO(PHONE.read_bytes())], ids=["JPEG", "HEIC"]
)
def test_a_file_that_is_shown_has_only_the_parts_a_picture_needs(sample: Callable) -> None:
    for name, content in files_of(store(sample())).items():
        assert parts(content) <= ALLOWED[name.partition(".")[2]], name
        image = Image.open(io.BytesIO(content))
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info), name
        assert not image.getexif(), name


# Tables, frames and scans of JPEG with JFIF's own head; the one chunk of WebP; the boxes of AVIF.
ALLOWED = {
    "jpg": {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA},
    "webp": {b"VP8 "},
    "avif": {b"ftyp", b"meta", b"mdat", b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp"},
}


def parts(content: bytes) -> set:
    """The kinds of parts a file has. Fails if anything follows its end."""
    if content.startswith(b"\xff\xd8"):
        return jpeg_parts(content)
    if content.startswith(b"RIFF"):
        assert int.from_bytes(content[4:8], "little") + 8 == len(content)
        return (
            {content[12:16]}
            if int.from_bytes(content[16:20], "little") + 20 >= len(content) - 1
            else {b"more"}
        )
    return set(boxes(content, 0, len(content)))


def jpeg_parts(content: bytes) -> set[int]:
    assert content.endswith(b"\xff\xd9")
    found, at = set(), 2
    while content[at : at + 2] != b"\xff\xd9":
        assert content[at] == 0xFF
        found.add(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
        # Within a scan FF is data when 00 follows.
        while content[at] != 0xFF or content[at + 1] == 0:
            at += 1
    assert at + 2 == len(content)
    return found


def boxes(content: bytes, at: int, end: int) -> list[bytes]:
    found = []
    while at < end:
        length, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        found += [name, *(boxes(content, at + 12, at + length) if name == b"meta" else [])]
        at += length
    assert at == end
    return found


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_a_picture_stands_upright_however_the_camera_was_held(orientation: int, kind: str) -> None:
    held = drawing().transpose(TURNS[orientation])
    kept = store(sent(held, kind, exif=from_a_camera(orientation)))
    assert (kept.width, kept.height) == SIZE
    assert shown(kept).size == SIZE
    assert corners(shown(kept)) == UPRIGHT


@pytest.mark.parametrize("sample", [PHONE, TWO_VIEWS], ids=lambda path: path.stem)
def test_a_heic_from_a_phone_is_upright_and_the_first_of_its_views(sample: Path) -> None:
    kept = store(io.BytesIO(sample.read_bytes()))
    assert (kept.width, kept.height) == SIZE
    assert corners(shown(kept)) == UPRIGHT


def test_a_jpeg_with_a_second_view_shows_the_first() -> None:
    kept = store(moving("MPO"))
    assert corners(shown(kept)) == UPRIGHT


def test_exif_that_cannot_be_read_does_not_lose_the_picture() -> None:
    kept = store(sent(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01"))
    assert corners(shown(kept)) == UPRIGHT


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("CMYK", "JPEG"), ("RGB", "WEBP"), ("RGBA", "WEBP")],
)
def test_colours_stay_whatever_the_file_counts_them_in(mode: str, kind: str) -> None:
    assert corners(shown(store(sent(drawing(mode=mode), kind)))) == UPRIGHT


@pytest.mark.parametrize(("mode", "kind"), [("L", "PNG"), ("L", "JPEG"), ("LA", "PNG"), ("1", "PNG")])
def test_grey_stays_grey(mode: str, kind: str) -> None:
    grey = Image.linear_gradient("L").convert(mode)
    image = shown(store(sent(grey, kind)))
    assert is_near(image.getpixel((100, 2)), (0, 0, 0))
    assert is_near(image.getpixel((100, 253)), (255, 255, 255))


def test_sixteen_bits_of_grey_are_not_cut_off() -> None:
    deep = Image.new("I;16", (64, 64), 0x8000)
    assert is_near(shown(store(sent(deep))).getpixel((30, 30)), (128, 128, 128))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_see_through_becomes_white_in_every_file(kind: str) -> None:
    kept = store(sent(Image.new("RGBA", SIZE, (0, 0, 0, 0)), kind))
    for name in files_of(kept):
        assert is_near(shown(kept, name).convert("RGB").getpixel((30, 30)), (255, 255, 255)), name


def test_a_see_through_colour_of_a_palette_becomes_white() -> None:
    palette = drawing(mode="P")
    kept = store(sent(palette, transparency=palette.getpixel((4, 4))))
    assert corners(shown(kept)) == ["white", "white", "blue", "white"]


def test_colours_of_another_profile_are_brought_into_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain, odd = (store(sent(drawing(), icc_profile=profile)) for profile in (None, lab))
    assert corners(shown(plain)) == corners(shown(odd)) == UPRIGHT, "a profile that does not fit is left out"
    linear = store(sent(Image.new("RGB", SIZE, (128, 128, 128)), icc_profile=linear_light()))
    assert is_near(shown(linear).getpixel((30, 30)), (188, 188, 188))


def linear_light() -> bytes:
    """A profile with sRGB's colours and no curve, so that it makes a difference that can be counted."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for curve in re.finditer(rb"para\0\0\0\0\0\x03", bytes(profile)):
        profile[curve.start() + 8 : curve.start() + 16] = b"\0\0\0\0" + (1 << 16).to_bytes(4)
    return bytes(profile)


def test_the_same_picture_gives_the_same_bytes() -> None:
    one, other = (store(sent(drawing((600, 400)), "JPEG")) for _ in range(2))
    assert files_of(one) == files_of(other)
    assert one.folder != other.folder


def test_the_name_of_a_file_says_nothing() -> None:
    photograph = sent(drawing(), "JPEG")
    photograph.name = "drawing.svg"
    assert corners(shown(store(photograph))) == UPRIGHT
