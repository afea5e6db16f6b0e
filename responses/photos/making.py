"""Photographs made ready in the background: their sizes, their tiles, and what is covered on them.

Each task may run twice, beside another of its kind, and may end anywhere. Files are made first;
then a short transaction sees whether the photograph is still the one they were made for, and says
that they are there. What was made in vain is removed.
"""

from django.db import transaction
from django.tasks import TaskContext, task
from django.utils.translation import gettext_lazy

from coproduce.images import photographs
from coproduce.images.keeping import remove
from coproduce.images.making import NotAPicture
from coproduce.images.sizes import PhotographFiles, Pixels
from coproduce.work import has_given_up
from responses.models import Photo

# What must not be seen goes before what is not there yet, and that before looking closely.
FIRST, LAST = 20, -20
NOT_MADE = gettext_lazy(
    "Something went wrong while it was made ready. Try once more, or send the photograph again."
)
NOT_COVERED = gettext_lazy(
    "Something went wrong while parts of it were covered. Try once more, or take it down."
)


def ask_to_make(photo: Photo) -> None:
    """Have the files of a photograph made once the caller's transaction is committed."""
    make_ready.enqueue(photo.pk)


def ask_to_cover(photo: Photo) -> None:
    """Have what is in `photo.covers` covered for good once the caller's transaction is committed.

    On a photograph that is not made ready yet, that is done as soon as it is.
    """
    cover.enqueue(photo.pk)


@task(takes_context=True)
def make_ready(context: TaskContext, pk: int) -> None:
    """Makes the whole photograph and its sizes, unless it is made already."""
    photo = Photo.objects.standing().filter(pk=pk).exclude(making=Photo.Making.MADE).first()
    if photo and has_given_up(context):
        say_failed(photo, NOT_MADE)
    elif photo:
        try:
            size = photographs.finish(photo.files)
        except NotAPicture as sentence:
            say_failed(photo, str(sentence))
        except FileNotFoundError as missing:
            refuse_to_miss(photo, missing)
        else:
            say_made(photo, size)


@task(takes_context=True, priority=FIRST)
def cover(context: TaskContext, pk: int) -> None:
    """Covers what is to be covered in every file, the original too; the former files are deleted."""
    to_cover = Photo.objects.made().exclude(covers=[]).filter(pk=pk)
    if has_given_up(context):
        for photo in to_cover:
            say_failed(photo, NOT_COVERED)
    # More may be asked for while the first is being covered.
    while photo := to_cover.first():
        try:
            files = photographs.covered(photo.files, photo.covers)
        except FileNotFoundError as missing:
            refuse_to_miss(photo, missing)
        else:
            say_covered(photo, files)


@task(takes_context=True, priority=LAST)
def make_zoom(context: TaskContext, pk: int) -> None:
    """Makes the tiles for looking closely; `zoom` says how far that is. Without them nothing is lost."""
    photo = Photo.objects.made().filter(pk=pk).first()
    if not photo or has_given_up(context):
        return
    row = Photo.objects.filter(pk=pk, files=photo.files)
    try:
        # The last hundredth is that they are in their place.
        photographs.add_tiles(photo.files, lambda done: row.update(zoom=min(done, 99)))
    except FileNotFoundError as missing:
        refuse_to_miss(photo, missing)
    row.update(zoom=100)


@task(priority=FIRST)
def forget_files(folder: str) -> None:
    """Deletes the files that were replaced by covered ones."""
    remove(folder)


@transaction.atomic
def say_made(photo: Photo, size: Pixels) -> None:
    if now := still(photo):
        now.making, now.trouble, (now.width, now.height) = Photo.Making.MADE, "", size
        now.save(update_fields=["making", "trouble", "width", "height"])
        (cover if now.covers else make_zoom).enqueue(now.pk)


@transaction.atomic
def say_failed(photo: Photo, sentence: str) -> None:
    if now := still(photo):
        now.making, now.trouble = Photo.Making.FAILED, sentence[:300]
        now.save(update_fields=["making", "trouble"])


def say_covered(photo: Photo, files: PhotographFiles) -> None:
    """Gives the photograph the files on which what `photo.covers` says is covered."""
    with transaction.atomic():
        if now := still(photo):
            # As a task, since a process killed after the commit must not leave uncovered pixels behind.
            forget_files.enqueue(now.files)
            now.files, now.zoom, now.digest = files.folder, 0, ""
            now.covers = now.covers[len(photo.covers) :]  # what came later stands behind
            now.save(update_fields=["files", "zoom", "digest", "covers"])
            make_zoom.enqueue(now.pk)
    if not now:
        remove(files.folder)


def still(photo: Photo) -> Photo | None:
    """The photograph as it is now, with its row lock; None if it is gone or has other files."""
    return Photo.objects.standing().select_for_update().filter(pk=photo.pk, files=photo.files).first()


def refuse_to_miss(photo: Photo, missing: FileNotFoundError) -> None:
    """Raises `missing` again, unless the files went away with good reason."""
    if Photo.objects.standing().filter(pk=photo.pk, files=photo.files).exists():
        raise missing
