"""The reading desk: what waits to be read, and one note in front of one reader."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from people.guests import Viewer, welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.limits import count_preview, count_reading
from responses.models import Reading, TextState
from responses.models.notes import words_as_html
from responses.models.photos import notes_to_read_by
from responses.readings.desk import Desk
from responses.readings.forms import ReadingForm
from responses.readings.places import Place
from responses.readings.queue import progress_of, queue_of
from responses.readings.reading import read_note as add_reading
from responses.readings.saying import brackets_in, in_words

SHELVES = {
    Place.NEEDS_READER: gettext_lazy("Needs a reader"),
    Place.HARD: gettext_lazy("Hard to read"),
    Place.READY: gettext_lazy("Ready for a ruling"),
    Place.BETTER_PHOTO: gettext_lazy("Waits for a picture, or a better one"),
    Place.SETTLED: gettext_lazy("Settled"),
}
PER_PAGE = 30
SEAT = "reader without a cookie"


@login_not_required
@never_cache
@require_safe
def reading(request: HttpRequest, slug: str) -> HttpResponse:
    """What of an event waits to be read, and how far it is."""
    event = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug)
    queue = queue_of(event, request.viewer)
    shelves = [(place.value, name, len(queue.at(place))) for place, name in SHELVES.items()]
    asked = request.GET.get("place", "")
    filled = [value for value, _, number in shelves if number]
    chosen = Place(asked) if asked in [*SHELVES] else Place((filled or [Place.NEEDS_READER])[0])
    context = {
        "section": "events",
        "event": event,
        "progress": progress_of(event, request.viewer),
        "queue": queue,
        "next": queue.next_after(),
        "shelves": shelves,
        "chosen": chosen.value,
        "name": SHELVES[chosen],
        "page": Paginator(queue.at(chosen), PER_PAGE).get_page(request.GET.get("page")),
        "may_run": request.viewer.person is not None and event.is_run_by(request.viewer),
    }
    return render(request, "responses/reading_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_note(request: HttpRequest, identifier: str) -> HttpResponse:
    """The desk for one note, for those who signed in; others come by a link that asks them."""
    notes = notes_to_read_by(request.viewer).for_showing()
    note = get_object_or_404(notes, identifier=identifier)
    chosen = request.POST.get("box") or request.GET.get("box", "")
    return at_desk(request, Desk(note, request.viewer, chosen=chosen))


def at_desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the desk; or do what its form asks for: look how it reads, agree with another, or save."""
    if request.method != "POST":
        return show_desk(request, desk, form_for(desk))
    match request.POST.get("act"):
        case "look":
            return look(request, desk)
        case "agree":
            return agree(request, desk)
        case _:
            return save(request, desk)


def form_for(desk: Desk, typed: object = None) -> ReadingForm:
    """The form, with what this reader said last."""
    initial = {"box": desk.region.identifier if desk.region else "", "seat": new_seat()}
    if own := desk.own:
        initial |= {
            "state": own.text_state,
            "markup": "" if own.text == "[illegible]" else own.text,
            "mark": own.mark,
            "confidence": own.confidence,
            "comment": own.comment,
            "wants_better_photo": own.wants_better_photo,
            "from_paper": own.witness == Reading.Witness.ORIGINAL,
            "brackets": bool(brackets_in(own.text)),
        }
    may_have_paper = desk.reach.transcribes and desk.region is not None
    return ReadingForm(typed, initial=initial, may_have_paper=may_have_paper)


