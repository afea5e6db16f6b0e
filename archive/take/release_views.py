"""Releases for everybody, and the page on which a steward makes the next one."""

from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.models import ExportJob, Release
from archive.take.answering import kept_file
from archive.take.forms import RELEASE
from archive.take.identifiers_found import by_kind
from archive.take.jobs import ASKED, checked
from archive.take.kept_files import beside
from archive.take.looking_through import flags_in
from archive.take.releases import checked_release, prepare_release, publish_release
from archive.take.tables import TABLES
from people.limits import TooMany, count
from people.refusals import Refused

TITLES = {table.name: table.title for table in TABLES}
MOST = 500  # flagged words on the page; the number of all is said


@login_not_required
@never_cache
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    found = [checked_release(one) for one in Release.objects.visible_to(request.viewer).newest_first()]
    return render(request, "archive/take/releases.html", {"section": "archive", "releases": found})


@login_not_required
@never_cache
@require_safe
def release(request: HttpRequest, number: int) -> HttpResponse:
    found = _release(request, number)
    counts = [(TITLES.get(name, name), n, found.removed.get(name, 0)) for name, n in found.counts.items()]
    context = {
        "section": "archive",
        "release": found,
        "counts": counts,
        "removed": sum(found.removed.values()),
    }
    return render(request, "archive/take/release.html", context)


@login_not_required
@never_cache
@require_safe
def release_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bag, as long as nothing in it was withdrawn; after that the page says so."""
    found = _release(request, number)
    if not found.file:
        return redirect("release", number)
    return kept_file(request, found.file, RELEASE, found.sha256, found.data_version, private=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: HttpRequest) -> HttpResponse:
    """Prepare a snapshot, look through what may tell who somebody is, then let it out."""
    if not request.viewer.is_steward:
        raise Http404
    job = ExportJob.objects.visible_to(request.viewer).filter(form=RELEASE.name).first()
    if request.method == "POST":
        return _act(request, job)
    return _new_page(request, job and checked(job))


def _act(request: HttpRequest, job: ExportJob | None) -> HttpResponse:
    try:
        if request.POST.get("act") == "publish" and job:
            if not request.POST.get("looked"):
                raise Refused(_("Say that you looked through what is listed, or leave the release for now."))
            made = publish_release(job, by=request.viewer)
            messages.success(request, _("Release %(number)s is out.") % {"number": made.number})
            return redirect("release", made.number)
        count((ASKED, request.viewer.key))
        prepare_release(by=request.viewer)
    except (Refused, TooMany) as refusal:
        messages.error(request, str(refusal))
    return redirect("release_new")


def _new_page(request: HttpRequest, job: ExportJob | None) -> HttpResponse:
    is_ready = job is not None and job.state == ExportJob.State.READY
    flags = list(flags_in(beside(job.file))) if is_ready else []
    context = {"section": "desk", "job": job, "flags": list(islice(flags, MOST)), "number": len(flags),
               "kinds": by_kind(flag.kind for flag in flags)}  # fmt: skip
    return render(request, "archive/take/release_new.html", context)


def _release(request: HttpRequest, number: int) -> Release:
    return checked_release(get_object_or_404(Release.objects.visible_to(request.viewer), number=number))
