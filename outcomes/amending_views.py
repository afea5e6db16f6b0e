"""Amendments for those who propose and decide them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outcomes.amendment_forms import DecideForm, OpenForm, WhyForm, WordsForm
from outcomes.amendment_marks import marks_on
from outcomes.amendments import (
    NOT_A_PROPOSER,
    accept_amendment,
    decline_amendment,
    edit_amendment,
    may_propose,
    open_amendment,
    propose_amendment,
    withdraw_amendment,
)
from outcomes.models import Amendment
from people.refusals import Refused
from principles.models import Principle


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_new(request: HttpRequest, set_slug: str, slug: str) -> HttpResponse:
    """Propose other words for a principle, from its wording or from an earlier amendment ("like")."""
    found = Principle.objects.visible_to(request.viewer).select_related("set").prefetch_related("wordings")
    principle = get_object_or_404(found, set__slug=set_slug, slug=slug)
    if not may_propose(principle, request.viewer):
        raise PermissionDenied(NOT_A_PROPOSER)
    like = Amendment.objects.visible_to(request.viewer).filter(principle=principle)
    like = like.filter(identifier=request.GET.get("like", "")).first()
    form = WordsForm(request.viewer, principle, request.POST or None, like)
    if form.is_valid():
        try:
            made = propose_amendment(principle, **form.facts(), by=request.viewer)
            messages.success(request, _("Your draft is kept. Open it for marks when it says what you mean."))
            return redirect("amendment_edit", made.identifier)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return write(request, principle, form)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change a draft, open it for marks, or take one's own proposal back."""
    found = Amendment.objects.of(request.viewer).with_parts()
    amendment = get_object_or_404(found, identifier=identifier)
    if amendment.is_decided:
        return redirect(amendment)
    act, forms = request.POST.get("act", ""), forms_of(request, amendment)
    if act in forms and forms[act].is_valid():
        try:
            return done(request, amendment, act, forms[act])
        except Refused as refusal:
            forms[act].add_error(None, str(refusal))
    facts = {"amendment": amendment, "forms": forms}
    return write(request, amendment.principle, forms["save"], forms.get(act), **facts)


def forms_of(request: HttpRequest, amendment: Amendment) -> dict[str, Form]:
    """The form of each act; only that of the pressed button has what was typed."""
    typed = {request.POST.get("act"): request.POST} if request.method == "POST" else {}
    return {
        "save": WordsForm(request.viewer, amendment.principle, typed.get("save"), amendment),
        "open": OpenForm(typed.get("open")),
        "withdraw": WhyForm(typed.get("withdraw"), auto_id="id_withdraw_%s"),
    }


def done(request: HttpRequest, amendment: Amendment, act: str, form: Form) -> HttpResponse:
    by = request.viewer
    match act:
        case "save":
            edit_amendment(amendment, **form.facts(), by=by)
            messages.success(request, _("Saved."))
            return redirect("amendment_edit", amendment.identifier)
        case "open":
            open_amendment(amendment, form.moment(), by=by)
            messages.success(request, _("It is open. Everybody can read and mark it now."))
        case "withdraw":
            withdraw_amendment(amendment, form.cleaned_data["why"], by=by)
            messages.success(request, _("It is taken back."))
    return redirect(amendment)


def write(
    request: HttpRequest, principle: Principle, form: WordsForm, sent: Form | None = None, **facts: object
) -> HttpResponse:
    """The page to write on; `sent` is the form to answer, the one of the words where it is left out."""
    sent = sent or form
    current = principle.current_wording
    if form.is_bound and form.errors and current:
        form.look_again()
    context = {"section": "principles", "principle": principle, "wording": current, "form": sent}
    context |= {"words": form, **facts}
    return render(request, "outcomes/amendment_edit.html", context, status=422 if sent.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Accept or decline an amendment, with a reason."""
    if not request.viewer.may_organise:
        raise PermissionDenied(_("Organisers and stewards decide about amendments."))
    found = Amendment.objects.visible_to(request.viewer).with_parts()
    amendment = get_object_or_404(found.exclude(state=Amendment.State.DRAFT), identifier=identifier)
    if amendment.is_decided:
        return redirect(amendment)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            return decided(request, amendment, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    facts = {"current": amendment.principle.current_wording, "marks": marks_on(amendment, request.viewer)}
    context = {"section": "principles", "amendment": amendment, "form": form} | facts
    return render(request, "outcomes/amendment_decide.html", context, status=422 if form.errors else 200)


def decided(request: HttpRequest, amendment: Amendment, form: DecideForm) -> HttpResponse:
    why = form.cleaned_data["why"]
    if form.cleaned_data["decision"] == DecideForm.ACCEPT:
        wording = accept_amendment(amendment, why, by=request.viewer)
        messages.success(
            request,
            _("Accepted. These are the words of wording %(version)s now.") % {"version": wording.version},
        )
    else:
        decline_amendment(amendment, why, by=request.viewer)
        messages.success(request, _("Declined. The wording stays as it is."))
    return redirect(amendment)
