"""Calls for action, for readers and for those who call."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from outcomes.call_forms import CallForm, ClosingForm
from outcomes.call_reading import CallPage, listed
from outcomes.calls import NOT_YOURS, close_call, edit_call, make_call, open_call
from outcomes.models import Call, Signature
from people.refusals import Refused

A_PAGE = 50  # calls


@login_not_required
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every call: those that can be signed first, one's own drafts, those that are over."""
    page = Paginator(listed(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "outcomes", "page": page, "may_call": may_call(request)}
    return render(request, "outcomes/calls.html", context)


def may_call(request: HttpRequest) -> bool:
    viewer = request.viewer
    return viewer.may_organise or (viewer.person is not None and Event.objects.run_by(viewer).exists())


@login_not_required
@require_safe
def call(request: HttpRequest, identifier: str) -> HttpResponse:
    """What a call asks for and why, who signed it with what they will do, and how it goes."""
    calls = Call.objects.visible_to(request.viewer).select_related("event", "author")
    found = get_object_or_404(calls, identifier=identifier)
    context = {"section": "outcomes", "call": found, "shown": CallPage(found, request.viewer, request.GET)}
    return render(request, "outcomes/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest) -> HttpResponse:
    """Call for action: a draft first."""
    if not may_call(request):
        raise PermissionDenied(NOT_YOURS)
    asked = request.POST.get("event", request.GET.get("event", ""))
    form = CallForm(request.viewer, request.POST or None, asked=asked, cites=request.GET.getlist("statement"))
    if form.is_valid():
        try:
            made = make_call(by=request.viewer, **form.facts())
            messages.success(request, _("Kept as a draft. Look it over, then open it."))
            return redirect("call_edit", made.identifier)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "outcomes", "form": form}
    return render(request, "outcomes/call_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change a call, open it, close it with a reason."""
    calls = Call.objects.run_by(request.viewer).select_related("event", "author")
    found = get_object_or_404(calls, identifier=identifier)
    act = request.POST.get("act", "")
    form = CallForm(request.viewer, request.POST if act == "save" else None, found)
    if found.signatures.exclude(state=Signature.State.WITHDRAWN).exists():
        form.fix_words()
    closing, refused = ClosingForm(request.POST if act == "close" else None, auto_id="closing-%s"), ""
    try:
        if said := done(request, found, act, form, closing):
            messages.success(request, said)
            return redirect("call_edit" if act == "save" else "call", identifier)
    except Refused as refusal:
        refused = str(refusal)
    context = {"section": "outcomes", "call": found, "form": form, "closing": closing, "refused": refused}
    failed = refused or form.errors or closing.errors
    return render(request, "outcomes/call_edit.html", context, status=422 if failed else 200)


def done(request: HttpRequest, found: Call, act: str, form: CallForm, closing: ClosingForm) -> str:
    """Does what was asked for with a call; what to say of it, or nothing."""
    if act == "save" and form.is_valid():
        edit_call(found, by=request.viewer, **form.facts())
        return _("Kept.")
    if act == "open":
        open_call(found, by=request.viewer)
        return _("It is open: everybody can read and sign it.")
    if act == "close" and closing.is_valid():
        close_call(found, closing.cleaned_data["why"], by=request.viewer)
        return _("It is closed. Whoever signed gets a letter.")
    return ""
