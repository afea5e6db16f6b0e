"""Middleware that refuses what no page should have to think about."""

from collections.abc import Callable

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from events.models import Event

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
UTF_8 = {"utf-8", "utf8"}
# A picture of 12 MB with the rest of its form; a transcript, the other large thing, has 2 MB.
MOST_BYTES = 13_000_000
# Several photographs at once, where a browser without JavaScript sends them in one go.
MOST_AT_ONCE = 61_000_000
TAKES_SEVERAL = ("/photos/add/", "/write/photo/")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def keep_to_this_site(get_response: Handler) -> Handler:
    """No other site may load what is answered, unless its view says so; refusals included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def refuse_bad_requests(get_response: Handler) -> Handler:
    """Refuse addresses PostgreSQL cannot hold, other encodings, and other sites' forms.

    A NUL character in an address is a 400 rather than an error of the database. Django decodes
    what is sent with any codec Python knows; every browser sends UTF-8 to pages in UTF-8.
    Sec-Fetch-Site stands behind the CSRF token (Django 6.1 does not look at it).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "") or nul_in_cookies(request):
            raise BadRequest("The address or a cookie holds a NUL character.")
        if (request.encoding or "utf-8").lower() not in UTF_8:
            raise BadRequest("Only UTF-8 is understood here.")
        from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
        if from_elsewhere and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This form was sent from another website."))
        return get_response(request)

    return middleware


def nul_in_cookies(request: HttpRequest) -> bool:
    """Whether a cookie, unquoted, would be asked of the database and refused there."""
    return any("\0" in value for value in request.COOKIES.values())


def refuse_too_much(get_response: Handler) -> Handler:
    """Refuse what is too long before anything is read of it; it stands where the viewer is known."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if length_of(request) <= most_bytes(request) else too_large()

    return middleware


def most_bytes(request: HttpRequest) -> int:
    """How much may be sent: several photographs only by whoever runs an event, and only to their pages."""
    if not request.path_info.endswith(TAKES_SEVERAL) or length_of(request) <= MOST_BYTES:
        return MOST_BYTES
    return MOST_AT_ONCE if Event.objects.transcribed_by(request.viewer).exists() else MOST_BYTES


def length_of(request: HttpRequest) -> int:
    """How many bytes are sent with the request, by what it says; a body that says nothing is not read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said[:16]) if said.isascii() and said.isdigit() else 0


def too_large() -> HttpResponse:
    """Answered before anything is read of it."""
    return HttpResponse(render_to_string("413.html"), status=413)


def keep_private_pages_private(get_response: Handler) -> Handler:
    """No shared cache may keep a page that was made for one viewer.

    What anybody may see is asked for again each time: a withdrawal holds from the next request on.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if request.viewer.is_anybody:
            patch_cache_control(response, no_cache=True)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
