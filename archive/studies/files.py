"""A study as files: a project and a codebook for programs of qualitative analysis."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q, QuerySet

from archive.models import Study
from archive.qda.codes import codebook_of
from archive.qda.project import Plan, project_of
from archive.versions import data_version
from people.guests import ANYBODY, Viewer
from responses.models import Board, Note, Station

TERMS = "Words stand in it where those who wrote them let them be taken away for research."


def notes_of(study: Study, viewer: Viewer) -> QuerySet[Note]:
    """The notes on public walls that the study codes or has memos on, as far as `viewer` may read them."""
    studied = Q(codings__code__study=study) | Q(memos__study=study)
    seen = Note.objects.visible_to(viewer).on_the_wall().filter(board__in=Board.objects.visible_to(ANYBODY))
    # Each once, though several codes are on it.
    return seen.filter(pk__in=Note.objects.filter(studied).order_by().values("pk"))


def write_project(study: Study, viewer: Viewer, *, sees_all: bool = False) -> Iterator[bytes]:
    """Its notes with its codes and memos; with `sees_all` also words that are free for research alone."""
    version = data_version()
    words = f"{study.about}\n\n{TERMS} From {settings.SITE_URL}. Version of the data: {version}".strip()
    return project_of(Plan(study.name, words, version, notes_of(study, viewer), sees_all, study))


def write_codebook(study: Study, viewer: Viewer) -> Iterator[bytes]:
    stations = Station.objects.filter(pk__in=notes_of(study, viewer).order_by().values("station"))
    return codebook_of(stations, study)
