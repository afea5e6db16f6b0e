"""Boxes suggested for the notes on a photograph; nothing is done with them by itself."""

from collections.abc import Iterable
from io import BytesIO

from PIL import Image

from coproduce.images import keeping
from coproduce.images.paper import find_paper, share_in_common
from responses.models import Photo
from responses.photos.regions import MOST, SMALLEST, Box

SAME = 0.3  # with so much in common two boxes are of one note
LOOKED_AT = "medium"


def suggestions(photo: Photo, *, beside: Iterable[Box] = ()) -> list[Box]:
    """Boxes around coloured paper, in reading order; none where one of `beside` is already.

    In pixels of the upright picture. Takes at most a few seconds, and returns none for a
    photograph that is not made ready.
    """
    beside = list(beside)
    try:
        data = keeping.read(photo.files, f"{LOOKED_AT}.jpg")
    except FileNotFoundError:
        return []
    with Image.open(BytesIO(data)) as picture:
        found = find_paper(picture)
        scale = photo.width / picture.width
    boxes = [tuple(round(side * scale) for side in box) for box in found]
    new = [box for box in boxes if not any(share_in_common(box, other) > SAME for other in beside)]
    return [box for box in new if min(box[2:]) >= SMALLEST][:MOST]
