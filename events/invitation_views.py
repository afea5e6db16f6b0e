"""The page that an invitation's letter leads to."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from events.duty_forms import JoinForm
from events.invitations import (
    accept_invitation,
    accounts_with,
    holds_address,
    invitation_with,
    join_by_invitation,
    state_of,
)
from events.models import Invitation
from people.guests import Viewer
from people.refusals import Refused
from people.sessions import renew_session

GONE = 410


@login_not_required
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is to; accepting it is a button. One that ended says why, whoever asks."""
    found = invitation_with(token)
    if found is None:
        raise Http404
    if (state := state_of(found)) != "waiting":
        return page(request, found, {"state": state}, status=GONE)
    whose = whose_it_is(found, request.viewer)
    form = JoinForm(posted(request), initial={"name": found.record.name if found.record else ""})
    try:
        if request.method == "POST" and whose == "mine":
            return accepted(request, found)
        if request.method == "POST" and whose == "nobody's" and form.is_valid():
            return joined(request, found, form.cleaned_data["name"])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("invitation", token)
    context = {"state": "waiting", "whose": whose, "form": form}
    return page(request, found, context, status=422 if form.is_bound and form.errors else 200)


def posted(request: HttpRequest) -> dict | None:
    return request.POST if request.method == "POST" and "name" in request.POST else None


def whose_it_is(invitation: Invitation, viewer: Viewer) -> str:
    """Who is looking: "mine", "another's" account, one that has to "sign in", or "nobody's" yet."""
    if viewer.person:
        return "mine" if holds_address(viewer.person, invitation.email) else "another's"
    return "sign in" if accounts_with(invitation.email).exists() else "nobody's"


def accepted(request: HttpRequest, invitation: Invitation) -> HttpResponseRedirect:
    accept_invitation(invitation, by=request.viewer)
    renew_session(request)
    return onward(request, invitation)


def joined(request: HttpRequest, invitation: Invitation, name: str) -> HttpResponse:
    person = join_by_invitation(invitation, name, by=request.viewer)
    return perform_login(request, person, redirect_url=onward(request, invitation).url)


def onward(request: HttpRequest, invitation: Invitation) -> HttpResponseRedirect:
    """To what they were invited to, with a word of welcome."""
    of = invitation.event or invitation.series
    if not invitation.duty:
        messages.success(request, _("The record is yours now. Say here what it shows."))
        return redirect("profile")
    said = _("You are %(role)s of %(event)s now.") if of else _("You are %(role)s of the whole site now.")
    messages.success(request, said % {"role": invitation.get_duty_display().lower(), "event": of})
    return redirect(of.get_absolute_url() if of else reverse("desk"))


def page(
    request: HttpRequest, invitation: Invitation, context: dict[str, object], *, status: int
) -> HttpResponse:
    return render(request, "events/invitation.html", {"invitation": invitation} | context, status=status)
