"""The front page, the pages about the site, and what is shown when something goes wrong."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from coproduce import request_ids
from coproduce.context import THEMES
from coproduce.cookies import cookies
from coproduce.front import latest_record, open_boards, wall_of
from coproduce.languages import is_spoken
from coproduce.mail import shown_mail as kept_mail
from journal.models import Post
from outcomes.contested import most_contested
from outcomes.models import Promise

# What no one typed, or should not see typed.
UNSHOWN = {"csrfmiddlewaretoken", "key", "next", "shown", "asked", "digest", "act", "state"}
BACK_IN = 5  # seconds, after which it is worth trying again
YEAR = 365 * 24 * 3600  # seconds


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """What this is in one sentence, the latest record, the series, and the ways in."""
    viewer = request.viewer
    event = latest_record(viewer)
    context = {
        "event": event,
        "wall": wall_of(event, viewer) if event else None,
        "open_boards": open_boards(viewer)[:3],
        "contested": most_contested(viewer, most=3),
        "promises": Promise.objects.visible_to(viewer).with_parts().unflattering_first()[:3],
        "posts": Post.objects.visible_to(viewer).with_authors().newest_first()[:3],
    }
    return render(request, "front.html", context)


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"cookies": cookies(), "controller": settings.CONTROLLER})


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/components.html")


@login_not_required
@require_GET
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the colours a reader chose, and go back to the page they were on.

    Only a cookie changes. A form with a token would set a cookie on every page that has
    this choice, and pages for everyone could not be kept by a cache.
    """
    chosen = request.GET.get("theme", "")
    return keep_choice(request, "theme", chosen if chosen in THEMES else "")


@login_not_required
@require_GET
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language a reader chose, like their colours; none is what their browser asks for."""
    chosen = request.GET.get("language", "")
    return keep_choice(request, settings.LANGUAGE_COOKIE_NAME, chosen if is_spoken(chosen) else "")


def keep_choice(request: HttpRequest, cookie: str, chosen: str) -> HttpResponse:
    """Back to the page a reader was on, with what they chose in a cookie, or without it."""
    onward = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure())
    # Not `redirect`: that takes words without a slash for the name of a view.
    response = HttpResponseRedirect(onward if safe and onward.startswith("/") else "/")
    if chosen:
        closed = {"samesite": "Lax", "secure": not settings.DEBUG, "httponly": True}
        response.set_cookie(cookie, chosen, max_age=YEAR, **closed)
    else:
        response.delete_cookie(cookie)
    return response


@login_not_required
def shown_mail(request: HttpRequest) -> HttpResponse:
    """The mail a development site would have sent; nowhere else."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "pages/mail.html", {"messages_shown": kept_mail()})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form that came too late or from elsewhere: say so, and give back what was typed."""
    return render(request, "403_csrf.html", {"typed": typed_in(request)}, status=403)


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody typed into a form that could not be taken, to be given back to them."""
    return [
        (name.replace("_", " "), text)
        for name, text in request.POST.items()
        if name not in UNSHOWN and "password" not in name and text.strip()
    ]


def broken(request: HttpRequest) -> HttpResponse:
    """An answer that failed: 503 with what was typed while the database is away, and else 500."""
    if not isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return HttpResponseServerError(get_template("500.html").render({"number": request_ids.current()}))
    said = get_template("503.html").render({"typed": typed_in(request), "path": request.get_full_path()})
    return HttpResponse(said, status=503, headers={"Retry-After": str(BACK_IN)})
