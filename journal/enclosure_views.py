"""What stands beside the words of a text, each at an address of its own: films, files, pictures."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from coproduce import media
from coproduce.images import keeping
from journal.attachments import TYPES
from journal.films import PLAYERS, page_address, player_address
from journal.models import Attachment, Film, Illustration
from people.guests import ANYBODY


@login_not_required
@require_safe
def film(request: HttpRequest, identifier: str) -> HttpResponse:
    """What a film is and says; its player only for whoever asks for it."""
    films = Film.objects.visible_to(request.viewer).select_related("writing__event", "writing__post")
    found = get_object_or_404(films, identifier=identifier)
    plays = request.GET.get("play") == "1"
    policy = settings.SECURE_CSP | {"frame-src": [PLAYERS[Film.Host(found.host)]]} if plays else None
    return csp_override(policy)(_film)(request, found, plays) if policy else _film(request, found, plays)


def _film(request: HttpRequest, film: Film, plays: bool) -> HttpResponse:
    context = {
        "film": film,
        "of": film.writing.of,
        "plays": plays,
        "player": player_address(film),
        "page": page_address(film),
    }
    return render(request, "journal/film.html", context)


@login_not_required
@require_safe
def attachment(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A file to take away, to whoever may see the text it belongs to; 410 once it was withdrawn."""
    found = Attachment.objects.visible_to(request.viewer).filter(identifier=identifier).first()
    if found is None:
        return _attachment_gone(request, identifier)
    path = keeping.original_of(found.folder)
    if path is None:
        raise Http404("There is no such file.")
    is_public = Attachment.objects.visible_to(ANYBODY).filter(pk=found.pk).exists()
    said = {
        "Cache-Control": "no-cache" if is_public else "private, no-store",
        "Content-Disposition": f'attachment; filename="{found.file_name}"',
        "Content-Security-Policy": media.POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(path.read_bytes(), content_type=TYPES[found.kind], headers=said)


def _attachment_gone(request: HttpRequest, identifier: str) -> HttpResponse:
    """410 to whoever could take it before it went; to others it never was."""
    gone = Attachment.objects.once_visible_to(request.viewer).filter(identifier=identifier).first()
    if gone is None:
        raise Http404
    context = {"attachment": gone, "of": gone.writing.of}
    return render(request, "journal/attachment_gone.html", context, status=410)


@login_not_required
@require_safe
def illustration_file(request: HttpRequest, identifier: str, name: str) -> HttpResponseBase:
    """One file of a picture, to whoever may see the picture at this moment."""
    found = get_object_or_404(Illustration.objects.visible_to(request.viewer), identifier=identifier)
    is_public = Illustration.objects.visible_to(ANYBODY).filter(pk=found.pk).exists()
    return media.answer(request, found.files, name, public=is_public)
