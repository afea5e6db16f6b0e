"""A new event made like another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.planning_forms import CopyForm
from events.planning_views import event_run
from people.refusals import Refused
from responses.copying import copy_with_boards


@require_http_methods(["GET", "HEAD", "POST"])
def event_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the new one is called and when it is, and make it."""
    event = event_run(request, slug)
    form = CopyForm(request.POST or None, initial={"name": event.name})
    if form.is_valid():
        try:
            copied = copy_with_boards(event, by=request.viewer, **form.cleaned_data)
            messages.success(
                request,
                _("“%(copied)s” is planned. So far only those who run it see it.") % {"copied": copied},
            )
            return redirect("event_state", copied.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "form": form}
    return render(request, "events/copy.html", context, status=422 if form.errors else 200)
