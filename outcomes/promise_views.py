"""One promise: its page, saying what became of it, taking it down; and putting one on the ledger by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from outcomes.models import Promise
from outcomes.promise_forms import PromiseForm, TakeDownForm, UpdateForm
from outcomes.promises import make_promise, may_answer_for, take_down_promise, update_promise
from people.models import Organisation
from people.refusals import Refused


@login_not_required
@require_safe
def promise(request: HttpRequest, identifier: str) -> HttpResponse:
    """What was promised, and everything that was said of it since; 410 once it was taken down."""
    visible = Promise.objects.visible_to(request.viewer).with_parts().select_related("marked_by")
    found = get_object_or_404(visible, identifier=identifier)
    if found.taken_down_at:
        return _gone(request, found)
    context = {
        "section": "outcomes",
        "promise": found,
        "updates": found.updates.select_related("by", "shown_at"),
        "may_update": found.is_run_by(request.viewer),
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "outcomes/promise.html", context)


def _gone(request: HttpRequest, found: Promise) -> HttpResponse:
    context = {
        "what": _("The promise that stood here"),
        "when": found.taken_down_at,
        "why": _("That it was given stays on the ledger. Why it was taken down: %(taken_down_why)s")
        % {"taken_down_why": found.taken_down_why},
        "onward": reverse("promises"),
        "onward_text": _("The ledger of promises"),
    }
    return render(request, "410.html", context, status=410)


@require_http_methods(["GET", "HEAD", "POST"])
def promise_update(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say what became of a promise; stewards may take it down here."""
    mine = Promise.objects.visible_to(request.viewer).run_by(request.viewer).on_the_ledger()
    found = get_object_or_404(mine.with_parts(), identifier=identifier)
    takes_down = request.POST.get("act") == "take_down"
    if takes_down and not request.viewer.is_steward:
        raise Http404
    form = UpdateForm(found, None if takes_down else request.POST or None)
    ending = TakeDownForm(request.POST if takes_down else None)
    pressed = ending if takes_down else form
    if pressed.is_valid() and _done(request, found, pressed):
        return redirect("promises" if takes_down else found)
    context = {"section": "outcomes", "promise": found, "form": form, "ending": ending}
    return render(request, "outcomes/promise_update.html", context, status=422 if pressed.errors else 200)


def _done(request: HttpRequest, found: Promise, form: Form) -> bool:
    """Carry out a valid form; a refusal is shown on it."""
    try:
        if isinstance(form, TakeDownForm):
            take_down_promise(found, form.cleaned_data["why"], by=request.viewer)
            messages.success(
                request, _("It is taken down. The ledger says that it was given, and why it is gone.")
            )
        else:
            update_promise(found, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("It is on the ledger, for everybody to read."))
    except Refused as refused:
        form.add_error(None, str(refused))
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
def event_promise_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a promise that was given at an event on the ledger, by hand."""
    mine = Event.objects.visible_to(request.viewer).run_by(request.viewer)
    event = get_object_or_404(mine, slug=slug)
    bodies = Organisation.objects.visible_to(request.viewer).order_by("name")
    form = PromiseForm(bodies, may_answer_for(event, request.viewer), request.POST or None)
    if form.is_valid():
        try:
            made = make_promise(event, form.cleaned_data["text"], by=request.viewer, **form.facts())
            messages.success(request, _("It is on the ledger. Say here what becomes of it."))
            return redirect(made)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"section": "events", "event": event, "form": form}
    return render(request, "outcomes/promise_new.html", context, status=422 if form.errors else 200)
