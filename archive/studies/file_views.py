"""The files of a study, for those who work in it."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from archive.models import Study
from archive.rights import sees_research
from archive.studies.files import notes_of, write_codebook, write_project
from archive.studies.views import only_for_them, study_or_404
from archive.take.answering import IN_MEMORY
from archive.take.jobs import log_taken
from archive.take.snapshot import one_snapshot


@require_safe
@only_for_them
def study_project(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """With words that are free for research alone where they are a researcher who accepted the terms."""
    study, viewer = study_or_404(request, identifier), request.viewer
    restricted = sees_research(viewer)
    with one_snapshot() as moment:
        number = notes_of(study, viewer).filter(consent__research=True, consent__public=False).count()
        answer = whole(study, write_project(study, viewer, sees_all=restricted), ".qdpx", "application/zip")
    if restricted and number:
        log_taken("qdpx", f"study {study.identifier}", number, by=viewer)
    answer["X-Data-Version"] = moment.data_version
    return answer


@require_safe
@only_for_them
def study_codebook(request: HttpRequest, identifier: str) -> HttpResponseBase:
    study = study_or_404(request, identifier)
    return whole(study, write_codebook(study, request.viewer), ".qdc", "application/xml")


def whole(study: Study, pieces: Iterator[bytes], suffix: str, kind: str) -> HttpResponseBase:
    """A file that is complete before its first byte is sent."""
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the answer closes it
    for piece in pieces:
        file.write(piece)
    file.seek(0)
    name = f"{slugify(study.name)[:60] or 'study'}{suffix}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
