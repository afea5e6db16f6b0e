"""The image service of a photograph: what there is of it, and the pieces a viewer asks for."""

from django.conf import settings
from django.urls import reverse

from coproduce.images import keeping
from responses.models import Photo

ALL_ZOOM = 100  # per cent


def identity_of(photo: Photo) -> str:
    """The address that a region and a size are put behind."""
    return settings.SITE_URL + reverse("iiif_image", args=[photo.identifier]).removesuffix("/info.json")


def image_of(photo: Photo) -> dict[str, object]:
    """The picture as the body of an annotation."""
    largest = photo.renditions.largest
    return {
        "id": f"{identity_of(photo)}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": largest.width,
        "height": largest.height,
        "service": [{"id": identity_of(photo), "type": "ImageService3", "profile": "level0"}],
    }


def info_of(photo: Photo) -> dict[str, object]:
    """What info.json says: tiles when all of them are there, and whole pictures in some sizes before.

    Never both, because OpenSeadragon takes as many sizes as there are levels for those levels.
    """
    largest = photo.renditions.largest
    info = keeping.zoom_info(photo.width, photo.height) | {"id": identity_of(photo)}
    info.pop("tiles" if photo.zoom < ALL_ZOOM else "sizes")
    # `full/max` is the largest size: the whole photograph is there in tiles only.
    return info | {"maxWidth": largest.width, "maxHeight": largest.height}


def piece_of(photo: Photo, region: str, size: str) -> bytes:
    """A JPEG of a size or a tile. Raises FileNotFoundError for what info.json does not offer."""
    if region == "full":
        for offered in photo.renditions.sizes:
            is_max = size == "max" and offered == photo.renditions.largest
            if is_max or size == f"{offered.width},{offered.height}":
                return keeping.read(photo.files, f"{offered.name}.jpg")
    return keeping.zoom_file(photo.files, region, size)
