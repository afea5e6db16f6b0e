"""Writing what was heard: drafts, publishing, corrections, taking back."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.models import Event
from outcomes.carrying_out import carried_out
from outcomes.finding import finding_for
from outcomes.models import Statement
from outcomes.picking import picked_notes, picks_of
from outcomes.statement_forms import CiteForm, CorrectForm, StatementForm, TextForm, WithdrawForm
from outcomes.statements import (
    cite_notes,
    cite_theme,
    correct_statement,
    draft_statement,
    edit_statement,
    publish_statement,
    uncite_note,
    withdraw_statement,
)
from people.refusals import Refused
from responses.models import Note

SAVING = ("draft", "publish")
PUBLISHED = gettext_lazy("Published. Whoever follows the notes it cites is told.")
Forms = dict[str, Form]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new statement; looking for notes keeps what was typed and ticked."""
    event = get_object_or_404(Event.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    asked = request.POST or request.GET
    saves = request.POST.get("act") in SAVING
    known = {"text": asked.get("text", ""), "themes": asked.getlist("themes")}
    form = StatementForm(event, request.POST if saves else None, initial=known)
    if saves and form.is_valid() and (answer := begun(request, event, form)):
        return answer
    context = {
        "section": "events",
        "event": event,
        "form": form,
        "picks": picks_of(event, request.viewer, asked.getlist("pick")),
        "finding": finding_for(event, request.viewer, asked),
    }
    return render(request, "outcomes/statement_new.html", context, status=422 if saves else 200)


def begun(request: HttpRequest, event: Event, form: StatementForm) -> HttpResponse | None:
    """Keep the draft and publish it if that was asked for; a draft that may not be published yet is kept."""
    notes = picked_notes(event, request.viewer, request.POST.getlist("pick"))
    try:
        made = draft_statement(
            event, form.cleaned_data["text"], by=request.viewer, notes=notes, themes=form.chosen_themes
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if request.POST["act"] == "publish":
        return published(request, made)
    messages.success(request, _("Kept as a draft. Only those who run this event see it."))
    return redirect("statement_edit", made.identifier)


def published(request: HttpRequest, statement: Statement) -> HttpResponse:
    """On to what everybody sees now; back to the draft where it may not be published yet."""
    try:
        publish_statement(statement, by=request.viewer)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("statement_edit", statement.identifier)
    messages.success(request, PUBLISHED)
    return redirect(statement)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Everything that can be done with a statement, by those who run its event."""
    events = Event.objects.visible_to(request.viewer).run_by(request.viewer)
    rows = Statement.objects.visible_to(request.viewer).filter(event__in=events)
    statement = get_object_or_404(rows.select_related("event", "author"), identifier=identifier)
    forms = forms_for(request, statement)
    if request.POST.get("act") == "publish":
        return published(request, statement)
    if carried_out(request, statement, ACTS, forms):
        return redirect("statement_edit", statement.identifier)
    cited = Note.objects.visible_to(request.viewer).on_the_wall().filter(heard_in__statement=statement)
    context = {
        "section": "events", "statement": statement, "event": statement.event, "forms": forms,
        "notes": cited.for_showing().in_order(), "number": statement.cites.count(),
        "picks": picks_of(statement.event, request.viewer, request.POST.getlist("pick")),
        "finding": finding_for(statement.event, request.viewer, request.POST),
        "decisions": statement.decisions.filter(withdrawn_at=None),
        "wrong": (wrong := next((form for form in forms.values() if form.errors), None)),
    }  # fmt: skip
    return render(request, "outcomes/statement_edit.html", context, status=422 if wrong else 200)


def forms_for(request: HttpRequest, statement: Statement) -> Forms:
    act = request.POST.get("act")
    text = {"text": statement.text}
    typed = request.POST if act == "correct" else None
    return {
        "edit": TextForm(request.POST if act == "edit" else None, initial=text),
        "cite": CiteForm(statement.event, request.POST if act == "cite" else None),
        "correct": CorrectForm(typed, initial=text, auto_id="correct-%s"),
        "withdraw": WithdrawForm(request.POST if act == "withdraw" else None, auto_id="withdraw-%s"),
    }


def edit(request: HttpRequest, statement: Statement, form: TextForm) -> str:
    edit_statement(statement, form.cleaned_data["text"], by=request.viewer)
    return _("Saved.")


def cite(request: HttpRequest, statement: Statement, form: CiteForm) -> str:
    notes = picked_notes(statement.event, request.viewer, request.POST.getlist("pick"))
    number = cite_notes(statement, notes, by=request.viewer)
    for theme in form.chosen_themes:
        number += cite_theme(statement, theme, by=request.viewer)
    return (
        _("%(number)s more cited.") % {"number": number}
        if number
        else _("Nothing new: those were cited already, or nothing was ticked.")
    )


def uncite(request: HttpRequest, statement: Statement, form: None) -> str:
    note = get_object_or_404(statement.notes, identifier=request.POST.get("note", "").replace("\0", ""))
    uncite_note(statement, note, by=request.viewer)
    return _("%(label)s is cited here no longer.") % {"label": note.label}


def correct(request: HttpRequest, statement: Statement, form: CorrectForm) -> str:
    correct_statement(statement, **form.cleaned_data, by=request.viewer)
    return _("Corrected. What it said before stays readable, with your reason.")


def withdraw(request: HttpRequest, statement: Statement, form: WithdrawForm) -> str:
    withdraw_statement(statement, form.cleaned_data["why"], by=request.viewer)
    return _("Taken back. It counts no longer, and its notes stand where they stood without it.")


ACTS = {"edit": edit, "cite": cite, "uncite": uncite, "correct": correct, "withdraw": withdraw}
