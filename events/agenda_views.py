"""The parts of the day, for those who facilitate the event."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.agenda import add_item, edit_item, remove_item
from events.forms import ItemForm, PlacedItemForm
from events.models import AgendaItem, Event
from people.refusals import Refused


def event_run(request: HttpRequest, slug: str) -> Event:
    events = Event.objects.visible_to(request.viewer).run_by(request.viewer)
    return get_object_or_404(events, slug=slug)


def event_led(request: HttpRequest, slug: str) -> Event:
    events = Event.objects.visible_to(request.viewer).facilitated_by(request.viewer)
    return get_object_or_404(events, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of the day in their order, and a form for one more."""
    event = event_led(request, slug)
    form = ItemForm(request.viewer, request.POST or None)
    if form.is_valid():
        try:
            item = add_item(event, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("“%(item)s” is part of the day.") % {"item": item})
            return redirect("agenda", slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "items": event.agenda.with_leads(), "form": form}
    context["runs_it"] = event.is_run_by(request.viewer)
    return render(request, "events/agenda.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one part of the day, or take it out."""
    event = event_led(request, slug)
    item = get_object_or_404(event.agenda, pk=number)
    known = known_of(item)
    form = PlacedItemForm(request.viewer, request.POST or None, initial=known)
    try:
        if request.POST.get("act") == "remove":
            remove_item(item, by=request.viewer)
            messages.success(request, _("“%(item)s” is no part of the day any more.") % {"item": item})
            return redirect("agenda", slug)
        if form.is_valid():
            edit_item(item, by=request.viewer, **form.cleaned_data)
            return redirect("agenda", slug)
    except Refused as refusal:
        form = PlacedItemForm(request.viewer, known)
        form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "item": item, "form": form}
    return render(request, "events/agenda_item.html", context, status=422 if form.errors else 200)


def known_of(item: AgendaItem) -> dict[str, object]:
    """What is on record of a part of the day, by the names of the form's fields."""
    names = ("time", "title", "about", "led_by", "position")
    leads = list(item.leads.values_list("pk", flat=True))
    return {name: getattr(item, name) for name in names} | {"leads": leads}
