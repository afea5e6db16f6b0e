"""The live board: what is stuck up now, newest first, and the form to add to it."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.reach import reach_in
from people.guests import welcome
from responses.forms import AnswerForm
from responses.live.messages import seconds_left
from responses.models import Board, Station
from responses.newest import newest_wall
from responses.seals import seal
from responses.sheets import notes_on
from responses.tallies import Tally, tallies_by_station
from responses.views.boards import board_seen


@login_not_required
@cache_control(private=True, no_cache=True)
@require_safe
def live(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    # Its change number is read before its notes: what is added meanwhile comes by the stream.
    board = board_seen(request, event, slug)
    stations = Station.objects.visible_to(request.viewer).with_principles()
    prefetch_related_objects([board], Prefetch("stations", stations))
    station = station_asked_for(request, board)
    if station and board.is_open:
        welcome(request)
    tallies = tallies_by_station(stations := list(board.stations.all()))
    wall = newest_wall(board, request.viewer, [station] if station else stations)
    counted = whole(tallies)
    kept = (tallies[station.pk] if station else counted).total - wall.seen
    tabs = [(one, tallies[one.pk]) for one in stations]
    context = {"board": board, "station": station, "tabs": tabs, "wall": wall, "whole": counted, "kept": kept}
    shown = context | about_the_room(request, board) | the_form(station)
    return render(request, "responses/live.html", shown | {"section": "events"})


def station_asked_for(request: HttpRequest, board: Board) -> Station | None:
    """The station in the address; without one that which the room is shown, or the only one."""
    stations = board.stations.all()
    code = request.GET.get("station")
    if code is None:
        shown = [one for one in stations if one.pk == board.shown_station_id]
        return next(iter(shown or (stations if len(stations) == 1 else [])), None)
    found = next((one for one in stations if one.code == code), None)
    if code and found is None:
        raise Http404
    return found


def whole(tallies: dict[int, Tally]) -> Tally:
    tally = Tally()
    for one in tallies.values():
        tally.add(one)
    return tally


def about_the_room(request: HttpRequest, board: Board) -> dict[str, object]:
    """What `#state` is drawn from, and what the viewer may do in the event."""
    stations = board.stations.all()
    pinned = notes_on(board, request.viewer).filter(pk=board.pinned_note_id).for_showing().first()
    return {
        "pinned": pinned,
        "shown": next((one for one in stations if one.pk == board.shown_station_id), None),
        "locked": [one for one in stations if one.is_locked],
        "seconds_left": seconds_left(board),
        "reach": reach_in(board.event, request.viewer),
    }


def the_form(station: Station | None) -> dict[str, object]:
    return {"form": AnswerForm(), "sealed": seal(station)} if station else {}
