"""Manifests: one photograph, or all of an event, with the notes on them."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse

from archive.editions import Edition
from archive.iiif.annotations import address, canvas_address, pages_of
from archive.iiif.service import identity_of, image_of
from archive.iiif.words import Json
from events.models import Event
from responses.models import Photo

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
TERMS = (
    "Photographs and notes are shown as those on them and those who wrote them agreed. Beyond that no "
    "licence is given unless the page of the event says so. Please try to find no name."
)


def manifest_of_event(edition: Edition) -> Json:
    """All photographs of the event that may be seen; there has to be one."""
    event = edition.event
    identity = site(reverse("iiif_event", args=[event.slug]))
    return _manifest(identity, event.name, edition) | {"summary": _told(event.summary or event.name)}


def manifest_of_photo(edition: Edition) -> Json:
    (photo,) = edition.photos
    homepage = _page(site(photo.get_absolute_url()), str(photo), "text/html")
    manifest = _manifest(address("iiif_photo", photo), str(photo), edition) | {"homepage": [homepage]}
    return manifest | ({"summary": _told(photo.alt)} if photo.alt else {})


def site(path: str) -> str:
    return settings.SITE_URL + path


def _manifest(identity: str, label: str, edition: Edition) -> Json:
    event = edition.event
    return {
        "@context": CONTEXT,
        "id": identity,
        "type": "Manifest",
        "label": _said(label),
        "metadata": [_fact(name, value) for name, value in _facts(event) if value],
        "requiredStatement": _fact("Terms", TERMS),
        "provider": [_provider()],
        "homepage": [_page(site(event.get_absolute_url()), event.name, "text/html")],
        "seeAlso": [_tei(event)],
        "rendering": [_page(site(reverse("notes_csv", args=[event.slug])), "The notes as CSV", "text/csv")],
        "navDate": datetime(*event.first_day.timetuple()[:3], tzinfo=UTC).isoformat(),
        "items": [_canvas(photo, edition) for photo in edition.photos],
    }


def _facts(event: Event) -> tuple[tuple[str, str], ...]:
    return (
        ("Event", event.name),
        ("Date", event.span.words()),
        ("Place", event.place),
        ("Held by", ", ".join(event.held_by)),
        ("Invented", "As a demonstration." if event.is_invented else ""),
    )


def _canvas(photo: Photo, edition: Edition) -> Json:
    canvas, image = canvas_address(photo), image_of(photo)
    painting = {
        "id": f"{canvas}/image",
        "type": "Annotation",
        "motivation": "painting",
        "body": image,
        "target": canvas,
    }
    return {
        "id": canvas,
        "type": "Canvas",
        "label": _said(str(photo)),
        "width": photo.width,
        "height": photo.height,
        "thumbnail": [_thumbnail(photo)],
        "items": [{"id": f"{canvas}/page", "type": "AnnotationPage", "items": [painting]}],
        "annotations": pages_of(photo, edition),
    } | ({"summary": _told(photo.alt)} if photo.alt else {})


def _thumbnail(photo: Photo) -> Json:
    small = photo.renditions.sizes[0]
    address = f"{identity_of(photo)}/full/{small.width},{small.height}/0/default.jpg"
    size = {"width": small.width, "height": small.height}
    return {"id": address, "type": "Image", "format": "image/jpeg"} | size


def _tei(event: Event) -> Json:
    profile = "http://www.tei-c.org/ns/1.0"
    tei = _page(site(reverse("event_tei", args=[event.slug])), "The notes as TEI", "application/tei+xml")
    return tei | {"type": "Dataset", "profile": profile}


def _provider() -> Json:
    home = _page(site("/"), settings.SITE_NAME, "text/html")
    return {"id": site("/"), "type": "Agent", "label": _said(settings.SITE_NAME), "homepage": [home]}


def _page(identity: str, label: str, kind: str) -> Json:
    return {"id": identity, "type": "Text", "label": _said(label), "format": kind}


def _fact(name: str, value: str) -> Json:
    return {"label": _said(name), "value": _told(value)}


def _said(text: str) -> Json:
    return {"en": [text]}


def _told(text: str) -> Json:
    """For summaries and facts, where viewers take for HTML what begins with < and ends with >.

    A space at its end says that it is none (IIIF Presentation 3.0).
    """
    return _said(f"{text} " if text.startswith("<") and text.endswith(">") else text)
