"""One note: its page for good, and each of its readings."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.identifiers import is_plausible, tidy
from events.reach import reach_in
from people.guests import Viewer
from people.refusals import Refused
from principles.diff import in_words, word_diff
from responses.board import take_down_note
from responses.forms import ReasonForm
from responses.models import Note, Origin, Reading, Region
from responses.names import sees_names
from responses.readings.history import history_of, source_of


@login_not_required
@require_safe
def note(request: HttpRequest, identifier: str) -> HttpResponse:
    if answer := misread(request, identifier):
        return answer
    note = Note.objects.visible_to(request.viewer).for_showing().filter(identifier=identifier).first()
    if note is None:
        return tombstone(request, identifier)
    context = {
        "section": "events",
        "note": note,
        "board": note.board,
        "history": history_of(note, request.viewer),
        "regions": regions_of(note, request.viewer),
        "answered": answered_wordings(note),
        "address": f"{settings.SITE_URL}{note.get_absolute_url()}",
        "one_with": one_with(note, request.viewer),
        "named": SimpleLazyObject(lambda: sees_names(note.board, request.viewer)),
        "reach": reach_in(note.board.event, request.viewer),
    }
    return render(request, "responses/note_page.html", context)


@login_not_required
@require_safe
def note_version(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    readings = Reading.objects.visible_to(request.viewer).select_related(
        "note__board__event", "note__station"
    )
    reading = readings.filter(note__identifier=identifier, number=number).select_related("reader").first()
    if reading is None:
        return tombstone(request, identifier)
    context = {
        "reading": reading,
        "note": reading.note,
        "board": reading.note.board,
        "source": source_of(reading, request.viewer),
    }
    return render(request, "responses/note_version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_take_down(request: HttpRequest, identifier: str) -> HttpResponse:
    notes = Note.objects.visible_to(request.viewer).run_by(request.viewer).for_showing()
    note = get_object_or_404(notes, identifier=identifier)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            take_down_note(note, form.cleaned_data["why"], by=request.viewer)
            messages.success(
                request,
                _("%(label)s is down. A line says that one note was withdrawn.") % {"label": note.label},
            )
            return redirect(note.sheet_address)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"note": note, "board": note.board, "form": form}
    return render(request, "responses/note_take_down.html", context, status=422 if form.errors else 200)


def misread(request: HttpRequest, identifier: str) -> HttpResponse | None:
    """The answer to a code copied badly from paper; None for one that may be right."""
    tidied = tidy(identifier)
    if is_plausible(identifier):
        return None
    if is_plausible(tidied):
        return redirect("note", tidied)
    return render(request, "responses/note_misread.html", {"typed": identifier}, status=404)


def tombstone(request: HttpRequest, identifier: str) -> HttpResponse:
    """410 to those who could see the note before it went, and where a merged one leads; to others 404."""
    gone = Note.objects.once_visible_to(request.viewer).for_showing().filter(identifier=identifier).first()
    if gone is None:
        raise Http404
    context = {"note": gone, "board": gone.board, "one_with": one_with(gone, request.viewer)}
    if gone.ending == Note.Ending.NO_NOTE:
        context["instead"] = shown_instead(gone, request.viewer)
        return render(request, "responses/note_none.html", context, status=410)
    if gone.withdrawn_at is None:
        return render(request, "responses/note_merged.html", context)
    return render(request, "responses/note_gone.html", context, status=410)


def shown_instead(note: Note, viewer: Viewer) -> Note | None:
    """The note that the box of `note` turned out to show, if the viewer may see it."""
    boxes = Region.objects.visible_to(viewer).filter(before=note)
    return Note.objects.visible_to(viewer).for_showing().filter(regions__in=boxes).first()


def regions_of(note: Note, viewer: Viewer) -> list[Region]:
    """The boxes on photographs that show `note`, as far as `viewer` may see them."""
    if note.origin != Origin.PAPER:
        return []
    return list(Region.objects.visible_to(viewer).filter(note=note).select_related("photo").in_order())


def one_with(note: Note, viewer: Viewer) -> Note | None:
    """The note that `note` was merged into, if the viewer may see it."""
    if not note.merged_into_id:
        return None
    return Note.objects.visible_to(viewer).for_showing().filter(pk=note.merged_into_id).first()


def answered_wordings(note: Note) -> list[dict]:
    """The wordings a note answered, each with how its principle reads now and the steps between."""
    wordings = note.wordings.select_related("principle__set").prefetch_related("principle__wordings")
    found = []
    for wording in wordings:
        now = wording.principle.current_wording
        steps = [] if now.text == wording.text else word_diff(wording.text, now.text)
        found.append({"wording": wording, "now": now, "steps": steps, "said": in_words(steps)})
    return found
