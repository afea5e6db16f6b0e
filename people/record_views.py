"""Putting people and organisations on record, and changing what is said of them."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import records
from people.guests import Viewer
from people.models import Affiliation, ListingRequest, Organisation, Person
from people.person_acts import do, forms_for
from people.record_forms import WordsForm
from people.refusals import Refused

look_and_send = require_http_methods(["GET", "HEAD", "POST"])


@look_and_send
def person_new(request: HttpRequest) -> HttpResponse:
    """Put somebody without an account on record."""
    return _new(request, records.put_on_record, "people/person_new.html")


@look_and_send
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Put an organisation on record."""
    return _new(request, records.found_organisation, "people/organisation_new.html")


@look_and_send
def organisation_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change what is said of an organisation."""
    _must_organise(request.viewer)
    found = get_object_or_404(Organisation.objects.visible_to(request.viewer), identifier=identifier)
    form = WordsForm.of(found, request.POST or None)
    if form.is_valid():
        try:
            records.describe_organisation(found, by=request.viewer, **form.cleaned_data)
            return redirect(found)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "people", "organisation": found, "form": form}
    return render(request, "people/organisation_edit.html", context, status=422 if form.errors else 200)


@look_and_send
def person_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change what is said of somebody, list them, say where they belong, join them with an account."""
    people = Person.objects.visible_to(request.viewer).standing()
    found = get_object_or_404(people, identifier=identifier)
    if found == request.viewer.person:
        return redirect("profile")
    if not records.may_describe(found, request.viewer):
        raise Http404
    return _edit(request, found, "people/person_edit.html")


@look_and_send
def profile(request: HttpRequest) -> HttpResponse:
    """What the site says of whoever is signed in, for them to change."""
    own = Person.objects.visible_to(request.viewer).get(pk=request.user.pk)
    return _edit(request, own, "people/profile.html")


@require_POST
def listing(request: HttpRequest, identifier: str) -> HttpResponse:
    """Decide about somebody who asks to be listed."""
    asked = ListingRequest.objects.visible_to(request.viewer).select_related("person")
    found = get_object_or_404(asked, person__identifier=identifier)
    agrees, seen = request.POST.get("act") == "list", _moment(request.POST.get("seen", ""))
    try:
        records.decide_listing(found, by=request.viewer, agrees=agrees, seen=seen)
        said = _("%(person)s is in the list.") if agrees else _("%(person)s is not listed.")
        messages.success(request, said % {"person": found.person})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people")


def _new(request: HttpRequest, act: Callable[..., Person | Organisation], template: str) -> HttpResponse:
    _must_organise(request.viewer)
    form = WordsForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(act(by=request.viewer, **form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "people", "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _edit(request: HttpRequest, person: Person, template: str) -> HttpResponse:
    """The page with a form for each thing that can be said of somebody; one of them may have been sent."""
    known = forms_for(person, request.viewer, request.POST or None)
    act = request.POST.get("act", "")
    form = known.get(act)
    if form is not None and form.is_valid():
        try:
            messages.success(request, do(act, person, form, request.viewer))
            return redirect(person if act == "join" else request.path)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "section": "people",
        "person": person,
        "forms": known,
        "sent": form,
        "places": _places(person, known),
    }
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _places(person: Person, known: dict[str, forms.Form]) -> list[tuple[Affiliation, forms.Form]]:
    """Where they belong, each with the form that ends it."""
    affiliations = person.affiliations.select_related("organisation")
    return [(one, known[f"end-{one.pk}"]) for one in affiliations if f"end-{one.pk}" in known]


def _must_organise(viewer: Viewer) -> None:
    if not viewer.may_organise:
        raise PermissionDenied(_("Only organisers put people and organisations on record."))


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
