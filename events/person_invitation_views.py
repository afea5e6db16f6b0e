"""Inviting somebody on record without an account to take their record over."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.duty_forms import InviteForm
from events.invitations import invite, withdraw_invitation
from events.models import Invitation, InvitationQuerySet
from people.limits import TooMany
from people.models import Person
from people.records import may_describe
from people.refusals import Refused


class RecordForm(forms.Form):
    """A letter to whoever the record is about."""

    email = InviteForm.base_fields["email"]
    message = InviteForm.base_fields["message"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: HttpRequest, identifier: str) -> HttpResponse:
    """Write to somebody that their record can be theirs; take such a letter back."""
    found = person_to_invite(request, identifier)
    waiting = Invitation.objects.visible_to(request.viewer).waiting().filter(record=found)
    form = RecordForm(request.POST if request.POST.get("act") == "invite" else None)
    try:
        if request.POST.get("act") == "withdraw":
            return took_back(request, waiting)
        if form.is_valid():
            sent = invite(by=request.viewer, record=found, **form.cleaned_data)
            messages.success(request, _("The letter to %(email)s is on its way.") % {"email": sent.email})
            return redirect("person_invite", identifier)
    except (Refused, TooMany) as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    context = {"section": "people", "person": found, "form": form, "invitations": waiting}
    return render(request, "events/person_invite.html", context, status=422 if form.errors else 200)


def person_to_invite(request: HttpRequest, identifier: str) -> Person:
    """Somebody without an account whose record the viewer keeps; else 404."""
    people = Person.objects.visible_to(request.viewer).standing().filter(email=None)
    found = get_object_or_404(people, identifier=identifier)
    if not may_describe(found, request.viewer):
        raise Http404
    return found


def took_back(request: HttpRequest, waiting: InvitationQuerySet) -> HttpResponse:
    number = request.POST.get("number", "")
    invitation = next((one for one in waiting if str(one.pk) == number), None)
    if invitation is None:
        raise Refused(_("It ended meanwhile. Look again."))
    withdraw_invitation(invitation, by=request.viewer)
    messages.success(
        request, _("The letter to %(email)s leads nowhere any more.") % {"email": invitation.email}
    )
    return redirect(request.path)
