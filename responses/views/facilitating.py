"""The facilitator's console: what is needed now, and every act a form of its own."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.reach import reach_in
from people.guests import Viewer
from people.refusals import Refused
from responses import moderation, room
from responses.acts import acts_on
from responses.alarms import alarms
from responses.codes import in_groups
from responses.console import console_of
from responses.forms import SettingsForm
from responses.layouts import keep_layout
from responses.live.messages import seconds_left
from responses.models import Activity, Board, Cards, Drawing, Note, Poll, Station
from responses.phases import CLOSES, steps_of
from responses.qr import join_address, qr_svg

KINDS = {model.KIND: model for model in (Board, Poll, Cards, Drawing)}
LATEST = 30  # acts in the log
Typed = QueryDict


def address_of(activity: Activity) -> str:
    """The address of an activity's console."""
    return reverse(f"{activity.kind}_facilitate", args=[activity.event.slug, activity.slug])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def facilitate(request: HttpRequest, event: str, slug: str, kind: str) -> HttpResponse:
    """The console of an activity of this kind; does what was asked for and comes back to the same place."""
    of_kind = KINDS[kind].objects.moderated_by(request.viewer)
    rows = of_kind.select_related("event__series", "pinned_note__station", "shown_station")
    activity = get_object_or_404(rows, event__slug=event, slug=slug)
    form = settings_form(activity)
    if request.method == "POST":
        if request.POST.get("act") != "settings":
            return carry_out(request, activity)
        form = settings_form(activity, request.POST)
        if change_settings(request, activity, form):
            return redirect(f"{address_of(activity)}#settings")
    context = about(request, activity) | {"settings": form}
    # A page that is open fetches what waits anew; all else comes with the page.
    page = "responses/facilitate_board.html#queue" if "queue" in request.GET else "responses/facilitate.html"
    return render(request, page, context, status=422 if form.errors else 200)


def about(request: HttpRequest, activity: Activity) -> dict[str, object]:
    """All that the console shows."""
    said = list(messages.get_messages(request))
    context = {
        "section": "events",
        "activity": activity,
        "steps": steps_of(activity),
        "closes": CLOSES,
        "seconds_left": seconds_left(activity),
        "alarms": alarms(activity),
        "qr": qr_svg(join_address(activity)) if activity.code else "",
        "acts": acts_on(activity, request.viewer, LATEST),
        "reach": reach_in(activity.event, request.viewer),
        # Each is said where its act was done; without a place, above the page as everywhere.
        "messages": [one for one in said if not one.extra_tags],
        "said": said,
        "kind_part": f"responses/facilitate_{activity.kind}.html",
    }
    if activity.kind == Activity.Kind.BOARD:
        console = console_of(activity, request.viewer, chosen=request.GET.get("note", ""))
        context |= {"board": activity, "console": console, "reasons": moderation.REASONS}
    return context


def settings_form(activity: Activity, typed: Typed | None = None) -> SettingsForm:
    now = {name: getattr(activity, name) for name in ("seats", *room.SWITCHES)}
    return SettingsForm(typed, initial=now)


