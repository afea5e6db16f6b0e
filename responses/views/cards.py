"""The page of cards: take a stand, see where the room stands; making cards, and counting the room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from events.models import Event
from people.guests import welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.cards import count_zones, leave_stand, make_cards, take_stand
from responses.cards_forms import CardsForm, CountForm
from responses.flows import Flow, flows_of
from responses.limits import count_stand
from responses.models import Card, Cards, Round
from responses.models.activities import LINK_DAYS
from responses.stands import places_of


def cards_seen(request: HttpRequest, event: str, slug: str) -> Cards:
    """The cards at this address, as far as the viewer may see them; else 404."""
    cards = Cards.objects.visible_to(request.viewer).select_related("event__series")
    return get_object_or_404(cards, event__slug=event, slug=slug)


@login_not_required
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    cards = cards_seen(request, event, slug)
    if cards.is_open or request.method == "POST":
        # Known before the first stand is taken, so that a double tap is the same guest twice.
        welcome(request)
    if request.method != "POST":
        return show_cards(request, cards)
    card = get_object_or_404(cards.cards, identifier=request.POST.get("card", ""))
    card.cards = cards
    try:
        count_stand(request, cards)
        said = move(request, card)
    except (Refused, TooMany) as refusal:
        return say_why_not(request, cards, card, refusal)
    messages.success(request, said, extra_tags=place_of(card))
    return redirect(f"{cards.get_absolute_url()}#{place_of(card)}")


def place_of(card: Card) -> str:
    """Where a card is on every page."""
    return f"card-{card.identifier}"


def move(request: HttpRequest, card: Card) -> str:
    """Do what was pressed; returns what came of it, in a sentence."""
    if request.POST.get("act") == "leave":
        leave_stand(card, by=request.viewer)
        return _("You stand nowhere on this card now.")
    position = request.POST.get("zone", "")
    zones = card.cards.zones
    zone = zones.filter(position=position).first() if position.isascii() and position.isdigit() else None
    if zone is None:
        raise Refused(_("There is no such place to stand on this card. Choose one of these."))
    take_stand(card, zone, by=request.viewer)
    return _("You stand at “%(zone)s” now.") % {"zone": zone}


def show_cards(
    request: HttpRequest, cards: Cards, *, refused: Card | None = None, why: str = "", status: int = 200
) -> HttpResponse:
    viewer, flows = request.viewer, flows_of(cards)
    places = places_of(cards, flows, viewer)
    for place in places:
        place.refusal = why if place.card == refused else ""
    said = list(messages.get_messages(request))
    context = {
        "section": "events",
        "cards": cards,
        "flows": flows,
        "places": places if cards.is_open or any(place.stands for place in places) else [],
        # What was done on a card is said there; without a place, above the page as everywhere.
        "messages": [one for one in said if not one.extra_tags],
        "said": said,
        "refused": refused,
        "may_run": viewer.person is not None and cards.event.is_facilitated_by(viewer),
        "link_days": LINK_DAYS,
    }
    return render(request, "responses/cards.html", context, status=status)


def say_why_not(request: HttpRequest, cards: Cards, card: Card, refusal: Refused | TooMany) -> HttpResponse:
    """The same page, with the reason at its card."""
    # The room may have moved on since the page was made.
    now = cards_seen(request, cards.event.slug, cards.slug)
    if not isinstance(refusal, TooMany):
        return show_cards(request, now, refused=card, why=str(refusal), status=422)
    response = show_cards(request, now, refused=card, why=str(refusal), status=429)
    response["Retry-After"] = refusal.retry_after
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def cards_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    form = CardsForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_cards(event, by=request.viewer, **form.settings())
            messages.success(request, _("The cards are there. Open them when the room is ready."))
            return redirect("cards_facilitate", event.slug, made.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "form": form}
    return render(request, "responses/cards_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cards_count(request: HttpRequest, event: str, slug: str, number: int, when: str) -> HttpResponse:
    """For those who facilitate them: how many without a phone stand where, on one card in one round."""
    run = Cards.objects.facilitated_by(request.viewer).select_related("event__series")
    cards = get_object_or_404(run, event__slug=event, slug=slug)
    flow = flow_of_card(cards, number, when)
    form = CountForm(flow, Round(when), request.POST or None)
    if form.is_valid():
        try:
            count_zones(flow.card, when, form.counts(), by=request.viewer)
            place = place_of(flow.card)
            messages.success(request, counted(form), extra_tags=place)
            return redirect(f"{reverse('cards_facilitate', args=[event, slug])}#{place}")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "cards": cards, "flow": flow, "form": form}
    return render(request, "responses/cards_count.html", context, status=422 if form.errors else 200)


def flow_of_card(cards: Cards, number: int, when: str) -> Flow:
    found = [flow for flow in flows_of(cards, uncovered=True) if flow.card.position == number]
    if not found or when not in Round.values:
        raise Http404
    return found[0]


def counted(form: CountForm) -> str:
    numbers, when = form.counts(), str(form.round.label).lower()
    if not numbers:
        return _("The count %(when)s is taken back.") % {"when": when}
    total = sum(numbers.values())
    said = ngettext("%(number)s person counted %(when)s.", "%(number)s people counted %(when)s.", total)
    return said % {"number": total, "when": when}