def show_desk(request: HttpRequest, desk: Desk, form: ReadingForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "events",
        "desk": desk,
        "note": desk.note,
        "board": desk.note.board,
        "asking": desk.asking,
        "form": form,
        "preview": preview_of(form),
        "arrives": "on" in request.GET,
    }
    page = "responses/asked_note.html" if desk.asking else "responses/desk.html"
    response = render(request, page, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def preview_of(form: ReadingForm) -> dict[str, object]:
    """How the words in the form read, as they will be shown and told in words."""
    typed = form["markup"].value() or ""
    bound = form["markup"].errors
    words = "" if bound else typed[:10_000]
    return {
        "html": words_as_html(words, "paper"),
        "words": in_words(words),
        "brackets": form.asks_about_brackets,
        "is_empty": not words.strip(),
    }


def look(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How the words read, and nothing of the note: alone for a script, else in the page as it was typed."""
    try:
        count_preview(request)
    except TooMany as busy:
        return wait(request, desk, busy)
    form = form_for(desk, request.POST)
    if request.headers.get("X-Part") == "preview":
        return render(request, "responses/desk_preview.html", {"preview": preview_of(form), "form": form})
    unchecked = form_for(desk)
    unchecked.initial |= {name: request.POST.get(name, "") for name in unchecked.fields}
    return show_desk(request, desk, unchecked)


def save(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = form_for(desk, request.POST)
    if not form.is_valid():
        return show_desk(request, desk, form, status=422)
    typed = form.cleaned_data
    from_paper = typed.get("from_paper") or not desk.region
    said = {
        "state": typed["state"],
        "markup": typed["markup"],
        "mark": typed["mark"],
        "region": desk.region,
        "witness": Reading.Witness.ORIGINAL if from_paper else Reading.Witness.PHOTO,
        "confidence": typed["confidence"],
        "comment": typed["comment"],
        "wants_better_photo": typed["wants_better_photo"],
    }
    try:
        desk = keep(request, desk, said)
    except Refused as refusal:
        form.add_error("markup" if typed["state"] != TextState.WAITING else None, str(refusal))
        return show_desk(request, desk, form, status=422)
    except TooMany as busy:
        return wait(request, desk, busy)
    return go_on(request, desk)


def agree(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say the same as another reader, as one who has read the note before."""
    number = request.POST.get("reading", "")
    other = next((one.other for one in desk.beside if str(one.other.number) == number), None)
    if other is None:
        raise Http404
    said = {
        "state": other.text_state,
        "markup": other.text,
        "mark": other.mark,
        "region": desk.region,
        "witness": desk.own.witness,
        "comment": _("Agrees with reading %(number)s, having seen it.") % {"number": other.number},
    }
    try:
        desk = keep(request, desk, said)
    except (Refused, TooMany) as refusal:
        messages.error(request, str(refusal))
        return redirect(desk.address)
    messages.success(
        request,
        _(
            "You agree with reading %(number)s now. Your first reading is kept too, and somebody who "
            "has seen neither still has to read the note."
        )
        % {"number": other.number},
    )
    return redirect(f"{desk.address}?on#h-second")


def keep(request: HttpRequest, desk: Desk, said: dict[str, object]) -> Desk:
    """Add the reading, by a guest who is known from now on where nobody was; returns the desk after it."""
    is_new = request.viewer.is_anybody
    viewer = take_seat(request)
    if desk.asking:
        viewer = replace(viewer.as_participant, reads_for=desk.asking.event_id)
    count_reading(request, desk.note.board, is_new=is_new)
    add_reading(desk.note, by=viewer, **said)
    return Desk(desk.note, viewer, desk.asking)


def go_on(request: HttpRequest, desk: Desk) -> HttpResponse:
    """To the readings of others where there are any, and else to the next note."""
    if desk.beside:
        messages.success(request, _("Saved. Somebody else read %(label)s too.") % {"label": desk.note.label})
        return redirect(f"{desk.address}?on#h-second")
    said = (
        _("Saved: %(label)s.") % {"label": desk.note.label}
        if desk.next
        else _("Saved: %(label)s. That was the last one.") % {"label": desk.note.label}
    )
    messages.success(request, said)
    return redirect(f"{desk.next_address}?on" if desk.next else desk.list_address)


def wait(request: HttpRequest, desk: Desk, busy: TooMany) -> HttpResponse:
    """The same page with all that was typed, to be sent when there is room."""
    form = form_for(desk, request.POST)
    form.is_valid()
    form.add_error(None, _("%(busy)s Everything you typed is here.") % {"busy": busy})
    response = show_desk(request, desk, form, status=429)
    response["Retry-After"] = busy.retry_after
    return response


def new_seat() -> str:
    """Who a guest will be who saves from this page: the same, however often they press the button."""
    return signing.dumps(get_random_string(22), salt=SEAT)


def take_seat(request: HttpRequest) -> Viewer:
    """The viewer; without a cookie the one the page was made for, who gets theirs with the answer."""
    if request.viewer.is_anybody:
        try:
            key = signing.loads(request.POST.get("seat", ""), salt=SEAT)
        except signing.BadSignature:
            return welcome(request)
        request.viewer = replace(request.viewer, guest_key=key)
        request.is_new_guest = True
    return request.viewer
