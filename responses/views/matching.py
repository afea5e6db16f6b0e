"""Boxes on photographs and the notes of a transcript: what is proposed, confirmed and undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.refusals import Refused
from responses.models import Board, Matching, Region, Station
from responses.photos.matching import boxes_to_match, confirm_matches, lines_without_picture, undo_matching
from responses.photos.proposing import ALIKE, Proposal, proposals
from responses.photos.regions import make_note
from responses.views.counting import board_transcribed


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal with what was chosen for it: the identifier of a note, and whether it is ticked."""

    proposal: Proposal
    chosen: str
    is_ticked: bool

    @property
    def station(self) -> Station:
        return self.proposal.region.station


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board_match(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_transcribed(request, event, slug)
    if request.method != "POST":
        return show(request, board)
    act = make_own if "own" in request.POST else ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(request, board)
        return redirect("board_match", board.event.slug, board.slug)
    except Refused as refusal:
        return show(request, board, refusal=str(refusal))


def confirm(request: HttpRequest, board: Board) -> None:
    ticked = {region.identifier: region for region in boxes_ticked(request, board)}
    typed = {key: request.POST.get(f"line-{key}", "") for key in ticked}
    lines = {note.identifier: note for note in lines_without_picture(board)}
    if lost := [ticked[key] for key, line in typed.items() if line not in lines]:
        raise Refused(
            _("Choose the note that box %(number)s shows, or take its tick away.")
            % {"number": lost[0].number}
        )
    number = confirm_matches(
        board, [(ticked[key], lines[typed[key]]) for key in ticked], by=request.viewer
    ).number
    said = ngettext(
        "%(number)s box matched. You can undo it below.",
        "%(number)s boxes matched. You can undo it below.",
        number,
    )
    messages.success(request, said % {"number": number})


def boxes_ticked(request: HttpRequest, board: Board) -> list[Region]:
    ticked = set(request.POST.getlist("box"))
    return [region for region in boxes_to_match(board) if region.identifier in ticked]


def make_own(request: HttpRequest, board: Board) -> None:
    """Put the note of one box on record, as one that the transcript does not have."""
    own = [region for region in boxes_to_match(board) if region.identifier == request.POST.get("own")]
    if not own:
        raise Refused(_("That box is not there any more. Look at the list again."))
    note = make_note(own[0], by=request.viewer)
    messages.success(
        request, _("%(label)s is a note of its own now, to be read from its picture.") % {"label": note.label}
    )


def undo(request: HttpRequest, board: Board) -> None:
    matchings = Matching.objects.visible_to(request.viewer).filter(board=board)
    pk = request.POST.get("matching", "")
    matching = get_object_or_404(matchings, pk=int(pk) if pk.isdecimal() and len(pk) < 16 else 0)
    undo_matching(matching, by=request.viewer)
    messages.success(request, _("Undone: each of its boxes shows what it showed before."))


ACTS: dict[str, Callable[[HttpRequest, Board], None]] = {"confirm": confirm, "undo": undo}


def show(request: HttpRequest, board: Board, *, refusal: str = "") -> HttpResponse:
    every = list(rows_of(request, board))
    rows = [row for row in every if row.proposal.others]
    context = {
        "section": "events",
        "board": board,
        "groups": [(station, list(group)) for station, group in groupby(rows, key=lambda row: row.station)],
        "number": len(rows),
        "left": len(every) - len(rows),
        "without": lines_without_picture(board).count(),
        "matchings": Matching.objects.visible_to(request.viewer).filter(board=board).select_related("by"),
        "refusal": refusal,
    }
    return render(request, "responses/matching.html", context, status=422 if refusal else 200)


def rows_of(request: HttpRequest, board: Board) -> Iterator[Row]:
    """Each proposal as it was sent, or else with a tick where words are much alike, or all were asked for."""
    typed, ticked = request.POST, set(request.POST.getlist("box"))
    all_of_them = request.GET.get("ticked") == "all"
    for one in proposals(board):
        key, proposed = one.region.identifier, one.note.identifier if one.note else ""
        likely = bool(proposed) and (all_of_them or one.likeness >= ALIKE)
        is_ticked = key in ticked if typed else likely
        yield Row(one, typed.get(f"line-{key}", proposed), is_ticked)
