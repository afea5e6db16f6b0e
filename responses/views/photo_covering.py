"""Covering parts of a photograph for good: draw or type the boxes, look at them, then do it."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from people.refusals import Refused
from responses.models import Photo
from responses.photo_forms import SIDES, BoxRow, CoverForm
from responses.photos.covering import MOST_BOXES, Box, cover_boxes, fitting_boxes
from responses.photos.publishing import showing_too_much
from responses.photos.states import state_of
from responses.views.photo_desk import photo_run

SPARE_ROWS = 3
ROW = re.compile(r"box-([0-9]{1,4})-(?:x|y|width|height)", re.ASCII)
NOTES = "notes"  # asked for: the boxes of the notes that not everybody may read
GOES_ON = {"add", "change"}  # more boxes, or others
WHY_NOTES = gettext_lazy("Notes on it are not for everybody.")


@require_http_methods(["GET", "HEAD", "POST"])
def photo_cover(request: HttpRequest, identifier: str) -> HttpResponse:
    """Choose what to cover, look at it, and only then cover it."""
    photo = photo_run(request, identifier)
    if request.method != "POST":
        return show_tool(request, photo, *first_rows(request, photo))
    rows, form, act = rows_sent(request), CoverForm(request.POST), request.POST.get("act")
    if act in GOES_ON:
        return show_tool(request, photo, rows, CoverForm(initial={"why": request.POST.get("why", "")}))
    # All are looked through, so that everything wrong is said at once.
    if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
        return show_tool(request, photo, rows, form)
    try:
        boxes = fitting_boxes(photo, [row.box for row in rows if row.box])
        if act == "cover":
            return cover(request, photo, boxes, form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_tool(request, photo, rows, form)
    return show_check(request, photo, boxes, form)


def cover(request: HttpRequest, photo: Photo, boxes: list[Box], form: CoverForm) -> HttpResponse:
    cover_boxes(photo, boxes, form.cleaned_data["why"], by=request.viewer)
    messages.success(request, _("It is being covered. Until that is done, nobody else sees the photograph."))
    return redirect("photo_edit", photo.identifier)


def first_rows(request: HttpRequest, photo: Photo) -> tuple[list[BoxRow], CoverForm]:
    """No rows; or, where that is asked for, those of the notes that show too much."""
    shown = [region.box for region in showing_too_much(photo.regions.all())] if NOTES in request.GET else []
    return filled(shown[:MOST_BOXES]), CoverForm(initial={"why": WHY_NOTES} if shown else {})


def filled(boxes: list[Box]) -> list[BoxRow]:
    pairs = [dict(zip(SIDES, box, strict=True)) for box in boxes]
    return [BoxRow(prefix=f"box-{number}", initial=pair) for number, pair in enumerate(pairs)]


def rows_sent(request: HttpRequest) -> list[BoxRow]:
    """The rows of a form that was sent, in their order, without those left empty."""
    sent = (ROW.fullmatch(name) for name, typed in request.POST.items() if typed.strip())
    numbers = sorted({int(row[1]) for row in sent if row})
    return [BoxRow(request.POST, prefix=f"box-{number}") for number in numbers[: MOST_BOXES + 1]]


def with_spare_rows(rows: list[BoxRow]) -> list[BoxRow]:
    """Empty rows after the last, for browsers without JavaScript."""
    after = max((int(row.prefix.removeprefix("box-")) + 1 for row in rows), default=0)
    return [BoxRow(prefix=f"box-{after + number}") for number in range(SPARE_ROWS)]


def show_tool(request: HttpRequest, photo: Photo, rows: list[BoxRow], form: CoverForm) -> HttpResponse:
    failed = bool(form.errors) or any(row.errors for row in rows if row.is_bound)
    spare = with_spare_rows(rows)
    context = facts(photo, form) | {"rows": rows, "spare": spare, "next": len(rows) + 1}
    context["pattern"] = BoxRow(prefix="box-__n__")
    return render(request, "responses/photo_cover.html", context, status=422 if failed else 200)


def show_check(request: HttpRequest, photo: Photo, boxes: list[Box], form: CoverForm) -> HttpResponse:
    """The boxes as they will be, to be looked at before anything is done."""
    context = facts(photo, form) | {"rows": filled(boxes), "boxes": boxes}
    return render(request, "responses/photo_cover_check.html", context)


def facts(photo: Photo, form: CoverForm) -> dict[str, object]:
    state = state_of(photo)
    return {"section": "events", "photo": photo, "event": photo.event, "state": state, "form": form}
