"""The archive's front page, and the files of each event."""

from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from archive.columns import COLUMNS
from archive.exports import to_csv, to_excel, to_jsonl
from archive.holdings import holdings, withdrawn_notes
from archive.rows import Export, Row
from archive.search.facets import facets_of
from archive.search.query import Query
from archive.take.jobs import log_taken
from coproduce.replica import reads_from_replica
from events.models import Event
from responses.tallies import Tally

CSV = "text/csv; charset=utf-8; header=present"
BROWSE = ("set", "event", "year", "place", "tag")  # the facets that the archive's front page leads into
Writer = Callable[[Iterable[Row]], Iterator[bytes]]


@login_not_required
@require_safe
@reads_from_replica
def archive(request: HttpRequest) -> HttpResponseBase:
    """The way into the archive: a search, its numbers, what it can be browsed by, and its files."""
    query = Query()
    facets = facets_of(query, request.viewer)
    shown = {
        "query": query,
        "whole": Tally(marks=facets.marks, withdrawn=withdrawn_notes(request.viewer)),
        "browse": [facets.by_name[name] for name in BROWSE],
        "page": holdings(request.viewer, request.GET.get("page", 1)),
        "columns": COLUMNS,
        "section": "archive",
    }
    return render(request, "archive/archive.html", shown)


@login_not_required
@require_safe
@reads_from_replica
def notes_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _file(request, slug, "csv", to_csv, CSV, "notes.csv")


@login_not_required
@require_safe
@reads_from_replica
def notes_excel(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _file(request, slug, "spreadsheet", to_excel, CSV, "notes-for-spreadsheets.csv")


@login_not_required
@require_safe
@reads_from_replica
def notes_jsonl(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _file(request, slug, "jsonl", to_jsonl, "application/jsonl; charset=utf-8", "notes.jsonl")


def _file(
    request: HttpRequest, slug: str, form: str, write: Writer, kind: str, name: str
) -> HttpResponseBase:
    """The notes of one event as an attachment, written while it is sent."""
    event = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug)
    export = Export(event, request.viewer)
    etag = export.etag()
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _checked(request, HttpResponseNotModified(), etag)
    if export.sees_all:
        log_taken(form, f"event={event.slug}", export.number, by=request.viewer)
    response = StreamingHttpResponse(write(export.rows()), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-{name}"'
    response["X-Withdrawn"] = str(export.withdrawn)
    return _checked(request, response, etag)


def _checked(request: HttpRequest, response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Whatever a browser or cache kept, it asks again: a withdrawal holds from the next request on."""
    response["ETag"] = etag
    if request.viewer.is_anybody:
        patch_cache_control(response, no_cache=True)
    return response
