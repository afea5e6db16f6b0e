"""Citing one thing: its page with the styles, its files, its links for programs."""

import hashlib
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from archive.cite.bibtex import bibtex_of
from archive.cite.csl import to_csl
from archive.cite.finding import Gone, find
from archive.cite.ris import ris_of
from archive.cite.signposting import LINKSET, MEDIA_TYPES, linkset_of
from archive.cite.styles import STYLES, in_style
from archive.cite.work import Work
from archive.versions import data_version

WRITTEN = {"ris": ris_of, "bib": bibtex_of, "json": lambda work: "".join(to_csl([work]))}


def _or_gone(view):  # noqa: ANN001, ANN202  a view in, a view out
    """Answers 410 where what is cited was withdrawn: what it was and when, and no word of it."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, **kwargs)
        except Gone as gone:
            if gone.instead:
                return redirect("cite", gone.kind, gone.instead)
            response = render(request, "archive/cite/gone.html", {"gone": gone}, status=410)
        response["Cache-Control"] = "no-cache"
        return response

    return answer


@login_not_required
@require_safe
@_or_gone
def cite(request: HttpRequest, kind: str, identifier: str, number: int | None = None) -> HttpResponse:
    """Its citation in four styles: of the version it is at, or of the address that shows the latest."""
    newest = find(kind, identifier)
    work = newest if number is None else find(kind, identifier, number)
    has_versions = bool(work.version_url and work.version)
    of_latest = has_versions and number is None and request.GET.get("address") == "latest"
    cited = work.latest if of_latest else work
    today = localdate()
    context = {
        "section": "archive",
        "work": work,
        "cited": cited,
        "newest": newest if newest.version != work.version else None,
        "has_versions": has_versions,
        "styles": [(name, label, in_style(cited, name, today)) for name, (label, _file) in STYLES.items()],
        "files": [(label, cited.file_address(form)) for form, label in FILES.items()],
    }
    return render(request, "archive/cite/cite.html", context)


FILES = {"ris": gettext_lazy("RIS, for Zotero, EndNote and Mendeley"), "bib": "BibTeX", "json": "CSL-JSON"}


@login_not_required
@require_safe
@_or_gone
def cite_file(request: HttpRequest, kind: str, identifier: str, which: str, form: str) -> HttpResponse:
    """Its citation as a file, at a version or at the address that shows the latest."""
    if form not in WRITTEN:
        raise Http404
    written = WRITTEN[form](_cited(kind, identifier, which)).encode()
    etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
    response = HttpResponse(written, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{identifier}.{form}"'
    response["ETag"], response["X-Data-Version"] = etag, data_version()
    return get_conditional_response(request, etag=etag, response=response)


def _cited(kind: str, identifier: str, which: str) -> Work:
    if which == "latest":
        return find(kind, identifier).latest
    if not which.isdecimal() or len(which) > 6:
        raise Http404
    return find(kind, identifier, int(which))


@login_not_required
@require_safe
@_or_gone
def cite_linkset(request: HttpRequest, kind: str, identifier: str) -> HttpResponse:
    """All its links, as RFC 9264 has them."""
    work = find(kind, identifier)
    return JsonResponse(linkset_of(work), content_type=LINKSET)
