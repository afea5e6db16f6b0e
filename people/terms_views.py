"""The page with the terms for researchers: for everybody to read, for researchers to accept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.guests import Viewer
from people.models import TermsAcceptance
from people.terms import VERSIONS, accept_terms, end_terms, has_accepted
from people.terms_forms import TermsForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def research_terms(request: HttpRequest) -> HttpResponse:
    """What researchers agree to; the form is for whoever is signed in."""
    if request.method == "POST" and request.viewer.person is None:
        return redirect_to_login(reverse("research_terms"))
    if request.POST.get("act") == "end":
        end_terms(by=request.viewer)
        messages.success(request, _("You no longer take what is not public. Delete the files you have."))
        return redirect("research_terms")
    form = TermsForm(request.POST or None)
    if form.is_valid():
        accept_terms(by=request.viewer, purpose=form.cleaned_data["purpose"], body=form.cleaned_data["body"])
        messages.success(request, _("Thank you. Your purpose is on record."))
        return redirect(_back(request))
    shown = {"section": "archive", "form": form, "terms": VERSIONS[-1], "next": request.GET.get("next", "")}
    shown |= {"accepted": _accepted(request.viewer)}
    return render(request, "people/terms.html", shown, status=422 if form.errors else 200)


def _accepted(viewer: Viewer) -> TermsAcceptance | None:
    if not has_accepted(viewer):
        return None
    return TermsAcceptance.objects.visible_to(viewer).current().filter(person=viewer.person).first()


def _back(request: HttpRequest) -> str:
    """To where they were asked for it, on this site only."""
    there = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure()):
        return there
    return reverse("research_terms")
