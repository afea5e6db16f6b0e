"""Reads one picture nobody trusts and writes its files: `python -m coproduce.images.worker ORIGINAL`.

Runs as a process of its own, without Django, secrets or database, under the machine's limits.
The files are written beside the original. Its one line of output is JSON: the upright width
and height, or `refused`: a sentence a person can act on.
"""

import json
import re
import resource
import signal
import sys
import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from pi_heif import register_heif_opener
from PIL import Image, ImageCms, UnidentifiedImageError

from coproduce.images.sizes import sizes_of

SECONDS = 10
MEMORY = 1_500_000_000  # bytes of address space
LARGEST_FILE = 50_000_000  # bytes; what is written is far smaller
MOST_PIXELS = 40_000_000

# Closed on purpose: Pillow itself reads forty formats. Phones write MPO inside JPEG: see is_moving().
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# How HEIC names a film rather than a picture.
HEIC_FILMS = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
# One thread, so that the same picture gives the same bytes on every machine.
SAVING = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
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
    "a GIF": rb"GIF8",
    "a PDF": rb"%PDF",
    "a TIFF": rb"II\*\0|MM\0\*",
    "a BMP": rb"BM",
    "an AVIF": rb"....ftypavi[fs]",
    "a film": rb"....ftyp",
    "an SVG or a web page": rb"\s*<",
}
SEND = "Send the picture as a JPEG, PNG, WebP or HEIC file."
UNKNOWN = f"This file is not a picture the site can read. {SEND}"
DAMAGED = "This picture is damaged or was cut off on its way. Save or take it again, and send that."
TOO_MANY_PIXELS = (
    f"This picture has more than {MOST_PIXELS // 1_000_000} megapixels. Send a smaller copy of it."
)
MOVING = "This picture moves. Send a still one, for example a screenshot of it."
TOO_HARD = "This picture takes too much memory to read. Send a smaller copy of it, as a JPEG."


class Unreadable(Exception):
    """A file that becomes no picture: its text is a sentence for the person who sent it."""


def main(original: Path) -> dict[str, object]:
    """Writes the files beside `original`; the upright size in pixels, or the sentence of a refusal."""
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)
    try:
        picture, (width, height) = read(original)
    except Unreadable as sentence:
        return {"refused": str(sentence)}
    for size in sizes_of(width, height):
        smaller = picture.resize((size.width, size.height), Image.Resampling.LANCZOS)
        for ending, options in SAVING.items():
            smaller.save(original.with_name(f"{size.name}.{ending}"), **options)
    return {"width": width, "height": height}


def read(original: Path) -> tuple[Image.Image, tuple[int, int]]:
    """The picture, upright, in sRGB and no larger than its largest file, and the size it had.

    Raises Unreadable.
    """
    try:
        return decoded(original)
    except UnidentifiedImageError:
        raise Unreadable(what_it_is(original)) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unreadable(TOO_MANY_PIXELS) from None
    except MemoryError:
        raise Unreadable(TOO_HARD) from None
    except DAMAGE:
        raise Unreadable(DAMAGED) from None


def decoded(original: Path) -> tuple[Image.Image, tuple[int, int]]:
    # Only the header is read here; Pillow refuses too many pixels before it reads on.
    image = Image.open(original, formats=FORMATS)
    if is_moving(image, original):
        raise Unreadable(MOVING)
    orientation = orientation_of(image)
    size = turned(image.size, orientation)
    largest = sizes_of(*size)[-1]
    smaller = shrunk(image, turned((largest.width, largest.height), orientation))
    return upright(smaller, orientation), size


def is_moving(image: Image.Image, original: Path) -> bool:
    """Whether there are several frames. Phones add depths and second views: of those the first is taken."""
    if image.format == "HEIF":
        return beginning(original)[8:12] in HEIC_FILMS
    return image.format != "MPO" and getattr(image, "n_frames", 1) > 1


def orientation_of(image: Image.Image) -> int:
    """How the camera was held, from 1 to 8."""
    # EXIF that cannot be read is no reason to refuse the picture it came with.
    with suppress(Exception):
        value = image.getexif().get(ORIENTATION)
        return value if value in TURNS else 1
    return 1


def shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture in sRGB at `size`, with nothing behind it but white, and nothing said about it."""
    image.draft(None, size)  # a JPEG is read at a fraction of its size where that is enough
    image.load()
    profile = image.info.get("icc_profile")
    smaller = resizable(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    clean = Image.new("RGB", size, "white")
    mask = smaller.getchannel("A") if smaller.mode == "RGBA" else None
    clean.paste(in_srgb(smaller.convert("RGB") if mask else smaller, profile), mask=mask)
    return clean  # new, since Pillow writes what image.info holds into some formats


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
    return image.convert("RGB")


def turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height as they are after the picture was set upright, or before that: it is the same."""
    return size[::-1] if orientation in ON_ITS_SIDE else size


def upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def what_it_is(original: Path) -> str:
    """What to say of a file that no decoder opened."""
    start = beginning(original)
    if OURS.match(start):
        return DAMAGED
    names = (name for name, begins in OTHERS.items() if re.match(begins, start, re.DOTALL))
    return next((f"This file is {name}. {SEND}" for name in names), UNKNOWN)


def beginning(original: Path) -> bytes:
    with original.open("rb") as file:
        return file.read(64)


def accept_limits() -> None:
    """What this process may use from here on; it cannot ask for more later."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    # Also when whoever started this is gone and can no longer stop it.
    signal.alarm(SECONDS + 2)
    limits = {"RLIMIT_CPU": SECONDS, "RLIMIT_FSIZE": LARGEST_FILE, "RLIMIT_CORE": 0, "RLIMIT_AS": MEMORY}
    for name, most in limits.items():
        # macOS knows no limit of address space; there the limit of pixels has to do.
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (most, most))


if __name__ == "__main__":
    accept_limits()
    print(json.dumps(main(Path(sys.argv[1]))))
