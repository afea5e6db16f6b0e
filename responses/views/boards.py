"""The board as a document."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from events.reach import reach_in
from responses.forms import WallForm
from responses.joining import may_know_code
from responses.models import Board
from responses.names import sees_names
from responses.sheets import origins_in_words, sheets_of, states_in_words, tally_of_sheets

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
    reach = reach_in(board.event, request.viewer)
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
        "reach": reach,
        "may_know_code": bool(board.code and reach.facilitates) or may_know_code(board, request.viewer),
        "named": SimpleLazyObject(lambda: sees_names(board, request.viewer)),
        "changes": reach.moderates and board.changes.visible_to(request.viewer).newest_first()[:LATEST],
    }
    # Choosing a mark or an order fetches the sheets alone; without JavaScript, the whole page.
    page = "responses/board.html#sheets" if request.htmx else "responses/board.html"
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