def change_settings(request: HttpRequest, activity: Activity, form: SettingsForm) -> bool:
    if not form.is_valid():
        return False
    try:
        room.change_settings(activity, by=request.viewer, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("seats", str(refusal))
        return False
    messages.success(request, _("Kept. It holds from now on."), extra_tags="settings")
    return True


def carry_out(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Do one act, and say at its place on the page what came of it."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        said = act.do(activity, request.POST, request.viewer)
        messages.success(request, said, extra_tags=act.place)
    except Refused as refusal:
        messages.error(request, str(refusal), extra_tags=act.place)
    return redirect(f"{address_of(activity)}#{act.place}")


def whole_number(typed: Typed, name: str) -> int:
    """A number that was typed; refuses anything else."""
    text = typed.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Refused(_("Type a whole number, for example 10."))
    return int(text)


def note_of(activity: Activity, typed: Typed, by: Viewer) -> Note:
    notes = Note.objects.visible_to(by).filter(board=activity.pk).select_related("board__event", "station")
    if note := notes.filter(identifier=typed.get("note", "")).first():
        return note
    raise Refused(_("That note is gone: it was withdrawn meanwhile, or is on another board."))


def station_of(activity: Activity, typed: Typed, by: Viewer) -> Station:
    stations = Station.objects.visible_to(by).filter(board=activity.pk).select_related("board__event")
    if station := stations.filter(code=typed.get("station", "")).first():
        return station
    raise Refused(_("There is no such heading on this board. Load the page again."))


# The acts: each does what was asked for and says in a sentence what came of it.


def open_it(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.open_activity(activity, by=by)
    activity.refresh_from_db(fields=["code"])
    return _("It is open. People join with %(code)s.") % {"code": in_groups(activity.code)}


def close_it(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.close_activity(activity, by=by)
    return _("It is closed. What is on it stays, and its code leads nowhere any more.")


def change_phase(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.change_phase(activity, typed.get("phase", ""), by=by)
    return _("Now: %(label)s. Every phone and the big screen say so.") % {
        "label": activity.Phase(typed["phase"]).label
    }


def change_code(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.change_code(activity, by=by)
    return _("There is a new code. Whoever has joined stays; the old code leads nowhere.")


def set_timer(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.set_timer(activity, whole_number(typed, "minutes"), by=by)
    return _("The timer runs, and everybody sees it.")


def extend_timer(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.extend_timer(activity, whole_number(typed, "minutes"), by=by)
    return _("There is more time, and everybody sees it.")


def stop_timer(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.stop_timer(activity, by=by)
    return _("The timer is off.")


def lock(activity: Activity, typed: Typed, by: Viewer) -> str:
    station = station_of(activity, typed, by)
    room.lock_station(station, by=by)
    return _("“%(heading)s” takes no more answers for now.") % {"heading": station.heading}


def unlock(activity: Activity, typed: Typed, by: Viewer) -> str:
    station = station_of(activity, typed, by)
    room.unlock_station(station, by=by)
    return _("“%(heading)s” takes answers again.") % {"heading": station.heading}


def show_alone(activity: Activity, typed: Typed, by: Viewer) -> str:
    station = station_of(activity, typed, by)
    room.show_station(activity, station, by=by)
    return _("The room is shown “%(heading)s” alone.") % {"heading": station.heading}


def show_all(activity: Activity, typed: Typed, by: Viewer) -> str:
    room.show_station(activity, None, by=by)
    return _("The room is shown every heading.")


def show(activity: Activity, typed: Typed, by: Viewer) -> str:
    note = note_of(activity, typed, by)
    moderation.show_note(note, by=by, reading=whole_number(typed, "reading"))
    return _("%(label)s is on the wall.") % {"label": note.label}


def hide(activity: Activity, typed: Typed, by: Viewer) -> str:
    note = note_of(activity, typed, by)
    moderation.hide_note(note, typed.get("why", ""), by=by)
    return _("%(label)s is hidden. Whoever wrote it is shown your reason.") % {"label": note.label}


def undo_hiding(activity: Activity, typed: Typed, by: Viewer) -> str:
    note = note_of(activity, typed, by)
    moderation.undo_hiding(note, by=by)
    return _("Undone: %(label)s is back where it was.") % {"label": note.label}


def undo_showing(activity: Activity, typed: Typed, by: Viewer) -> str:
    note = note_of(activity, typed, by)
    moderation.undo_showing(note, by=by)
    return _("%(label)s is off the wall and waits again.") % {"label": note.label}


def pin(activity: Activity, typed: Typed, by: Viewer) -> str:
    note = note_of(activity, typed, by)
    moderation.pin_note(note, by=by)
    return _("%(label)s is pinned to the wall.") % {"label": note.label}


def unpin(activity: Activity, typed: Typed, by: Viewer) -> str:
    note = note_of(activity, typed, by)
    moderation.unpin_note(note, by=by)
    return _("%(label)s is no longer pinned.") % {"label": note.label}


def keep_as_layout(activity: Activity, typed: Typed, by: Viewer) -> str:
    layout = keep_layout(activity, typed.get("name", ""), by=by)
    return _("Kept as “%(name)s”. You can choose it for the next board.") % {"name": layout.name}


class Act(NamedTuple):
    """Where on the page an act is done, and what does it."""

    place: str
    do: Callable[[Activity, Typed, Viewer], str]


ACTS = {
    "open": Act("steps", open_it),
    "close": Act("steps", close_it),
    "phase": Act("steps", change_phase),
    "code": Act("steps", change_code),
    "timer": Act("timer", set_timer),
    "extend": Act("timer", extend_timer),
    "stop": Act("timer", stop_timer),
    "lock": Act("stations", lock),
    "unlock": Act("stations", unlock),
    "show_alone": Act("stations", show_alone),
    "show_all": Act("stations", show_all),
    "show": Act("queue", show),
    "hide": Act("queue", hide),
    "hide_shown": Act("wall", hide),
    "undo_hiding": Act("hidden", undo_hiding),
    "undo_showing": Act("wall", undo_showing),
    "pin": Act("wall", pin),
    "unpin": Act("wall", unpin),
    "layout": Act("layout", keep_as_layout),
}
