"""Signing a call for action, and one's own signature behind its secret address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from outcomes.call_forms import ProgressForm
from outcomes.call_reading import own_signature
from outcomes.models import Call, Signature
from outcomes.signature_forms import SigningForm, WordsForm, words_of
from outcomes.signature_tokens import token_of, with_token
from outcomes.signatures import (
    change_signature,
    confirm_signature,
    report_own_progress,
    sign,
    withdraw_signature,
)
from people.limits import Limit, TooMany, count, network_of
from people.refusals import Refused

# A room that signs together, and no flood.
OF_A_NETWORK = Limit("signatures of a network in an hour", 60, 3600)
# Each is read by somebody.
CHANGES = Limit("changes of a signature in an hour", 20, 3600)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_sign(request: HttpRequest, identifier: str) -> HttpResponse:
    """Sign a call."""
    call = get_object_or_404(Call.objects.visible_to(request.viewer), identifier=identifier)
    if request.method != "POST" and (own := own_signature(call, request.viewer)):
        return redirect("my_signature", token_of(own))
    form = SigningForm(call, request.POST or None, initial=known_of(request))
    if call.takes_signatures and form.is_valid() and (answer := signed(request, call, form)):
        return answer
    context = {"section": "outcomes", "call": call, "form": form}
    failed = form.errors or (request.method == "POST" and not call.takes_signatures)
    return render(request, "outcomes/call_sign.html", context, status=422 if failed else 200)


def known_of(request: HttpRequest) -> dict[str, str]:
    person = request.viewer.person
    return {"name": person.name, "email": person.email or ""} if person else {}


def signed(request: HttpRequest, call: Call, form: SigningForm) -> HttpResponse | None:
    """Take a signature; None where it was refused, which the form then says."""
    typed = form.cleaned_data
    if form.is_by_a_robot:
        return asked(request, call, typed["email"])
    if why := form.refusal():
        return form.ask_again(why)
    try:
        count((OF_A_NETWORK, network_of(request)))
        facts = {"key": typed["key"], "email": typed["email"], **form.words()}
        signature = sign(call, by=request.viewer, **facts)
    except (Refused, TooMany) as refusal:
        form.take_new_key()
        return form.ask_again(str(refusal))
    if request.viewer.person and signature.person == request.viewer.person:
        return redirect("my_signature", token_of(signature))
    return asked(request, call, typed["email"])


def asked(request: HttpRequest, call: Call, email: str) -> HttpResponse:
    """The same answer for an address that signed before and for one that did not, and for a robot."""
    context = {"section": "outcomes", "call": call, "email": email}
    return render(request, "outcomes/call_asked.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_signature(request: HttpRequest, token: str) -> HttpResponse:
    """One's own signature, by the address that its letters hold: confirm, change, report, take back."""
    signature = with_token(token)
    if signature is None:
        raise Http404
    act = request.POST.get("act", "")
    words = WordsForm(request.POST if act == "change" else None, initial=words_of(signature))
    progress = ProgressForm(request.POST if act == "progress" else None, auto_id="progress-%s")
    refused = ""
    try:
        if said := done(request, signature, token, words, progress):
            messages.success(request, said)
            return redirect("my_signature", token)
    except (Refused, TooMany) as refusal:
        refused = str(refusal)
    context = {"section": "outcomes", "call": signature.call, "signature": signature, "refused": refused}
    context |= {"words": words, "progress": progress, "updates": signature.updates.exclude(text="")}
    failed = refused or words.errors or progress.errors
    return render(request, "outcomes/my_signature.html", context, status=422 if failed else 200)


def done(
    request: HttpRequest, signature: Signature, token: str, words: WordsForm, progress: ProgressForm
) -> str:
    """Does what was asked for with one's own signature; what to say of it, or nothing."""
    act, by = request.POST.get("act", ""), request.viewer
    if act == "confirm":
        confirm_signature(token, by=by)
        return _("Thank you. It counts now, and is shown once those who run the call have read it.")
    if act == "withdraw":
        withdraw_signature(signature, by=by)
        return _("You took it back. Your name, your address and what you said are deleted.")
    if act == "change" and words.is_valid():
        count((CHANGES, signature.identifier))
        change_signature(signature, by=by, **words.words())
        return _("Kept. Those who run the call read it before it is shown.")
    if act == "progress" and progress.is_valid():
        count((CHANGES, signature.identifier))
        report_own_progress(signature, by=by, **progress.cleaned_data)
        return _("Thank you. Those who run the call read it before it is shown.")
    return ""
