"""Signing up for an event, one's own place, and the list for those who run it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Event, SignUp
from events.places import places_of, why_closed
from events.planning_views import event_run
from events.sign_up_forms import ByHandForm, NeedsForm, SignUpForm
from events.sign_ups import (
    add_by_hand,
    confirm,
    describe,
    give_back,
    sign_up,
    take_off,
    token_of,
    with_token,
)
from people.limits import Limit, TooMany, count, network_of
from people.refusals import Refused

# A group that signs up together from one room, and no flood.
OF_A_NETWORK = Limit("sign-ups of a network in an hour", 60, 3600)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a place."""
    event = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug)
    person = request.viewer.person
    if own := own_place(request, event):
        return redirect("my_sign_up", token_of(own))
    known = {"name": person.name, "email": person.email} if person else {}
    form = SignUpForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            count((OF_A_NETWORK, network_of(request)))
            place = sign_up(event, by=request.viewer, **form.cleaned_data)
            return redirect("my_sign_up", token_of(place)) if place else asked(request, event)
        except (Refused, TooMany) as refusal:
            form.add_error(None, str(refusal))
    facts = {"places": places_of(event), "closed": why_closed(event)}
    context = {"section": "events", "event": event, "form": form} | facts
    return render(request, "events/sign_up.html", context, status=422 if form.errors else 200)


def own_place(request: HttpRequest, event: Event) -> SignUp | None:
    """The place that somebody signed in has, by their account rather than by a letter."""
    if request.viewer.person is None or request.method == "POST":
        return None
    own = SignUp.objects.visible_to(request.viewer).filter(event=event, person=request.viewer.person)
    return own.exclude(state=SignUp.State.CANCELLED).first()


def asked(request: HttpRequest, event: Event) -> HttpResponse:
    """The same answer for an address that is on the list and for one that is not."""
    context = {"section": "events", "event": event, "email": request.POST["email"].strip()}
    return render(request, "events/sign_up_asked.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place, by the address that its letters hold: confirm it, say what one needs, give it back."""
    place = with_token(token)
    if place is None:
        raise Http404
    form = NeedsForm(request.POST if request.POST.get("act") == "describe" else None, initial=known_of(place))
    refused = ""
    try:
        if said := done(request, place, form):
            messages.success(request, said)
            return redirect("my_sign_up", token)
    except Refused as refusal:
        refused = str(refusal)
    context = {"section": "events", "event": place.event, "place": place, "form": form, "refused": refused}
    status = 422 if refused or form.errors else 200
    response = render(request, "events/my_sign_up.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def known_of(place: SignUp) -> dict[str, str]:
    return {"name": place.name, "access_needs": place.access_needs}


def done(request: HttpRequest, place: SignUp, form: NeedsForm) -> str:
    """Does what was asked for with one's own place; what to say of it, or nothing."""
    act = request.POST.get("act", "")
    if act == "confirm":
        confirm(place, by=request.viewer)
        return _("Thank you. We wrote you a letter about it.")
    if act == "give_back":
        give_back(place, by=request.viewer)
        return _("You gave it back. Your name and what you told us are deleted.")
    if act == "describe" and form.is_valid():
        describe(place, by=request.viewer, **form.cleaned_data)
        return _("Kept.")
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def sign_ups(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes and who waits, for those who run the event: to read, to print, to put right."""
    event = event_run(request, slug)
    listed = SignUp.objects.visible_to(request.viewer).filter(event=event)
    form = ByHandForm(request.POST if request.POST.get("act") == "add" else None)
    try:
        if said := changed(request, event, form):
            messages.success(request, said)
            return redirect("sign_ups", slug)
    except Refused as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    lists = {"going": listed.going().order_by("confirmed_at", "pk"), "waiting": listed.waiting()}
    lists["unconfirmed"] = listed.filter(state=SignUp.State.UNCONFIRMED)
    context = {"section": "events", "event": event, "form": form, "places": places_of(event)} | lists
    return render(request, "events/sign_ups.html", context, status=422 if form.errors else 200)


def changed(request: HttpRequest, event: Event, form: ByHandForm) -> str:
    """Puts somebody on the list or takes them off it; what to say of it, or nothing."""
    if request.POST.get("act") == "take_off":
        place = event.sign_ups.filter(identifier=request.POST.get("place", "")).first()
        if place is None:
            raise Refused(_("They are not on the list any more."))
        take_off(place, by=request.viewer)
        return _("They are off the list, and get a letter if we know their address.")
    if form.is_valid():
        place = add_by_hand(event, by=request.viewer, **form.cleaned_data)
        return _("%(name)s is on the list.") % {"name": place.name}
    return ""
