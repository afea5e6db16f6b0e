"""Counting hands in the room, and putting up what somebody there said or handed in."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coproduce.identifiers import in_fours
from people.refusals import Refused
from responses.hand_cards import counts_on, in_marks
from responses.hand_forms import HandedInForm, HandsForm
from responses.hands import count_hands, put_up_note, take_back_hands
from responses.models import Board
from responses.receipts import receipt_of

# What each form of the page is called, and the start of the identifiers of its fields.
HANDS, WORDS = "hands", "words"


def board_run(request: HttpRequest, event: str, slug: str) -> Board:
    """The board at this address, for those who run its event; else 404."""
    return board_of(Board.objects.run_by(request.viewer), event, slug)


def board_led(request: HttpRequest, event: str, slug: str) -> Board:
    """The board at this address, for those who facilitate its event; else 404."""
    return board_of(Board.objects.facilitated_by(request.viewer), event, slug)


def board_transcribed(request: HttpRequest, event: str, slug: str) -> Board:
    """The board at this address, for those who work on the walls of its event; else 404."""
    return board_of(Board.objects.transcribed_by(request.viewer), event, slug)


def board_of(boards: QuerySet[Board], event: str, slug: str) -> Board:
    return get_object_or_404(boards.select_related("event__series"), event__slug=event, slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counting(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_led(request, event, slug)
    shown = {"station": request.GET["station"]} if "station" in request.GET else {}
    hands = HandsForm(board, initial=shown, auto_id=f"{HANDS}_%s")
    words = HandedInForm(board, initial=shown, auto_id=f"{WORDS}_%s")
    if request.method != "POST":
        return show(request, board, hands, words)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, board) or redirect(address_of(request, board))


def address_of(request: HttpRequest, board: Board) -> str:
    """Back to the page, with the heading that was counted at chosen again."""
    address = reverse("board_count", args=[board.event.slug, board.slug])
    code = request.POST.get("station", "")
    return f"{address}?station={code}" if board.stations.filter(code=code).exists() else address


def send_hands(request: HttpRequest, board: Board) -> HttpResponse | None:
    form = HandsForm(board, request.POST, auto_id=f"{HANDS}_%s")
    if form.is_valid():
        typed = form.cleaned_data
        facts = {name: typed[name] for name in ("key", "mark", "number", "where")}
        try:
            count = count_hands(form.chosen_station(), by=request.viewer, **facts).count
            messages.success(
                request,
                _("%(in_marks)s at “%(heading)s” are on the wall.")
                % {"in_marks": in_marks(count), "heading": count.station.heading},
            )
            return None
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show(request, board, form, HandedInForm(board, auto_id=f"{WORDS}_%s"), status=422)


def send_words(request: HttpRequest, board: Board) -> HttpResponse | None:
    form = HandedInForm(board, request.POST, auto_id=f"{WORDS}_%s")
    if form.is_valid():
        typed = form.cleaned_data
        facts = {name: typed[name] for name in ("key", "mark", "words")} | {"consent": form.consent()}
        try:
            note = put_up_note(form.chosen_station(), by=request.viewer, **facts).note
            receipt = in_fours(receipt_of(note.key, note.receipt_hash))
            said = _("{} is up. Whoever said it can change it or take it down with this receipt: {}")
            messages.success(request, format_html(said, note.label, receipt))
            return None
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show(request, board, HandsForm(board, auto_id=f"{HANDS}_%s"), form, status=422)


def take_back(request: HttpRequest, board: Board) -> None:
    count = get_object_or_404(counts_on(board), identifier=request.POST.get("count", ""))
    take_back_hands(count, by=request.viewer)
    messages.success(
        request,
        _("%(in_marks)s at “%(heading)s” are taken back.")
        % {"in_marks": in_marks(count), "heading": count.station.heading},
    )


ACTS: dict[str, Callable[[HttpRequest, Board], HttpResponse | None]] = {
    HANDS: send_hands,
    WORDS: send_words,
    "take_back": take_back,
}


def show(
    request: HttpRequest, board: Board, hands: HandsForm, words: HandedInForm, *, status: int = 200
) -> HttpResponse:
    counted = counts_on(board)
    context = {"section": "events", "board": board, "hands": hands, "words": words, "counted": counted}
    return render(request, "responses/counting.html", context, status=status)
