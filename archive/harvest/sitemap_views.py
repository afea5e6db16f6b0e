"""Where robots look first: what they are asked to leave, and where every page is listed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive.harvest.robots import robots
from archive.harvest.sitemap import is_part, write_index, write_part
from coproduce.replica import reads_from_replica

XML = "application/xml; charset=utf-8"


@login_not_required
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    return _fresh(HttpResponse(robots(), content_type="text/plain; charset=utf-8"))


@login_not_required
@require_safe
@reads_from_replica
def sitemap(request: HttpRequest) -> HttpResponse:
    return _fresh(HttpResponse(write_index(), content_type=XML))


@login_not_required
@require_safe
@reads_from_replica
def sitemap_part(request: HttpRequest, name: str, number: int) -> HttpResponseBase:
    if not is_part(name, number):
        raise Http404("There is no such part.")
    return _fresh(StreamingHttpResponse(write_part(name, number), content_type=XML))


def _fresh(response: HttpResponseBase) -> HttpResponseBase:
    """The same for everybody, and asked for again each time: what is withdrawn is in no copy for long."""
    response["Cache-Control"] = "no-cache"
    return response
