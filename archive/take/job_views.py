"""Files that a worker makes: how far each is, where it is fetched, and the page that keeps one's own."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.models import ExportJob
from archive.rights import sees_research
from archive.take.answering import kept_file
from archive.take.forms import form_called
from archive.take.jobs import DAYS, checked, hash_of, until


@never_cache
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """All files one asked for that are kept, the newest first."""
    jobs = [checked(job) for job in ExportJob.objects.visible_to(request.viewer)[:100]]
    shown = [(job, form_called(job.form), until(job)) for job in jobs]
    return render(request, "archive/take/exports.html", {"jobs": shown, "days": DAYS})


@never_cache
@require_safe
def export_job(request: HttpRequest, identifier: str) -> HttpResponse:
    job = _own(request, identifier)
    return _page(request, job, reverse("export_job_file", args=[identifier]))


@never_cache
@require_safe
def export_job_file(request: HttpRequest, identifier: str) -> HttpResponseBase:
    return _file(request, _own(request, identifier), redirect("export_job", identifier))


@login_not_required
@never_cache
@require_safe
def export_at(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever asked without an account: shown once, in the address itself."""
    answer = _page(request, _behind(token), reverse("export_at_file", args=[token]))
    # The address is the key: no page it leads to hears of it.
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@never_cache
@require_safe
def export_at_file(request: HttpRequest, token: str) -> HttpResponseBase:
    return _file(request, _behind(token), redirect("export_at", token))


def _own(request: HttpRequest, identifier: str) -> ExportJob:
    """Restricted ones only as long as the right stands that they were asked for with."""
    job = get_object_or_404(ExportJob.objects.visible_to(request.viewer), identifier=identifier)
    if job.is_restricted and not sees_research(request.viewer):
        raise Http404
    return checked(job)


def _behind(token: str) -> ExportJob:
    return checked(get_object_or_404(ExportJob.objects.with_token(hash_of(token))))


def _page(request: HttpRequest, job: ExportJob, address: str) -> HttpResponse:
    context = {"section": "archive", "job": job, "form": form_called(job.form), "address": address,
               "until": until(job), "days": DAYS, "is_secret": job.person_id is None}  # fmt: skip
    return render(request, "archive/take/job.html", context, status=410 if job.state == "gone" else 200)


def _file(request: HttpRequest, job: ExportJob, page: HttpResponse) -> HttpResponseBase:
    """The file, or its page, which says why there is none."""
    if job.state != ExportJob.State.READY:
        return page
    return kept_file(request, job.file, form_called(job.form), job.sha256, job.data_version)
