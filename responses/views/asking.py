"""Asking the room: the organisers' page with the link, and what those see who open it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from people.guests import Viewer
from people.limits import TooMany
from people.refusals import Refused
from responses.limits import count_wrong_asking
from responses.models import Asking
from responses.models.photos import notes_to_read_by
from responses.qr import qr_svg
from responses.readings.asking import ask_the_room, asking_under, end_asking, ended_under
from responses.readings.desk import Desk
from responses.readings.forms import AskingForm
from responses.readings.queue import queue_of
from responses.views.desk import at_desk


@dataclass(frozen=True, slots=True)
class Link:
    """An asking whose link works, with what to hand round."""

    asking: Asking

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.asking.get_absolute_url()}"

    @property
    def qr(self) -> str:
        return qr_svg(self.address)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_room(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link that asks those who were there, hand it round, or end it."""
    event = get_object_or_404(Event.objects.run_by(request.viewer), slug=slug)
    if request.POST.get("act") == "end":
        return end(request, event)
    form = AskingForm(request.POST or None)
    if form.is_valid():
        try:
            ask_the_room(event, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("The link is ready."))
            return redirect("ask_room", event.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    askings = Asking.objects.visible_to(request.viewer).filter(event=event)
    works = [Link(asking) for asking in askings.open()]
    asked = [entry for entry in queue_of(event, request.viewer).entries if entry.is_asked]
    context = {
        "section": "events",
        "event": event,
        "form": form,
        "links": works,
        "ended": askings.exclude(pk__in=[link.asking.pk for link in works])[:20],
        "number": len(asked),
    }
    return render(request, "responses/asking.html", context, status=422 if form.errors else 200)


def end(request: HttpRequest, event: Event) -> HttpResponse:
    number = request.POST.get("asking", "")
    askings = Asking.objects.visible_to(request.viewer).filter(event=event).select_related("event")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    end_asking(get_object_or_404(askings, pk=pk), by=request.viewer)
    messages.success(request, _("The link has ended. Whoever opens it is told so."))
    return redirect("ask_room", event.slug)


@login_not_required
@never_cache
@require_safe
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """What a link asks about: the open notes of one event, each with its close-up."""
    asking = asking_under(token)
    if asking is None:
        return nothing_asked(request, token)
    queue = queue_of(asking.event, asked_viewer(request, asking))
    entries = [entry for entry in queue.entries if entry.is_asked]
    context = {
        "asking": asking,
        "event": asking.event,
        "entries": entries,
        "next": next((entry for entry in entries if not entry.is_read_by_me), None),
    }
    return unlisted(render(request, "responses/asked.html", context))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked_note(request: HttpRequest, token: str, identifier: str) -> HttpResponse:
    """The desk for one open note, for whoever holds the link."""
    asking = asking_under(token)
    if asking is None:
        return nothing_asked(request, token)
    viewer = asked_viewer(request, asking)
    notes = notes_to_read_by(viewer).filter(board__event=asking.event).for_showing()
    note = notes.filter(identifier=identifier).first()
    chosen = request.POST.get("box") or request.GET.get("box", "")
    desk = Desk(note, viewer, asking, chosen) if note else None
    if desk is None or not desk.is_open(to_what_was_written=request.method == "POST"):
        # Somebody settled it while they typed: their words are theirs to keep.
        context = {"asking": asking, "event": asking.event, "typed": request.POST.get("markup", "")}
        return unlisted(render(request, "responses/asked_settled.html", context, status=404))
    return at_desk(request, desk)


def asked_viewer(request: HttpRequest, asking: Asking) -> Viewer:
    """Whoever opened the link, with what it shows and no more, whatever else they may see elsewhere."""
    return Viewer(guest_key=request.viewer.key, reads_for=asking.event_id)


def nothing_asked(request: HttpRequest, token: str) -> HttpResponse:
    """404 for a link that never was, 410 for one that ended; 429 for a network that tries many."""
    ended = ended_under(token)
    if ended is None:
        try:
            count_wrong_asking(request)
        except TooMany as busy:
            response = render(request, "429.html", {"retry_after": busy.retry_after}, status=429)
            response["Retry-After"] = busy.retry_after
            return response
    context = {"event": ended.event if ended else None}
    return unlisted(render(request, "responses/asked_ended.html", context, status=410 if ended else 404))


def unlisted(response: HttpResponse) -> HttpResponse:
    """For whoever holds the link: no search engine keeps it, and no other site hears of it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
