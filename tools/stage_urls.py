"""The site's own addresses, and one for each page of errors that nothing else would lead to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from coproduce.urls import urlpatterns as site

ERRORS = (400, 403, 404, 410, 413, 429, 500)


@login_not_required
def error(request: HttpRequest, status: int) -> HttpResponse:
    """Error 500 is shown as Django shows it, without the request."""
    shown = None if status == 500 else request
    return HttpResponse(render_to_string(f"{status}.html", request=shown), status=status)


urlpatterns = [*site, path("stage/errors/<int:status>/", error, name="error")]
