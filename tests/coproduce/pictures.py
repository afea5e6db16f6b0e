"""Makers of picture files, good and bad; all drawn here."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

SAMPLES = Path(__file__).parent / "samples"
# A picture that was held on its side when it was taken; and one with a second view, as phones make.
PHONE, TWO_VIEWS = SAMPLES / "phone.heic", SAMPLES / "two-views.heic"
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
SIZE = (96, 64)


def drawing(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """White, with its upper left quarter red and its lower right quarter blue."""
    image = Image.new("RGB", size, WHITE)
    pen, (width, height) = ImageDraw.Draw(image), size
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    pen.rectangle((width // 2, height // 2, width, height), fill=BLUE)
    return image.convert(mode)


def sent(image: Image.Image, kind: str = "PNG", **options: object) -> io.BytesIO:
    """The picture as a file of that kind, as it comes out of a form."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def from_a_camera(orientation: int = 1) -> Image.Exif:
    """What a camera says of itself and of where it was."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Paper Camera", "Model of ours", orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return exif


def moving(kind: str) -> io.BytesIO:
    return sent(
        drawing(), kind, save_all=True, append_images=[drawing().transpose(Image.Transpose.ROTATE_180)]
    )


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Whether two colours look alike; saving changes them a little."""
    return all(abs(one - other) < 24 for one, other in zip(colour, wanted, strict=True))


def corners(image: Image.Image) -> list[str]:
    """The colours near the corners, from the upper left on clockwise, in words."""
    width, height = image.size
    places = ((4, 4), (width - 5, 4), (width - 5, height - 5), (4, height - 5))
    names = {"red": RED, "blue": BLUE, "white": WHITE}
    pixels = [image.convert("RGB").getpixel(place) for place in places]
    return [
        next((n for n, wanted in names.items() if is_near(pixel, wanted)), str(pixel)) for pixel in pixels
    ]
