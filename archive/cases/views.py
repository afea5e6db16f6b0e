"""Sending a request or complaint, and the page that tells whoever sent it how far it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.cases.forms import CaseForm
from journal.spam.screening import in_words
from journal.spam.tokens import Found, check_token
from people.cases import case_with, secret_of, send_case
from people.guests import welcome
from people.limits import TooMany, network_of
from people.refusals import Refused


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """The form of a request or complaint; no account is needed."""
    welcome(request)
    form = CaseForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, status=422 if form.errors else 200)
    if form.trap.strip():
        messages.success(request, _("Thank you. We have it."))
        return redirect("privacy")
    if check_token(form.sent_token, form.page) in (Found.TOO_OLD, Found.FOREIGN):
        form.ask_again(_("This page has to be sent once more. What you wrote is still here: send it again."))
        return _form(request, form, status=422)
    return _take(request, form)


def _take(request: HttpRequest, form: CaseForm) -> HttpResponse:
    typed = {name: form.cleaned_data[name] for name in ("kind", "said", "email", "key")}
    try:
        case = send_case(**typed, by=request.viewer, network=network_of(request))
    except TooMany as busy:
        said = _("That was a lot at once. Everything you typed is here: send it in {wait}.")
        form.ask_again(said.format(wait=in_words(busy.retry_after)))
        response = _form(request, form, status=429)
        response["Retry-After"] = busy.retry_after
        return response
    except Refused as refusal:
        form.ask_again(str(refusal))
        return _form(request, form, status=422)
    messages.success(request, _("We have it. Keep the address of this page."))
    return redirect("case_own", secret_of(case))


def _form(request: HttpRequest, form: CaseForm, *, status: int) -> HttpResponse:
    return render(request, "archive/cases/new.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_safe
def case_own(request: HttpRequest, secret: str) -> HttpResponse:
    """How far it is and what the answer was, to whoever holds its secret address."""
    case = case_with(secret)
    if case is None:
        raise Http404
    return render(request, "archive/cases/own.html", {"case": case})
