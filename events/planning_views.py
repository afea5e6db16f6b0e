"""Putting events and series on record, changing them, and the steps they go through."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from events.models import Event, Series
from events.planning import edit_event, edit_series, found_series, plan_event
from events.planning_forms import CancelForm, EventForm, PlanForm, ScheduleForm
from events.publishing import (
    cancel_event,
    complete_record,
    publish_event,
    reinstate_event,
    reopen_record,
    schedule_event,
    start_record,
    unschedule_event,
)
from events.running import may_plan, series_run_by
from events.series_forms import PlacesForm, SeriesForm
from people.refusals import Refused

# The steps that need nothing but a press, and what is said when they are done.
STEPS = {
    "publish": (publish_event, gettext_lazy("It is public now.")),
    "unschedule": (unschedule_event, gettext_lazy("It stays a draft until you publish it.")),
    "reinstate": (reinstate_event, gettext_lazy("It takes place again. Those who signed up get a letter.")),
    "start": (start_record, gettext_lazy("It is a record now, in progress: readers see every change.")),
    "complete": (complete_record, gettext_lazy("The record is complete. Corrections stay possible.")),
    "reopen": (reopen_record, gettext_lazy("The record is in progress again.")),
}


def event_run(request: HttpRequest, slug: str) -> Event:
    """The event at this address, if the viewer organises it; else 404."""
    events = Event.objects.visible_to(request.viewer).run_by(request.viewer)
    return get_object_or_404(events, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Plan an event: only its name and date are needed."""
    if not may_plan(request.viewer):
        raise PermissionDenied(_("Only organisers put events on record. Ask a steward to make you one."))
    series = Series.objects.visible_to(request.viewer).filter(slug=request.GET.get("series", "")).first()
    form = PlanForm(request.viewer, request.POST or None, initial={"series": series})
    if form.is_valid():
        try:
            event = plan_event(by=request.viewer, is_named=True, **form.cleaned_data)
            messages.success(
                request, _("“%(event)s” is planned. So far only those who run it see it.") % {"event": event}
            )
            return redirect("event_state", event.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "form": form}
    return render(request, "events/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is known of an event beside its write-up."""
    event = event_run(request, slug)
    form = EventForm(event, request.viewer, request.POST or None)
    if form.is_valid():
        try:
            told = save_event(request, event, form)
            said = _("Kept. The change log says: %(told)s") if told else _("Kept.")
            messages.success(request, said % {"told": told})
            return redirect("event_state", slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "form": form}
    return render(request, "events/edit.html", context, status=422 if form.errors else 200)


def save_event(request: HttpRequest, event: Event, form: EventForm) -> str:
    fields = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    return edit_event(event, by=request.viewer, **fields)


@require_http_methods(["GET", "HEAD", "POST"])
def event_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Where an event stands, what to do next, and the step to take: each says what it does."""
    event = event_run(request, slug)
    act = request.POST.get("act", "")
    schedule = ScheduleForm(request.POST if act == "schedule" else None, initial={"at": event.publish_at})
    cancel = CancelForm(request.POST if act == "cancel" else None)
    refused = ""
    try:
        if said := done(request, event, act, {"schedule": schedule, "cancel": cancel}.get(act)):
            messages.success(request, said)
            return redirect("event_state", slug)
    except Refused as refusal:
        refused = str(refusal)
    status = 422 if refused or schedule.errors or cancel.errors else 200
    forms = {"schedule": schedule, "cancel": cancel, "refused": refused}
    return render(request, "events/state.html", {"section": "events", "event": event} | forms, status=status)


def done(request: HttpRequest, event: Event, act: str, form: Form | None) -> str:
    """Takes the step that was asked for; what to say of it, or nothing where there was none."""
    by = request.viewer
    if act in STEPS:
        step, said = STEPS[act]
        step(event, by=by)
        return said
    if form is None or not form.is_valid():
        return ""
    if act == "schedule":
        schedule_event(event, form.cleaned_data["at"], by=by)
        return _("It becomes public by itself then.")
    cancel_event(event, form.cleaned_data["why"], by=by)
    return _("It is cancelled. Its page stays and says so, and those who signed up get a letter.")


@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: HttpRequest) -> HttpResponse:
    """Put a series on record."""
    if not request.viewer.may_organise:
        raise PermissionDenied(_("Only organisers put series on record. Ask a steward to make you one."))
    form = SeriesForm(request.POST or None)
    if form.is_valid():
        series = found_series(by=request.viewer, **form.cleaned_data)
        messages.success(
            request, _("“%(series)s” is on record. Put its first event in it.") % {"series": series}
        )
        return redirect(series)
    context = {"section": "events", "form": form}
    return render(request, "events/series_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a series is called and about, and in which order its events stand."""
    series = get_object_or_404(series_run_by(request.viewer), slug=slug)
    events = list(series.events.in_order())
    known = {"name": series.name, "summary": series.summary}
    form = PlacesForm(events, request.POST or None, initial=known)
    if form.is_valid():
        name, summary = form.cleaned_data["name"], form.cleaned_data["summary"]
        edit_series(series, by=request.viewer, name=name, summary=summary, order=form.order)
        messages.success(request, _("Kept."))
        return redirect(series)
    context = {"section": "events", "series": series, "form": form}
    return render(request, "events/series_edit.html", context, status=422 if form.errors else 200)
