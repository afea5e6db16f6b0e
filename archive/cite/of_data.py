"""Sets of data as works: a result that was taken away, and the dated releases of the archive."""

import hashlib

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from archive.cite.creators import body
from archive.cite.dates import day_of
from archive.cite.rights import BY_CONSENT, Rights
from archive.cite.work import Work, whole
from archive.models import Release
from archive.versions import data_version
from coproduce.identifiers import from_digest

PER_ROW = Rights(
    BY_CONSENT,
    "Each row says on what consent its words are there. Beyond that no licence is given.",
    "consent, row by row",
)


def dataset(
    title: str, path: str, version: str, *, form: str = "", holder: str = "", about: str = ""
) -> Work:
    """A set of data: `path` finds it again, `version` is that of the data (`archive.versions`)."""
    digest = hashlib.sha256(path.encode()).digest()
    return Work(
        kind="result",
        identifier=from_digest(digest, 10),
        title=title,
        creators=(body(holder or settings.SITE_NAME),),
        issued=version[:10],
        genre=f"set of data{', ' + form if form else ''}",
        url=whole(path),
        rights=PER_ROW,
        abstract=about,
        data_version=version,
    )


def release_work(release: Release) -> Work:
    return Work(
        kind="release",
        creators=(body(settings.SITE_NAME),),
        identifier=str(release.number),
        title=f"The whole public archive, release {release.number}",
        issued=day_of(release.made_at),
        genre="set of data",
        url=whole(_address_of(release)),
        version=release.number,
        rights=PER_ROW,
        data_version=release.data_version or data_version(),
    )


def _address_of(release: Release) -> str:
    try:
        return reverse("release", args=[release.number])
    except NoReverseMatch:
        return reverse("archive")
