"""The notes of an event by what came of them, and what organisers do with those that wait."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods

from events.models import Event
from outcomes.declining import decline_notes, undo_declining
from outcomes.models import Declined
from outcomes.picking import picked_notes
from outcomes.statement_forms import AddForm, DeclineForm, FindForm
from outcomes.statements import cite_notes
from outcomes.waiting import found_in
from people.refusals import Refused
from responses.models import Note

NOT_FOR_YOU = gettext_lazy("Only those who run this event answer its notes.")
NONE_PICKED = gettext_lazy("Tick at least one note first.")
Forms = dict[str, Form]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_waiting(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug)
    runs_it = event.is_run_by(request.viewer)
    if request.method == "POST" and not runs_it:
        raise PermissionDenied(NOT_FOR_YOU)
    forms = forms_for(request, event) if runs_it else {}
    if (act := ACTS.get(request.POST.get("act", ""))) and (answer := act(request, event, forms)):
        return answer
    find = FindForm(event, request.viewer, request.GET)
    found = found_in(
        event, request.viewer, find.asked(request.GET.get("filter", "")), request.GET.get("page", "1")
    )
    context = {
        "section": "events", "event": event, "runs_it": runs_it, "find": find, "found": found, "forms": forms,
        "picked": request.POST.getlist("pick"), "wrong": next((f for f in forms.values() if f.errors), None),
    }  # fmt: skip
    return render(request, "outcomes/waiting.html", context, status=422 if context["wrong"] else 200)


def forms_for(request: HttpRequest, event: Event) -> Forms:
    act = request.POST.get("act")
    return {
        "heard": Form(request.POST if act == "heard" else None),
        "add": AddForm(event, request.POST if act == "add" else None),
        "decline": DeclineForm(request.POST if act == "decline" else None),
    }


def hear(request: HttpRequest, event: Event, forms: Forms) -> HttpResponse | None:
    """On to a new statement, with the notes that were ticked."""
    if picks_for(request, event, forms["heard"]) is None:
        return None
    picks = urlencode([("pick", value) for value in request.POST.getlist("pick")])
    return redirect(f"{reverse('statement_new', args=[event.slug])}?{picks}")


def add(request: HttpRequest, event: Event, forms: Forms) -> HttpResponse | None:
    form = forms["add"]
    notes = picks_for(request, event, form)
    if notes is None:
        return None
    statement = form.cleaned_data["statement"]
    return done(
        request, form, lambda: cite_notes(statement, notes, by=request.viewer),
        ngettext_lazy("%(number)s note is cited now.", "%(number)s notes are cited now.", "number"),
        _("They were cited there already."),
    )  # fmt: skip


def decline(request: HttpRequest, event: Event, forms: Forms) -> HttpResponse | None:
    form = forms["decline"]
    notes = picks_for(request, event, form)
    if notes is None:
        return None
    why = form.cleaned_data["why"]
    return done(
        request, form, lambda: decline_notes(notes, why, by=request.viewer),
        ngettext_lazy(
            "%(number)s note is declined. Your reason stands beside each.",
            "%(number)s notes are declined. Your reason stands beside each.",
            "number",
        ),
        _("They were declined before."),
    )  # fmt: skip


def undo(request: HttpRequest, event: Event, forms: Forms) -> HttpResponse:
    rows = Declined.objects.visible_to(request.viewer).filter(note__board__event=event)
    number = request.POST.get("declined", "")[:18]
    declined = get_object_or_404(rows, pk=int(number) if number.isascii() and number.isdigit() else 0)
    undo_declining(declined, by=request.viewer)
    messages.success(request, _("Taken back. The reason it was declined with is no longer shown."))
    return redirect(request.get_full_path())


def picks_for(request: HttpRequest, event: Event, form: Form) -> list[Note] | None:
    """The notes that were ticked; None where `form` does not hold, with what is wrong said on it."""
    notes = picked_notes(event, request.viewer, request.POST.getlist("pick"))
    if form.is_valid() and not notes:
        form.add_error(None, NONE_PICKED)
    return None if form.errors else notes


def done(
    request: HttpRequest, form: Form, act: Callable[[], int], said: str, nothing_new: str
) -> HttpResponse | None:
    """Carry out what counts notes, and come back to the page; a refusal is shown on `form`."""
    try:
        number = act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said % {"number": number} if number else nothing_new)
    return redirect(request.get_full_path())


ACTS = {"heard": hear, "add": add, "decline": decline, "undo": undo}
