"""The print pack of a board, and which note was written on which of its sheets."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.refusals import Refused
from responses.forms import ConsentFields
from responses.models import Board, Stub
from responses.pack import of_board, pack_of, packs_of
from responses.paper_forms import PackForm, TieForm
from responses.qr import typed_address, typed_receipts
from responses.stubs import keep_ticks, print_stubs, tie_stub, untie_stub
from responses.views.counting import board_led, board_transcribed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board_print(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Choose what to print; the packs there are."""
    board = board_led(request, event, slug)
    form = PackForm(request.POST or None)
    if form.is_valid():
        try:
            pack = print_stubs(board, by=request.viewer, each=form.cleaned_data["each"])[0].pack
            query = {"size": "large"} if form.cleaned_data["size"] else None
            return redirect(reverse("board_pack", args=[event, slug, pack], query=query))
        except Refused as refusal:
            form.add_error("each", str(refusal))
    packs = packs_of(board, request.viewer)
    context = {"section": "events", "board": board, "form": form, "packs": packs}
    return render(request, "responses/print.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def board_pack(request: HttpRequest, event: str, slug: str, pack: int) -> HttpResponse:
    """The pack itself, as the browser prints it; the only page that shows the receipts on its stubs."""
    board = board_led(request, event, slug)
    if not any(printed.number == pack for printed in packs_of(board, request.viewer)):
        raise Http404
    shown = pack_of(board, pack, is_large=request.GET.get("size") == "large")
    context = {"section": "events", "board": board, "pack": shown}
    context |= {"typed_address": typed_address(), "typed_receipts": typed_receipts()}
    return render(request, "responses/print_pack.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board_sheets(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Which note was written on which sheet, and what is ticked there."""
    board = board_transcribed(request, event, slug)
    form = TieForm(board)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        if (form := act(request, board)) is None:
            return redirect("board_sheets", event, slug)
    used = of_board(board).exclude(note=None, consent=None, withdrawn_at=None)
    stubs = used.select_related("station", "note__station", "note__consent", "consent")
    context = {"section": "events", "board": board, "form": form, "stubs": stubs, "ticks": ConsentFields()}
    return render(request, "responses/print_sheets.html", context, status=422 if form.errors else 200)


def tie(request: HttpRequest, board: Board) -> TieForm | None:
    form = TieForm(board, request.POST)
    if form.is_valid():
        try:
            note = form.chosen_note()
            stub = tie_stub(note, form.cleaned_data["number"], by=request.viewer, ticked=form.consent())
            done = _("Sheet %(stub)s is note %(label)s from now on.") % {"stub": stub, "label": note.label}
            if note.withdrawn_at:
                done += " " + _("Its writer took it back before, so it is withdrawn.")
            messages.success(request, done)
            return None
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return form


def untie(request: HttpRequest, board: Board) -> None:
    stub = stub_named(request, board)
    said(
        request,
        lambda: untie_stub(stub, by=request.viewer),
        _("Sheet %(stub)s has no note now.") % {"stub": stub},
    )


def ticks(request: HttpRequest, board: Board) -> None:
    stub, form = stub_named(request, board), ConsentFields(request.POST)
    if form.is_valid():
        done = _("What is ticked on sheet %(stub)s holds from now on.") % {"stub": stub}
        said(request, lambda: keep_ticks(stub, form.consent(), by=request.viewer), done)


def stub_named(request: HttpRequest, board: Board) -> Stub:
    """The sheet that a form is about, by its heading's code and its number; else 404."""
    code, _, number = request.POST.get("sheet", "").partition(" ")
    if "\0" in code or not (number.isascii() and number.isdigit() and len(number) <= 3):
        raise Http404
    return get_object_or_404(of_board(board), Q(station__code=code, number=int(number)))


def said(request: HttpRequest, act: Callable[[], None], done: str) -> None:
    """Do it, and say on the page that follows what was done or why not."""
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))


ACTS: dict[str, Callable[[HttpRequest, Board], TieForm | None]] = {
    "tie": tie,
    "untie": untie,
    "ticks": ticks,
}
