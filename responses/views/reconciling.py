"""What the record states, what is kept and what photographs show, side by side."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from people.refusals import Refused
from responses.models import Board
from responses.reconciling import LONGEST_REMARK, remark_on_counts, rows_of, total_of
from responses.views.boards import board_seen


class RemarkForm(forms.Form):
    """Why the numbers of one heading differ."""

    station = forms.CharField(widget=forms.HiddenInput, max_length=6)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    why = forms.CharField(
        label=gettext_lazy("Why they differ"),
        max_length=LONGEST_REMARK,
        help_text=gettext_lazy(
            "A sentence, as far as anybody knows. It stands beside the numbers for everybody."
        ),
        error_messages={
            "required": gettext_lazy("Say in a sentence why the numbers differ, as far as anybody knows.")
        },
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    board = board_seen(request, event, slug)
    may_run = request.viewer.person is not None and board.event.is_run_by(request.viewer)
    form = RemarkForm(request.POST if may_run and request.method == "POST" else None)
    if request.method == "POST":
        if not may_run:
            raise Http404
        if form.is_valid() and said(request, board, form):
            address = reverse("board_counts", args=[board.event.slug, board.slug])
            return redirect(f"{address}#{form.cleaned_data['station']}")
    rows = rows_of(board, request.viewer)
    context = {"section": "events", "board": board, "rows": rows, "total": total_of(rows)}
    context |= {"may_run": may_run, "form": form, "sent": form["station"].value() if form.errors else ""}
    return render(request, "responses/counts.html", context, status=422 if form.errors else 200)


def said(request: HttpRequest, board: Board, form: RemarkForm) -> bool:
    """Keep the remark; a refusal is shown on the form."""
    typed = form.cleaned_data
    station = get_object_or_404(board.stations, code=typed["station"])
    try:
        remark_on_counts(station, typed["why"], by=request.viewer, seen=typed["seen"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Kept beside the numbers at “%(heading)s”.") % {"heading": station.heading})
    return True
