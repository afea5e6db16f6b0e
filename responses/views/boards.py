"""The board as a document, and opening and closing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from people.refusals import Refused
from responses.board import close_board, open_board
from responses.forms import WallForm
from responses.models import Board
from responses.sheets import origins_in_words, sheets_of, states_in_words, tally_of_sheets

ACTS = {Board.State.OPEN: open_board, Board.State.CLOSED: close_board}
DONE = {
    Board.State.OPEN: "The board is open. Whoever has its address can answer.",
    Board.State.CLOSED: "The board is closed. What is on it stays.",
}

LATEST = 30  # changes


def board_seen(request: HttpRequest, event: str, slug: str) -> Board:
    """The board at this address, as far as the viewer may see it; else 404."""
    boards = Board.objects.visible_to(request.viewer).select_related("event__series")
    return get_object_or_404(boards, event__slug=event, slug=slug)


@login_not_required
@require_safe
def board(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_seen(request, event, slug)
    form = WallForm(request.GET)
    form.is_valid()
    mark, order = (form.cleaned_data.get(name, "") for name in ("mark", "order"))
    sheets = sheets_of(board, request.viewer, mark=mark, order=order)
    tally = tally_of_sheets(sheets)
    may_run = request.viewer.person is not None and board.event.is_run_by(request.viewer)
    context = {
        "section": "events",
        "board": board,
        "sheets": sheets,
        "tally": tally,
        "origins": origins_in_words(tally),
        "states": states_in_words(tally),
        "form": form,
        "mark": mark,
        "transcripts": board.transcripts.all(),
        "may_run": may_run,
        "changes": board.changes.visible_to(request.viewer).newest_first()[:LATEST] if may_run else [],
    }
    # Choosing a mark or an order fetches the sheets alone; without JavaScript, the whole page.
    page = "responses/board.html#sheets" if request.htmx else "responses/board.html"
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
def board_state(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_seen(request, event, slug)
    state = request.POST.get("state", "")
    if state not in ACTS or not board.event.is_run_by(request.viewer):
        raise Http404
    try:
        ACTS[state](board, by=request.viewer)
        messages.success(request, DONE[state])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(board)
