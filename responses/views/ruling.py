"""Deciding what notes from paper say: one by one, or all that readers agree on."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Note, Origin, Reading
from responses.readings.agreement import Agreement
from responses.readings.comparing import agreement_in_words, side_by_side
from responses.readings.history import history_of
from responses.readings.queue import standing_of
from responses.readings.ready import accept_ticked, ready_of
from responses.readings.ruling import (
    accept_own_reading,
    accept_reading,
    is_open,
    reject_reading,
    reopen_note,
)
from responses.readings.saying import removes
from responses.ruling_forms import DecisionForm, OwnReadingForm, RulingForm
from responses.views.notes import regions_of

A_PAGE = 20  # notes
NONE_CHOSEN = gettext_lazy("Choose the reading first.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_rule(request: HttpRequest, identifier: str) -> HttpResponse:
    paper = Note.objects.visible_to(request.viewer).run_by(request.viewer).filter(origin=Origin.PAPER)
    note = get_object_or_404(paper.for_showing(), identifier=identifier)
    about = about_note(note, request.viewer)
    forms = forms_of(request, note, about)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        form = forms[act.form]
        if form.is_valid() and done(request, act, note, form):
            return redirect("rulings", note.board.event.slug)
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "responses/ruling.html", about | shown_with(about, forms), status=status)


def about_note(note: Note, viewer: Viewer) -> dict[str, object]:
    """All that is known of the note: its readings side by side, and the pictures of it."""
    history, regions = history_of(note, viewer), regions_of(note, viewer)
    readings = [step.reading for step in history if step.reading]
    for reading in readings:
        reading.note = note
    made = [decision.ruling for step in history for decision in step.decisions]
    pictured = max((region.photo.added_at for region in regions), default=None)
    standing = standing_of(note, readings, made, pictured=pictured)
    return {
        "note": note,
        "board": note.board,
        "history": history,
        "regions": regions,
        "besides": side_by_side(note, history, standing.agreement),
        "agreed": agreement_in_words(standing.agreement),
        "chosen": first_choice(readings, standing.agreement),
        "is_open": is_open(note),
        "section": "events",
    }


def first_choice(readings: list[Reading], agreement: Agreement) -> int | None:
    """The number of the reading that is chosen at first: what was offered last, or what most say.

    Where readers do not agree none is, so that nobody accepts one by just pressing the button.
    """
    offered = [one for one in readings if one.witness == Reading.Witness.AUTHOR and one.is_held]
    if offered:
        return offered[-1].number
    return agreement.best.number if agreement.best and agreement.is_ready else None


def forms_of(request: HttpRequest, note: Note, about: dict) -> dict[str, DecisionForm]:
    """Both forms of the page; the one that was sent carries what was typed."""
    sent = ACTS[act].form if (act := request.POST.get("act", "")) in ACTS else ""
    typed = {name: request.POST if name == sent else None for name in ("ruling", "own")}
    numbers = [beside.step.reading.number for beside in about["besides"]]
    first = {"reading": about["chosen"]}
    return {
        "ruling": RulingForm(note, numbers, typed["ruling"], initial=first),
        "own": OwnReadingForm(note, typed["own"], auto_id="own_%s"),
    }


def shown_with(about: dict, forms: dict[str, DecisionForm]) -> dict[str, object]:
    """The forms, with each reading beside its radio button."""
    return {**forms, "rows": list(zip(forms["ruling"]["reading"], about["besides"], strict=True))}


def done(request: HttpRequest, act: "Act", note: Note, form: DecisionForm) -> bool:
    """Carry out an act; a refusal is shown on its form."""
    try:
        messages.success(request, act.do(note, form, request.viewer))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def reading_of(note: Note, form: DecisionForm) -> Reading:
    reading = note.readings.filter(number=form.cleaned_data["reading"] or None).first()
    if reading is None:
        raise Refused(NONE_CHOSEN)
    reading.note = note
    return reading


def accept(note: Note, form: DecisionForm, by: Viewer) -> str:
    reading, typed = reading_of(note, form), form.cleaned_data
    accept_reading(reading, by=by, why=typed["why"], mark=typed["mark"], seen=typed["seen"])
    return _("%(label)s says what reading %(number)s says.%(still_pictured)s") % {
        "label": note.label,
        "number": reading.number,
        "still_pictured": still_pictured(note, reading.text),
    }


def reject(note: Note, form: DecisionForm, by: Viewer) -> str:
    reading = reading_of(note, form)
    reject_reading(reading, form.cleaned_data["why"], by=by, seen=form.cleaned_data["seen"])
    return _("Reading %(number)s of %(label)s is rejected. Everybody sees why, and nobody its words.") % {
        "number": reading.number,
        "label": note.label,
    }


def reopen(note: Note, form: DecisionForm, by: Viewer) -> str:
    reopen_note(note, form.cleaned_data["why"], by=by, seen=form.cleaned_data["seen"])
    return _("%(label)s is open again: it waits for readers.") % {"label": note.label}


def accept_own(note: Note, form: DecisionForm, by: Viewer) -> str:
    typed = {name: form.cleaned_data[name] for name in ("mark", "why", "seen")}
    ruling = accept_own_reading(note, form.cleaned_data["markup"], by=by, **typed)
    return _("%(label)s says what you read.%(still_pictured)s") % {
        "label": note.label,
        "still_pictured": still_pictured(note, ruling.reading.text),
    }


def still_pictured(note: Note, words: str) -> str:
    """A warning where something was taken out of the words that a photograph may still show."""
    if removes(words) and note.regions.uncovered().exists():
        return _(" A photograph still shows what you took out: cover it there too.")
    return ""


class Act(NamedTuple):
    """Which form of the page an act is on, and what does it."""

    form: str
    do: Callable[[Note, DecisionForm, Viewer], str]


ACTS = {
    "accept": Act("ruling", accept),
    "reject": Act("ruling", reject),
    "reopen": Act("ruling", reopen),
    "own": Act("own", accept_own),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rulings(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything of an event that is ready for a ruling."""
    event = get_object_or_404(Event.objects.run_by(request.viewer), slug=slug)
    if request.method == "POST":
        say_what_came_of_it(request, event)
        return redirect("rulings", event.slug)
    ready = ready_of(event, request.viewer)
    context = {
        "section": "events",
        "event": event,
        "page": Paginator(ready, A_PAGE).get_page(request.GET.get("page")),
        "all_ticked": request.GET.get("ticked") == "all",
    }
    return render(request, "responses/rulings.html", context)


def say_what_came_of_it(request: HttpRequest, event: Event) -> None:
    ticked = request.POST.getlist("ticked")[:A_PAGE]
    result = accept_ticked(event, ticked, by=request.viewer)
    if result.labels:
        messages.success(request, _("Accepted: %(labels)s.") % {"labels": ", ".join(result.labels)})
    for refusal in result.refusals:
        messages.error(request, refusal)
    if not ticked:
        messages.error(request, _("Nothing was ticked, so nothing was accepted."))
