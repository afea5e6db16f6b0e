"""Answering a board: choose a station, choose a mark, stick it up."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.identifiers import in_fours
from people.guests import welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.board import Added, KeyTaken, add_note
from responses.forms import AnswerForm
from responses.limits import count_note
from responses.models import Moderation, Note, Station
from responses.receipts import receipt_of
from responses.seals import opened, seal
from responses.tallies import tallies_by_station
from responses.views.boards import board_seen
from responses.views.tray import is_from_the_tray, is_shown_messages, it_arrived, it_did_not

WHERE = {
    Moderation.SHOWN: gettext_lazy("It is on the wall."),
    Moderation.WAITING: gettext_lazy(
        "It has arrived, and an organiser looks at it before it goes on the wall."
    ),
    Moderation.HIDDEN: gettext_lazy("It arrived before, and the organisers hid it."),
}
COVERED = gettext_lazy("It is on the wall, which is covered until the organisers reveal it.")


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
    if is_from_the_tray(request) and form.is_bound:
        return it_did_not(form, status=status)
    shown = station.board.stations.with_principles().get(pk=station.pk)
    shown.board = station.board
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
    typed, shown = form.cleaned_data, opened(request.POST.get("shown", ""), station)
    return add_note(
        station,
        by=request.viewer,
        key=typed["key"],
        mark=typed["mark"],
        consent=form.consent(),
        words=typed["words"],
        signed=typed["signed"],
        answered=shown.wordings if shown else None,
        in_time=shown is not None and shown.in_time,
    )


def say_why_not(request: HttpRequest, station: Station, form: AnswerForm, refusal: Refused) -> HttpResponse:
    if isinstance(refusal, KeyTaken):
        form.take_new_key()
    form.add_error(None, str(refusal))
    return show_form(request, station, form)


def ask_to_wait(request: HttpRequest, station: Station, form: AnswerForm, busy: TooMany) -> HttpResponse:
    """The same form again, to be sent as it stands when there is room."""
    said = ngettext(
        "That was a lot at once. Everything you typed is here: send it in %(seconds)s second.",
        "That was a lot at once. Everything you typed is here: send it in %(seconds)s seconds.",
        busy.retry_after,
    )
    form.add_error(None, said % {"seconds": busy.retry_after})
    response = show_form(request, station, form, status=429)
    response["Retry-After"] = busy.retry_after
    return response


def land(request: HttpRequest, station: Station, form: AnswerForm, added: Added) -> HttpResponse:
    """On the live board at one's note; or back on the form where its words are not on the wall."""
    note, typed = added.note, form.cleaned_data
    note.station, note.board = station, station.board
    is_other = note.key != typed["key"]
    if not added.is_new and not is_other and is_another(note, typed):
        return send_as_new(request, station, form, note)
    if is_shown_messages(request):
        messages.add_message(request, *(there_already(note) if is_other else arrived(note)))
    if is_from_the_tray(request):
        said = (
            _("You left this mark here before, as %(label)s. It counts once.") % {"label": note.label}
            if is_other
            else ""
        )
        waits = note.moderation == Moderation.WAITING
        return it_arrived(note, url=address_of(note), waits=waits, said=said)
    return redirect(address_of(note))


def send_as_new(request: HttpRequest, station: Station, form: AnswerForm, note: Note) -> HttpResponse:
    form.take_new_key()
    form.add_error(
        None,
        _("This page sent %(label)s before. Press the button again to put this one up as a new note.")
        % {"label": note.label},
    )
    return show_form(request, station, form)


def is_another(note: Note, typed: dict[str, object]) -> bool:
    """Whether what was typed is not the note that was sent, whatever that was corrected to since."""
    if note.withdrawn_at:
        return True
    first = note.readings.order_by("number").first()
    return (note.station_id, note.mark, first.text) != (note.station.pk, typed["mark"], typed["words"])


def address_of(note: Note) -> str:
    """Where its writer sees it: on the live board while that is open, else on the board."""
    if not note.board.is_open:
        return f"{note.board.get_absolute_url()}#{note.identifier}"
    is_up = note.moderation == Moderation.SHOWN and not note.merged_into_id and not note.board.covers
    live = reverse("board_live", args=[note.board.event.slug, note.board.slug])
    return f"{live}?station={note.station.code}#{'' if is_up else 'own-'}{note.identifier}"


def arrived(note: Note) -> tuple[int, SafeString]:
    """That it is on the wall, or what happens first; with the receipt, unless that is no longer known."""
    where = WHERE[note.moderation] if not note.board.covers else COVERED
    receipt = receipt_of(note.key, note.receipt_hash)
    if not receipt:
        return messages.SUCCESS, format_html(_("{} Your note is {}."), where, note.label)
    return messages.SUCCESS, format_html(
        _(
            "{} Your note is {}. Keep this code to change it or take it down: "
            '<a class="code" href="{}">{}</a>'
        ),
        where,
        note.label,
        reverse("receipt", args=[receipt]),
        in_fours(receipt),
    )


def there_already(note: Note) -> tuple[int, SafeString]:
    return messages.WARNING, format_html(
        _('You left this mark here before, as {}. It counts once. <a href="{}">Take it back</a>'),
        note.label,
        reverse("my_note_withdraw", args=[note.identifier]),
    )
