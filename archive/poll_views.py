"""A poll as a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from archive.exports import to_excel
from archive.polls import NAMES, PollExport
from responses.models import Poll


@login_not_required
@require_safe
def poll_csv(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """The poll for a spreadsheet, which cannot take any cell for a formula."""
    export = export_seen(request, event, slug)
    content = b"".join(to_excel(export.rows(), NAMES))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    return attached(request, response, export, "csv")


@login_not_required
@require_safe
def poll_json(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """The poll to the letter."""
    export = export_seen(request, event, slug)
    response = JsonResponse(export.whole(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return attached(request, response, export, "json")


def export_seen(request: HttpRequest, event: str, slug: str) -> PollExport:
    polls = Poll.objects.visible_to(request.viewer).select_related("event")
    return PollExport(get_object_or_404(polls, event__slug=event, slug=slug), request.viewer)


def attached(request: HttpRequest, response: HttpResponse, export: PollExport, ending: str) -> HttpResponse:
    """Whatever a browser or cache kept, it asks again: a withdrawal holds from the next request on."""
    poll = export.poll
    name = f"{poll.event.slug}-{poll.slug}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Withdrawn"] = str(export.results.withdrawn)
    if request.viewer.is_anybody:
        patch_cache_control(response, no_cache=True)
    return response
