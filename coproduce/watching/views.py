"""Pages for machines: /healthz, /readyz and /metrics."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from coproduce.watching import metrics
from coproduce.watching.health import health

NOT_READY = 503
BEARER = "Bearer "


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process lives; nothing else is asked, so that a slow database does not end it."""
    return plain("ok\n")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether it can do its work, with a line for each thing that takes."""
    found = health()
    return plain(str(found), status=200 if found.is_well else NOT_READY)


@login_not_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The numbers, for whoever holds METRICS_TOKEN; for everybody else there is no such page."""
    token = request.headers.get("Authorization", "").removeprefix(BEARER)
    if not settings.METRICS_TOKEN or not constant_time_compare(token, settings.METRICS_TOKEN):
        raise Http404
    return plain(metrics.text(), kind="text/plain; version=0.0.4; charset=utf-8")


def plain(text: str, *, status: int = 200, kind: str = "text/plain; charset=utf-8") -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, status=status, content_type=kind, headers=headers)


FIRST = {"/readyz": readyz, "/metrics": numbers}


def answer_machines_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: whoever watches the process itself knows no host name and speaks no HTTPS with it.

    A stranger who asks for the numbers gets the same page as for any address that is not there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        view = FIRST.get(request.path)
        if view is None:
            return get_response(request)
        request.resolver_match = resolve(request.path)
        try:
            return view(request)
        except Http404:
            return get_response(request)

    return middleware
