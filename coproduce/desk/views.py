"""The organisers' desk: what needs somebody who has a role here, and the queue of what waits."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from archive.cases.register_views import row_of
from coproduce.desk.deciding import REFUSE, SHOW, Decided, decide, undo
from coproduce.desk.needs import needs_of
from coproduce.desk.waiting import MOST, waiting_for, with_telling_words
from coproduce.work_views import in_trouble
from journal.judging import REPLIES, SPAM
from people.models import Case, ListingRequest
from people.records import may_decide
from people.refusals import Refused

FIRST = 3  # of the queue, on the desk itself
NO_DESK = gettext_lazy(
    "The desk is for those with a role here. If you organise events here, ask a steward to say so."
)
TOLD = {
    SHOW: gettext_lazy("%(number)s shown."),
    REFUSE: gettext_lazy("%(number)s not shown."),
    "undo": gettext_lazy("%(number)s taken back."),
}


def desk(request: HttpRequest) -> HttpResponse:
    """What needs whoever looks, in order."""
    _must_have_a_desk(request)
    waiting, needs = waiting_for(request.viewer), needs_of(request.viewer)
    cases = [row_of(case) for case in Case.objects.visible_to(request.viewer).waiting()]
    newcomers = ListingRequest.objects.visible_to(request.viewer).count() if may_decide(request.viewer) else 0
    context = {
        "section": "desk",
        "needs": needs,
        "waiting": waiting[:FIRST],
        "number": len(waiting),
        "to_read": needs.to_read.total(),
        "newcomers": newcomers,
        "in_trouble": in_trouble() if request.viewer.is_steward else 0,
        "cases": cases,
        "needing": len(waiting) + needs.needing + newcomers + len(cases),
    }
    return render(request, "desk/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits to be looked at; one or many are shown, or refused with a reason."""
    _must_have_a_desk(request)
    refusal = ""
    if request.method == "POST":
        try:
            return _done(request, _decided(request))
        except Refused as refused:
            refusal = str(refused)
    page = Paginator(waiting_for(request.viewer), MOST).get_page(request.GET.get("page"))
    context = {
        "section": "desk",
        "page": page,
        "rows": with_telling_words(page.object_list),
        "replies": REPLIES,
        "refusal": refusal,
        "typed": request.POST,
        "ticked": request.POST.getlist("item"),
        "receipt": request.GET.get("undo", ""),
    }
    return render(request, "desk/queue.html", context, status=422 if refusal else 200)


def _must_have_a_desk(request: HttpRequest) -> None:
    if not request.viewer.has_a_desk:
        raise PermissionDenied(NO_DESK)


def _decided(request: HttpRequest) -> Decided:
    """What the form asks for: one thing by its own button, or all that is ticked."""
    typed, by = request.POST, request.viewer
    if "undo" in typed:
        return undo(typed["undo"], by=by)
    for act in (SHOW, REFUSE):
        if one := typed.get(act):
            return decide([one], act, by=by, **_reason(typed, one, act))
    ticked = typed.getlist("item")
    if not ticked:
        raise Refused(_("Tick what you have looked at first."))
    act = SHOW if typed.get("act") == SHOW else REFUSE
    return decide(ticked, act, by=by, **_reason(typed, "all", act))


def _reason(typed: Mapping[str, str], of: str, act: str) -> dict[str, str | bool]:
    """The reason in their own words, else the one they chose; and whether they chose that it is spam."""
    chosen = "" if act == SHOW else typed.get(f"why-{of}", "")
    return {"why": typed.get(f"words-{of}", "").strip() or chosen, "as_spam": chosen == REPLIES[SPAM]}


def _done(request: HttpRequest, decided: Decided) -> HttpResponse:
    """Say what became of it, and offer to take it back."""
    if number := len(decided.done):
        messages.success(request, TOLD[decided.act] % {"number": number})
    for sentence in dict.fromkeys(decided.refusals):
        messages.warning(request, sentence)
    may_undo = decided.done and decided.act in (SHOW, REFUSE)
    query = {"undo": decided.receipt} if may_undo else {}
    return redirect(reverse("queue", query=query))
