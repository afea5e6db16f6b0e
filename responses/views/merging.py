"""The same words twice: what the guard proposes, and what people decided."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.refusals import Refused
from responses.merges import keep_apart, merge_notes, merged_on, proposals_on
from responses.models import Board, Note
from responses.views.counting import board_run

ACTS = {"merge": merge_notes, "apart": keep_apart}
DONE = {
    "merge": gettext_lazy("{double} is merged into {kept}: they count once."),
    "apart": gettext_lazy("{kept} and {double} stay two. They are not proposed again."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_run(request, event, slug)
    if request.method == "POST":
        decide(request, board)
        return redirect("board_merges", board.event.slug, board.slug)
    context = {
        "section": "events",
        "board": board,
        "proposals": proposals_on(board),
        "merged": merged_on(board),
    }
    return render(request, "responses/merging.html", context)


def decide(request: HttpRequest, board: Board) -> None:
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    kept, double = (note_of(request, board, part) for part in ("kept", "double"))
    try:
        ACTS[act](kept, double, by=request.viewer)
        messages.success(request, DONE[act].format(kept=kept.label, double=double.label))
    except Refused as refusal:
        messages.error(request, str(refusal))


def note_of(request: HttpRequest, board: Board, part: str) -> Note:
    notes = Note.objects.run_by(request.viewer).filter(board=board).for_showing()
    return get_object_or_404(notes, identifier=request.POST.get(part, ""))
