"""Reads one picture nobody trusts: what is refused, how it stands upright, and what its colours are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, UnidentifiedImageError

from coproduce.images.sizes import Pixels, sizes_of
from coproduce.marking import gettext_noop

MOST_PIXELS = 40_000_000
# A JPEG cannot be longer than 65,535; no camera comes near this.
LONGEST_SIDE = 30_000

# Closed on purpose: Pillow itself reads forty formats. Phones write MPO inside JPEG: see is_moving().
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# How HEIC names a film rather than a picture.
HEIC_FILMS = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ON_ITS_SIDE = {5, 6, 7, 8}

# What decoders say of bytes they cannot follow.
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, LookupError, TypeError, ArithmeticError)
# How files begin. These cannot be read although they begin well:
OURS = re.compile(rb"\xff\xd8\xff|\x89PNG|RIFF....WEBP|....ftyp(hei[cmsx]|mif1)", re.DOTALL)
OTHERS = {
    gettext_noop("This file is a GIF. Send the picture as a JPEG, PNG, WebP or HEIC file."): rb"GIF8",
    gettext_noop("This file is a PDF. Send the picture as a JPEG, PNG, WebP or HEIC file."): rb"%PDF",
    gettext_noop(
        "This file is a TIFF. Send the picture as a JPEG, PNG, WebP or HEIC file."
    ): rb"II\*\0|MM\0\*",
    gettext_noop("This file is a BMP. Send the picture as a JPEG, PNG, WebP or HEIC file."): rb"BM",
    gettext_noop(
        "This file is an AVIF. Send the picture as a JPEG, PNG, WebP or HEIC file."
    ): rb"....ftypavi[fs]",
    gettext_noop("This file is a film. Send the picture as a JPEG, PNG, WebP or HEIC file."): rb"....ftyp",
    gettext_noop(
        "This file is an SVG or a web page. Send the picture as a JPEG, PNG, WebP or HEIC file."
    ): rb"\s*<",
}
UNKNOWN = gettext_noop(
    "This file is not a picture the site can read. Send the picture as a JPEG, PNG, WebP or HEIC file."
)
DAMAGED = gettext_noop(
    "This picture is damaged or was cut off on its way. Save or take it again, and send that."
)
# Whole sentences with MOST_PIXELS and LONGEST_SIDE in them: they are looked up to be translated.
TOO_MANY_PIXELS = gettext_noop("This picture has more than 40 megapixels. Send a smaller copy of it.")
TOO_LONG = gettext_noop("This picture is more than 30,000 pixels long. Send it in two or more parts.")
MOVING = gettext_noop("This picture moves. Send a still one, for example a screenshot of it.")
TOO_HARD = gettext_noop("This picture takes too much memory to read. Send a smaller copy of it, as a JPEG.")


class Unreadable(Exception):
    """A file that becomes no picture: its text is a sentence for the person who sent it."""


@contextmanager
def in_words(original: Path) -> Iterator[None]:
    """Turns what decoders raise about `original` into Unreadable."""
    try:
        yield
    except UnidentifiedImageError:
        raise Unreadable(what_it_is(original)) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unreadable(TOO_MANY_PIXELS) from None
    except MemoryError:
        raise Unreadable(TOO_HARD) from None
    except DAMAGE:
        raise Unreadable(DAMAGED) from None


def upright_size(original: Path) -> Pixels:
    """The size of a photograph, from its head alone. Raises Unreadable for what is refused."""
    with in_words(original):
        image, orientation = opened(original)
        if max(image.size) > LONGEST_SIDE:
            raise Unreadable(TOO_LONG)
        return turned(image.size, orientation)


def whole(original: Path) -> Image.Image:
    """A photograph with all its pixels, upright and in sRGB. Raises Unreadable."""
    with in_words(original):
        image, orientation = opened(original)
        image.load()
        return upright(cleaned(image, image.size), orientation)


def shrunk(original: Path) -> tuple[Image.Image, Pixels]:
    """A picture, upright, in sRGB and no larger than its largest file, and the size it had.

    Raises Unreadable.
    """
    with in_words(original):
        image, orientation = opened(original)
        size = turned(image.size, orientation)
        largest = sizes_of(*size)[-1]
        wanted = turned((largest.width, largest.height), orientation)
        image.draft(None, wanted)  # a JPEG is read at a fraction of its size where that is enough
        image.load()
        return upright(cleaned(image, wanted), orientation), size


def opened(original: Path) -> tuple[Image.Image, int]:
    """The picture, of which only the head was read, and how the camera was held."""
    # Pillow refuses too many pixels before it reads on.
    image = Image.open(original, formats=FORMATS)
    if is_moving(image, original):
        raise Unreadable(MOVING)
    return image, orientation_of(image)


def is_moving(image: Image.Image, original: Path) -> bool:
    """Whether there are several frames. Phones add depths and second views: of those the first is taken."""
    if image.format == "HEIF":
        return beginning(original)[8:12] in HEIC_FILMS
    return image.format != "MPO" and getattr(image, "n_frames", 1) > 1


def orientation_of(image: Image.Image) -> int:
    """How the camera was held, from 1 to 8, as the head says it."""
    if image.format == "PNG" and "exif" not in image.info:
        return 1  # Pillow would read all of the picture to look behind it
    # EXIF that cannot be read is no reason to refuse the picture it came with.
    with suppress(Exception):
        value = image.getexif().get(ORIENTATION)
        return value if value in TURNS else 1
    return 1


def cleaned(image: Image.Image, size: Pixels) -> Image.Image:
    """The picture in sRGB at `size`, with nothing behind it but white, and nothing said about it."""
    profile = image.info.get("icc_profile")
    image = resizable(image)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    mask = image.getchannel("A") if image.mode == "RGBA" else None
    image = in_srgb(image.convert("RGB") if mask else image, profile)
    clean = Image.new(
        "RGB", size, "white"
    )  # new, since Pillow writes what image.info holds into some formats
    clean.paste(image, mask=mask)
    return clean


def resizable(image: Image.Image) -> Image.Image:
    """The picture with eight bits a channel, in grey, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB. A profile that does not fit its picture is left out, as browsers do."""
    if profile:
        with suppress(ImageCms.PyCMSError):
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, BytesIO(profile), srgb, outputMode="RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def turned(size: Pixels, orientation: int) -> Pixels:
    """Width and height as they are after the picture was set upright, or before that: it is the same."""
    return size[::-1] if orientation in ON_ITS_SIDE else size


def upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def what_it_is(original: Path) -> str:
    """What to say of a file that no decoder opened."""
    start = beginning(original)
    if OURS.match(start):
        return DAMAGED
    sentences = (said for said, begins in OTHERS.items() if re.match(begins, start, re.DOTALL))
    return next(sentences, UNKNOWN)


def beginning(original: Path) -> bytes:
    with original.open("rb") as file:
        return file.read(64)
