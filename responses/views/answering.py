"""Answering a board: choose a station, choose a mark, stick it up."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.identifiers import in_fours
from people.guests import welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.board import Added, KeyTaken, add_note
from responses.forms import AnswerForm
from responses.limits import count_note
from responses.models import Note, Station
from responses.receipts import receipt_of
from responses.seals import opened, seal
from responses.tallies import tallies_by_station
from responses.views.boards import board_seen


@login_not_required
@require_safe
def answer(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_seen(request, event, slug)
    stations = list(board.stations.with_principles())
    tallies = tallies_by_station(stations)
    own = Note.objects.standing().of(request.viewer).filter(board=board)
    left = Counter(own.order_by().values_list("station", flat=True))
    choices = [(station, tallies[station.pk].total, left[station.pk]) for station in stations]
    return render(request, "responses/answer.html", {"section": "events", "board": board, "choices": choices})


# The browser may keep the form, so that going back after a lost answer sends the same key again.
@login_not_required
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_station(request: HttpRequest, event: str, slug: str, code: str) -> HttpResponse:
    board = board_seen(request, event, slug)
    station = get_object_or_404(board.stations, code=code)
    station.board = board
    # Known before the first note is sent, so that sending it twice is the same guest twice.
    welcome(request)
    if request.method != "POST":
        return show_form(request, station, AnswerForm(), status=200)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_form(request, station, form)
    try:
        added = stick_up(request, station, form)
    except Refused as refusal:
        return say_why_not(request, station, form, refusal)
    except TooMany as busy:
        return ask_to_wait(request, station, form, busy)
    return land(request, station, form, added)


def show_form(request: HttpRequest, station: Station, form: AnswerForm, *, status: int = 422) -> HttpResponse:
    shown = station.board.stations.with_principles().get(pk=station.pk)
    context = {
        "section": "events",
        "board": station.board,
        "station": shown,
        "form": form,
        "shown": seal(shown),
    }
    return render(request, "responses/answer_station.html", context, status=status)


def stick_up(request: HttpRequest, station: Station, form: AnswerForm) -> Added:
    count_note(request, station.board)
    typed = form.cleaned_data
    return add_note(
        station,
        by=request.viewer,
        key=typed["key"],
        mark=typed["mark"],
        consent=form.consent(),
        words=typed["words"],
        answered=opened(request.POST.get("shown", ""), station),
    )


def say_why_not(request: HttpRequest, station: Station, form: AnswerForm, refusal: Refused) -> HttpResponse:
    if isinstance(refusal, KeyTaken):
        form.take_new_key()
    form.add_error(None, str(refusal))
    return show_form(request, station, form)


def ask_to_wait(request: HttpRequest, station: Station, form: AnswerForm, busy: TooMany) -> HttpResponse:
    """The same form again, to be sent as it stands when there is room."""
    seconds = f"{busy.retry_after} second{'' if busy.retry_after == 1 else 's'}"
    form.add_error(None, f"That was a lot at once. Everything you typed is here: send it in {seconds}.")
    response = show_form(request, station, form, status=429)
    response["Retry-After"] = busy.retry_after
    return response


def land(request: HttpRequest, station: Station, form: AnswerForm, added: Added) -> HttpResponse:
    """On the board at one's note; or back on the form where its words are not on the wall."""
    note, typed = added.note, form.cleaned_data
    if added.is_new:
        messages.success(request, on_the_wall(note))
    elif note.key != typed["key"]:
        messages.warning(request, there_already(note))
    elif note.withdrawn_at or not says_the_same(note, station, typed["mark"], typed["words"]):
        form.take_new_key()
        form.add_error(
            None,
            f"This page sent {note.label} before. Press the button again to put this one up as a new note.",
        )
        return show_form(request, station, form)
    else:
        messages.success(request, on_the_wall(note))
    return redirect(f"{station.board.get_absolute_url()}#{note.identifier}")


def says_the_same(note: Note, station: Station, mark: str, words: str) -> bool:
    """Whether a note sent again is the one that was sent, whatever it was corrected to since."""
    first = note.readings.order_by("number").first()
    return (note.station_id, note.mark, first.text) == (station.pk, mark, words)


def on_the_wall(note: Note) -> SafeString:
    receipt = receipt_of(note.key, note.receipt_hash)
    if not receipt:
        return format_html("It is on the wall. Your note is {}.", note.label)
    return format_html(
        "It is on the wall. Your note is {}. Keep this code to change it or take it down: "
        '<a class="code" href="{}">{}</a>',
        note.label,
        reverse("receipt", args=[receipt]),
        in_fours(receipt),
    )


def there_already(note: Note) -> SafeString:
    return format_html(
        'You left this mark here before, as {}. It counts once. <a href="{}">Take it back</a>',
        note.label,
        reverse("my_note_withdraw", args=[note.identifier]),
    )
