"""Roles over the whole site: one page for stewards, from which they also invite."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.duty_forms import SiteRoleForm
from events.invitations import accounts_with, invite, withdraw_invitation
from events.roles import invited_over_all, roles_over_all
from people.limits import TooMany
from people.models import Role
from people.refusals import Refused
from people.roles import end_role, give_role
from people.sessions import renew_session

GONE = gettext_lazy("It ended meanwhile. Look again.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Who has a role over the whole site, who is invited to one; giving and ending them."""
    if not request.viewer.is_steward:
        raise Http404
    form = SiteRoleForm(request.POST if request.POST.get("act") == "give" else None)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        if act and (said := act(request, form)):
            messages.success(request, said)
            return redirect("roles")
    except (Refused, TooMany) as refusal:
        if not form.is_bound:
            messages.error(request, str(refusal))
            return redirect("roles")
        form.add_error(None, str(refusal))
    context = {"section": "desk", "held": roles_over_all(), "invited": invited_over_all(), "form": form}
    return render(request, "events/roles_site.html", context, status=422 if form.errors else 200)


def give(request: HttpRequest, form: SiteRoleForm) -> str:
    """At once to whoever has an account with the address; otherwise by a letter."""
    if not form.is_valid():
        return ""
    email, kind, until = (form.cleaned_data[name] for name in ("email", "kind", "until"))
    person = accounts_with(email).filter(is_active=True).first()
    if person is None:
        invite(email, by=request.viewer, duty=kind, until=until)
        return _("Nobody has an account with %(email)s yet, so a letter to it is on its way.") % {
            "email": email
        }
    role = give_role(person, kind, by=request.viewer, until=until)
    renew_if_own(request, role)
    return _("%(person)s is %(role)s now. They sign in again.") % {
        "person": person,
        "role": role.get_kind_display().lower(),
    }


def end(request: HttpRequest, form: SiteRoleForm) -> str:
    number = request.POST.get("number", "")
    role = next((one for one in roles_over_all() if str(one.pk) == number), None)
    if role is None:
        raise Refused(GONE)
    end_role(role, by=request.viewer)
    renew_if_own(request, role)
    return _("%(person)s is no longer %(role)s.") % {
        "person": role.person,
        "role": role.get_kind_display().lower(),
    }


def withdraw(request: HttpRequest, form: SiteRoleForm) -> str:
    number = request.POST.get("number", "")
    invitation = next((one for one in invited_over_all() if str(one.pk) == number), None)
    if invitation is None:
        raise Refused(GONE)
    withdraw_invitation(invitation, by=request.viewer)
    return _("The letter to %(email)s leads nowhere any more.") % {"email": invitation.email}


def renew_if_own(request: HttpRequest, role: Role) -> None:
    if role.person == request.viewer.person:
        renew_session(request)


ACTS: dict[str, Callable[[HttpRequest, SiteRoleForm], str]] = {
    "give": give,
    "end": end,
    "withdraw": withdraw,
}
