"""The stewards' register of requests and complaints: the list with its clocks, and one case."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.cases.forms import AnswerForm, CloseForm, NoteForm
from people import cases as acts
from people.models import Case
from people.refusals import Refused

A_PAGE = 50
FORMS: dict[str, type[forms.Form]] = {"note": NoteForm, "answer": AnswerForm, "close": CloseForm}


@dataclass(frozen=True, slots=True)
class Row:
    """One case with its clock: how many days are left, and the colour of it."""

    case: Case
    days: int
    tone: str

    @property
    def late_by(self) -> int:
        """How many days ago it was due."""
        return -self.days


def row_of(case: Case) -> Row:
    now = timezone.now()
    days = (timezone.localdate(case.due_at) - timezone.localdate(now)).days
    return Row(case, days, case.tone_at(now))


@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The register: what is open, the oldest first, and what was closed."""
    if not request.viewer.is_steward:
        raise Http404
    known = Case.objects.visible_to(request.viewer).select_related("handled_by")
    closed = known.exclude(closed_at=None).order_by("-closed_at", "-pk")
    context = {
        "section": "desk",
        "open": [row_of(case) for case in known.open()],
        "page": Paginator(closed, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "archive/cases/register.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, identifier: str) -> HttpResponse:
    """One case: acknowledge it, note something, answer it, close it."""
    known = Case.objects.visible_to(request.viewer).select_related("handled_by")
    found = get_object_or_404(known, identifier=identifier)
    act = request.POST.get("act", "")
    known_forms = {name: form(request.POST if name == act else None) for name, form in FORMS.items()}
    sent = known_forms.get(act)
    if act == "acknowledge" or (sent is not None and sent.is_valid()):
        try:
            messages.success(request, _do(act, found, sent, request))
            return redirect(found)
        except Refused as refusal:
            if sent is None:
                messages.error(request, str(refusal))
                return redirect(found)
            sent.add_error(None, str(refusal))
    context = {"section": "desk", "row": row_of(found), "case": found, "forms": known_forms, "form": sent}
    context["notes"] = found.notes.select_related("by")
    return render(request, "archive/cases/case.html", context, status=422 if sent and sent.errors else 200)


def _do(act: str, found: Case, sent: forms.Form | None, request: HttpRequest) -> str:
    """Do what was asked for; a sentence that says so."""
    if sent is None:
        acts.acknowledge_case(found, by=request.viewer)
        return _("Acknowledged. Whoever sent it can see so, and gets a letter if they left an address.")
    words = sent.cleaned_data[next(iter(sent.fields))]
    doing: dict[str, tuple[Callable[..., object], str]] = {
        "note": (acts.note_on_case, _("Noted.")),
        "answer": (acts.answer_case, _("Answered. They can read it now.")),
        "close": (acts.close_case, _("Closed.")),
    }
    do, told = doing[act]
    do(found, words, by=request.viewer)
    return told
