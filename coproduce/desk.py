"""The organisers' desk: what they run and what in it needs them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduce.front import events_run_by


def desk(request: HttpRequest) -> HttpResponse:
    if not request.viewer.may_organise:
        raise PermissionDenied(
            "The desk is for organisers. If you organise events here, ask a steward to say so."
        )
    runs = events_run_by(request.viewer)
    needing = sum(run.needing for run in runs)
    return render(request, "desk.html", {"section": "desk", "runs": runs, "needing": needing})
