"""Writing what was decided, and telling what became of it."""

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
from outcomes.decision_forms import DecisionForm, MoreForm, UpdateForm
from outcomes.decisions import (
    cite_statements,
    draft_decision,
    edit_decision,
    publish_decision,
    update_decision,
    withdraw_decision,
)
from outcomes.models import Decision
from outcomes.statement_forms import WithdrawForm
from people.refusals import Refused

SAVING = ("draft", "publish")
PUBLISHED = gettext_lazy("Published. Whoever follows the notes behind it is told.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    saves = request.POST.get("act") in SAVING
    known = {"statements": request.GET.getlist("statement")}
    form = DecisionForm(event, request.viewer, request.POST if saves else None, initial=known)
    if saves and form.is_valid() and (answer := begun(request, event, form)):
        return answer
    context = {"section": "events", "event": event, "form": form}
    return render(request, "outcomes/decision_new.html", context, status=422 if saves else 200)


def begun(request: HttpRequest, event: Event, form: DecisionForm) -> HttpResponse | None:
    """Keep the draft, and publish it if that was asked for; one that may not be published yet is kept."""
    try:
        made = draft_decision(event, by=request.viewer, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if request.POST["act"] == "publish":
        return published(request, made)
    messages.success(request, _("Kept as a draft. Only those who run this event see it."))
    return redirect("decision_edit", made.identifier)


def published(request: HttpRequest, decision: Decision) -> HttpResponse:
    """On to what everybody sees now; back to the draft where it may not be published yet."""
    try:
        publish_decision(decision, by=request.viewer)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("decision_edit", decision.identifier)
    messages.success(request, PUBLISHED)
    return redirect(decision)


def decision_run(request: HttpRequest, identifier: str) -> Decision:
    events = Event.objects.visible_to(request.viewer).run_by(request.viewer)
    rows = Decision.objects.visible_to(request.viewer).filter(event__in=events)
    return get_object_or_404(rows.select_related("event", "author", "owner", "person"), identifier=identifier)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Everything that can be done with a decision, by those who run its event."""
    decision = decision_run(request, identifier)
    forms = forms_for(request, decision)
    if request.POST.get("act") == "publish":
        return published(request, decision)
    if carried_out(request, decision, ACTS, forms):
        return redirect("decision_edit", decision.identifier)
    wrong = next((form for form in forms.values() if form.errors), None)
    context = {
        "section": "events",
        "decision": decision,
        "event": decision.event,
        "forms": forms,
        "statements": decision.statements.all(),
        "wrong": wrong,
    }
    return render(request, "outcomes/decision_edit.html", context, status=422 if wrong else 200)


def forms_for(request: HttpRequest, decision: Decision) -> dict[str, Form]:
    act = request.POST.get("act")
    typed = request.POST if act == "edit" else None
    return {
        "edit": DecisionForm(decision.event, request.viewer, typed, decision),
        "more": MoreForm(decision, request.POST if act == "more" else None),
        "withdraw": WithdrawForm(request.POST if act == "withdraw" else None, auto_id="withdraw-%s"),
    }


def edit(request: HttpRequest, decision: Decision, form: DecisionForm) -> str:
    edit_decision(decision, by=request.viewer, **form.cleaned_data)
    return _("Saved.")


def more(request: HttpRequest, decision: Decision, form: MoreForm) -> str:
    cite_statements(decision, form.cleaned_data["statements"], by=request.viewer)
    return _("It answers those as well now.")


def withdraw(request: HttpRequest, decision: Decision, form: WithdrawForm) -> str:
    withdraw_decision(decision, form.cleaned_data["why"], by=request.viewer)
    return _("Taken back. It counts no longer, and the notes behind it wait for another decision.")


ACTS = {"edit": edit, "more": more, "withdraw": withdraw}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_update(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say in public what became of a decision."""
    decision = decision_run(request, identifier)
    if not decision.is_standing:
        return redirect("decision_edit", decision.identifier)
    form = UpdateForm(decision, request.viewer, request.POST or None)
    if form.is_valid():
        try:
            update_decision(decision, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Your update stands below the decision. Whoever follows it is told."))
            return redirect(decision)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "decision": decision, "event": decision.event, "form": form}
    return render(request, "outcomes/decision_update.html", context, status=422 if form.errors else 200)
