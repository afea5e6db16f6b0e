"""The ledger of promises."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outcomes.models import Promise


@login_not_required
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise, those that flatter least first."""
    found = Promise.objects.visible_to(request.viewer).with_parts().unflattering_first()
    return render(request, "outcomes/ledger.html", {"section": "events", "promises": found})
