"""Makers of drawings, for tests anywhere."""

import secrets
from pathlib import Path
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coproduce.images import keeping
from coproduce.images.sizes import TYPES, PictureFiles
from events.models import Event
from people.consent import consent_given
from people.guests import Viewer, remember_guest
from responses.drawing import Words, hang, make_drawing
from responses.live.audiences import Audience
from responses.live.messages import batch_since
from responses.models import Drawing, Picture
from responses.room import open_activity

ALT = "Two hands and a loaf."


def hold_drawing(
    event: Event, name: str = "Draw a day", *, opened: bool = True, **settings: object
) -> Drawing:
    drawing = make_drawing(event, by=None, name=name, **settings)
    if opened:
        open_activity(drawing, by=None)
    return Drawing.objects.select_related("event").get(pk=drawing.pk)


def made_files() -> PictureFiles:
    """A folder as the worker leaves it, without the time that takes."""
    files = PictureFiles(secrets.token_hex(16), 96, 64)
    folder = folder_of(files.folder)
    folder.mkdir(parents=True)
    for ending in TYPES:
        (folder / f"small.{ending}").write_bytes(f"a picture as {ending}".encode())
    return files


def folder_of(name: str) -> Path:
    return Path(keeping.root()) / name


def hang_one(
    drawing: Drawing,
    alt: str = ALT,
    *,
    by: Viewer,
    group: str = "",
    expression: str = "",
    public: bool = True,
    key: UUID | None = None,
) -> Picture:
    consent = consent_given(public=public, research=public)
    words = Words(alt, group, expression)
    picture = hang(drawing, made_files(), by=by, key=key or uuid4(), words=words, consent=consent)
    return Picture.objects.for_showing().get(pk=picture.pk)


def come_as(client: Client, viewer: Viewer) -> Client:
    remember_guest(welcomed := HttpResponse(), viewer)
    client.cookies.update(welcomed.cookies)
    return client


def file_of(picture: Picture, name: str = "small.jpg") -> str:
    return reverse("picture_file", args=[picture.identifier, name])


def everything_said(drawing: Drawing) -> str:
    return "".join(batch_since(drawing.pk, 0, audience).body.decode() for audience in Audience)
