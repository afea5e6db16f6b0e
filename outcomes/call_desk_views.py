"""The signatures of a call, for those who run it: what waits to be shown, and how it goes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from outcomes.call_forms import JudgingForm, ProgressForm
from outcomes.calls import report_progress
from outcomes.models import Call, CallUpdate, Signature
from outcomes.signatures import fingerprint, judge_progress, judge_signature
from people.refusals import Refused

A_PAGE = 50  # signatures
GONE = gettext_lazy("It was taken back meanwhile. There is nothing to decide.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_signatures(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show what people who signed will do, or not; and say how the call goes."""
    call = get_object_or_404(Call.objects.run_by(request.viewer), identifier=identifier)
    progress = ProgressForm(request.POST if request.POST.get("act") == "progress" else None)
    refused = ""
    try:
        if said := done(request, call, progress):
            messages.success(request, said)
            return redirect("call_signatures", identifier)
    except Refused as refusal:
        refused = str(refusal)
    context = {"section": "outcomes", "call": call, "progress": progress, "refused": refused}
    failed = refused or progress.errors
    context |= waiting_and_decided(request, call)
    return render(request, "outcomes/call_signatures.html", context, status=422 if failed else 200)


def waiting_and_decided(request: HttpRequest, call: Call) -> dict[str, object]:
    signatures = Signature.objects.visible_to(request.viewer).filter(call=call)
    decided = signatures.filter(state__in=(Signature.State.SHOWN, Signature.State.REMOVED))
    waiting = signatures.waiting_for(request.viewer)
    updates = CallUpdate.objects.visible_to(request.viewer).waiting_for(request.viewer).filter(call=call)
    page = Paginator(decided.order_by("-confirmed_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return {
        "waiting": [(one, fingerprint(one)) for one in waiting[:A_PAGE]],
        "updates": updates.select_related("signature")[:A_PAGE],
        "page": page,
        "decided": [(one, fingerprint(one)) for one in page],
        "unconfirmed": signatures.filter(state=Signature.State.ASKED).count(),
    }


def done(request: HttpRequest, call: Call, progress: ProgressForm) -> str:
    """Does what was asked for; what to say of it, or nothing."""
    act = request.POST.get("act", "")
    if act == "progress" and progress.is_valid():
        report_progress(call, by=request.viewer, **progress.cleaned_data)
        return _("It stands on the page of the call now.")
    judging = JudgingForm(request.POST)
    if act in ("show", "remove") and judging.is_valid():
        judge(request, call, act == "show", judging.cleaned_data)
        return _("It is shown now.") if act == "show" else _("It is not shown. Whoever sent it is told why.")
    return ""


def judge(request: HttpRequest, call: Call, shown: bool, decided: dict[str, str]) -> None:
    """Decide on a signature, or on a line "update.<number>" of how it goes."""
    kind, _, number = decided["which"].rpartition(".")
    facts = {"by": request.viewer, "why": decided["why"]}
    if kind == "update":
        seen = CallUpdate.objects.visible_to(request.viewer)
        updates = seen.waiting_for(request.viewer).filter(call=call)
        found = updates.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
        judge_progress(there(found), shown, **facts)
    else:
        signatures = Signature.objects.visible_to(request.viewer).filter(call=call)
        found = signatures.filter(identifier=decided["which"]).first()
        judge_signature(there(found), shown, seen=decided["seen"], **facts)


def there[T](found: T | None) -> T:
    if found is None:
        raise Refused(GONE)
    return found
