"""Photographs described where they stand in the editor, while whoever writes looks at them."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Model
from django.http import QueryDict

from journal.blocks import Block, named
from journal.models import Writing
from journal.showing import photos_for
from people.guests import Viewer
from responses.models import Photo
from responses.photos.publishing import Said, describe_photo

FIELDS = ("alt", "basis", "basis_note")


def describe_typed(writing: Writing, blocks: Sequence[Block], typed: QueryDict, *, by: Viewer) -> None:
    """Keep what a form says of the photographs in its blocks, where that differs from what is kept.

    Refuses what `describe_photo` refuses. A photograph of an event that `by` does not run stays as it is.
    """
    photos = {photo.identifier: photo for photo in photos_for(writing, by)} if named(blocks, "photo") else {}
    for block, said in _said(blocks, typed):
        photo = photos.get(block["photo"])
        if photo and said != _of(photo) and photo.event.is_run_by(by):
            kept = {name: getattr(photo, name) for name in ("caption", "words_basis", "board", "station")}
            describe_photo(photo, Said(**said, **kept), by=by)


def with_typed(things: Mapping[str, Model], blocks: Sequence[Block], typed: QueryDict) -> None:
    """Lets the photographs say what was typed of them, for a page that comes back with it."""
    for block, said in _said(blocks, typed):
        if isinstance(photo := things.get(block["id"]), Photo):
            for name, value in said.items():
                setattr(photo, name, value)


def _said(blocks: Sequence[Block], typed: QueryDict) -> Iterator[tuple[Block, dict[str, str]]]:
    for block in blocks:
        if block["kind"] == "photo" and f"alt-{block['id']}" in typed:
            said = {name: " ".join(typed.get(f"{name}-{block['id']}", "").split()) for name in FIELDS}
            yield block, said | {"basis": said["basis"] if said["basis"] in Photo.Basis.values else ""}


def _of(photo: Photo) -> dict[str, str]:
    return {name: getattr(photo, name) for name in FIELDS}
