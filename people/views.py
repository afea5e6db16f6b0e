"""The pages of people and organisations on record."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Left, Lower, Upper
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.guests import Viewer
from people.models import ListingRequest, Organisation, Person
from people.records import may_decide, may_describe

A_PAGE = 60  # people or organisations


@login_not_required
def people(request: HttpRequest) -> HttpResponse:
    """Those who agreed to be named here; for those who organise also who else is on record."""
    viewer = request.viewer
    everybody = Person.objects.visible_to(viewer).standing().exclude(name="")
    unlisted = everybody.filter(is_listed=False) if viewer.may_organise else everybody.none()
    shows_unlisted = viewer.may_organise and request.GET.get("who") == "unlisted"
    context = {
        "section": "people",
        "unlisted": unlisted.count(),
        "shows_unlisted": shows_unlisted,
        "waiting": _waiting(viewer),
        **_by_letter(unlisted if shows_unlisted else everybody.filter(is_listed=True), request),
    }
    return render(request, "people/people.html", context)


@login_not_required
def person(request: HttpRequest, identifier: str) -> HttpResponse:
    """Somebody on record: what they had a part in, as far as the viewer may see it."""
    viewer = request.viewer
    visible = Person.objects.visible_to(viewer).standing()
    found = visible.filter(identifier=identifier).first()
    if found is None:
        return redirect(_claimed_by(identifier, viewer))
    context = {
        "section": "people",
        "person": found,
        "affiliations": found.affiliations.select_related("organisation"),
        "may_describe": may_describe(found, viewer),
        "is_own": viewer.person == found,
    }
    return render(request, "people/person.html", context)


@login_not_required
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation on record."""
    every = Organisation.objects.visible_to(request.viewer)
    context = {"section": "people", "may_organise": request.viewer.may_organise, **_by_letter(every, request)}
    return render(request, "people/organisations.html", context)


@login_not_required
def organisation(request: HttpRequest, identifier: str) -> HttpResponse:
    """An organisation: its people, and what it held."""
    found = get_object_or_404(Organisation.objects.visible_to(request.viewer), identifier=identifier)
    people = Person.objects.visible_to(request.viewer).standing().exclude(name="")
    context = {
        "section": "people",
        "organisation": found,
        "affiliations": found.affiliations.filter(person__in=people).select_related("person"),
        "may_organise": request.viewer.may_organise,
    }
    return render(request, "people/organisation.html", context)


def _claimed_by(identifier: str, viewer: Viewer) -> Person:
    """The person whose account took over this record; nobody where the viewer may not know of them."""
    seen = Person.objects.visible_to(viewer).standing()
    if (account := seen.filter(merged__identifier=identifier).first()) is None:
        raise Http404
    return account


def _waiting(viewer: Viewer) -> QuerySet[ListingRequest]:
    """Who asks to be listed, for those who decide it."""
    waiting = ListingRequest.objects.visible_to(viewer).select_related("person")
    decides = waiting if may_decide(viewer) else waiting.none()
    return decides.prefetch_related("person__affiliations__organisation")


def _by_letter(named: QuerySet, request: HttpRequest) -> dict[str, object]:
    """The letters that names of `named` begin with, and a page of those with the letter that was asked."""
    known = named.annotate(letter=Upper(Left("name", 1)))
    letters = list(known.order_by("letter").values_list("letter", flat=True).distinct())
    asked = request.GET.get("letter", "")
    chosen = next((letter for letter in (asked, asked.upper()) if letter in letters), "")
    found = known.filter(letter=chosen) if chosen else known
    ordered = found.order_by(Lower("name"), "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    return {"letters": letters, "letter": chosen, "page": page}
