"""Who does what in an event or a series: giving roles, inviting to them, ending them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.duties import appoint, end_appointment
from events.duty_forms import GiveForm, InviteForm
from events.invitations import invite, withdraw_invitation
from events.models import Appointment, Event, Invitation
from events.roles import Roles
from events.running import series_run_by
from people.limits import TooMany
from people.refusals import Refused
from people.sessions import renew_session

Forms = dict[str, InviteForm | GiveForm]

ONCE_MORE = gettext_lazy("It ended meanwhile. Look again.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_roles(request: HttpRequest, slug: str) -> HttpResponse:
    events = Event.objects.visible_to(request.viewer).run_by(request.viewer).select_related("series")
    return answer(request, Roles(get_object_or_404(events, slug=slug), request.viewer))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_roles(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(request, Roles(get_object_or_404(series_run_by(request.viewer), slug=slug), request.viewer))


def answer(request: HttpRequest, roles: Roles) -> HttpResponse:
    """The page, or what was asked for on it; a form that does not hold comes back as it was typed."""
    forms = forms_for(request, roles)
    act = ACTS.get(request.POST.get("act", ""))
    here = reverse("event_roles" if roles.event else "series_roles", args=[roles.of.slug])
    try:
        if act and (said := act(request, roles, forms)):
            messages.success(request, said)
            return redirect(here)
    except (Refused, TooMany) as refusal:
        if request.POST["act"] not in forms:
            messages.error(request, str(refusal))
            return redirect(here)
        forms[request.POST["act"]].add_error(None, str(refusal))
    errors = any(form.errors for form in forms.values())
    context = {"section": "events", "roles": roles, "forms": forms}
    return render(request, "events/roles.html", context, status=422 if errors else 200)


def forms_for(request: HttpRequest, roles: Roles) -> Forms:
    act = request.POST.get("act")
    return {
        "invite": InviteForm(request.POST if act == "invite" else None, prefix="invite"),
        "give": GiveForm(roles.known, request.POST if act == "give" else None, prefix="give"),
    }


def send_invitation(request: HttpRequest, roles: Roles, forms: Forms) -> str:
    if not (form := forms["invite"]).is_valid():
        return ""
    invitation = invite(by=request.viewer, **roles.where, **form.cleaned_data)
    return _("The letter to %(email)s is on its way. It works until %(expires_at)s.") % {
        "email": invitation.email,
        "expires_at": date_format(invitation.expires_at, "j F Y"),
    }


def give(request: HttpRequest, roles: Roles, forms: Forms) -> str:
    if not (form := forms["give"]).is_valid():
        return ""
    appointment = appoint(by=request.viewer, **roles.where, **form.cleaned_data)
    renew_if_own(request, appointment)
    return _("%(person)s is %(role)s of %(event)s.") % {
        "person": appointment.person,
        "role": appointment.get_duty_display().lower(),
        "event": roles.of,
    }


def end(request: HttpRequest, roles: Roles, forms: Forms) -> str:
    appointment = chosen(request, roles.ending)
    end_appointment(appointment, by=request.viewer)
    renew_if_own(request, appointment)
    return _("%(person)s is no longer %(role)s of %(event)s.") % {
        "person": appointment.person,
        "role": appointment.get_duty_display().lower(),
        "event": roles.of,
    }


def withdraw(request: HttpRequest, roles: Roles, forms: Forms) -> str:
    invitation = chosen(request, roles.invitations)
    withdraw_invitation(invitation, by=request.viewer)
    return _("The letter to %(email)s leads nowhere any more.") % {"email": invitation.email}


def chosen[Thing: (Appointment, Invitation)](request: HttpRequest, things: list[Thing]) -> Thing:
    """The one whose number was sent; refuses where it is not there any more."""
    number = request.POST.get("number", "")
    found = next((thing for thing in things if str(thing.pk) == number), None)
    if found is None:
        raise Refused(ONCE_MORE)
    return found


def renew_if_own(request: HttpRequest, appointment: Appointment) -> None:
    if appointment.person == request.viewer.person:
        renew_session(request)


ACTS: dict[str, Callable[[HttpRequest, Roles, Forms], str]] = {
    "invite": send_invitation,
    "give": give,
    "end": end,
    "withdraw": withdraw,
}
