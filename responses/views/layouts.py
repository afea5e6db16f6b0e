"""Putting a new board on an event: pick a layout, change it, and go on to run it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Event
from people.refusals import Refused
from responses.forms import BoardForm
from responses.layouts import Choice, choices_for, chosen_among, make_board, planned_from
from responses.models import Board
from responses.views.facilitating import address_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_board(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.run_by(request.viewer), slug=slug)
    choices = choices_for(event, request.viewer)
    choice = chosen_among(choices, request.GET.get("layout", ""))
    form = BoardForm(request.POST or None, initial=as_laid_out(choice))
    if choice and form.is_valid() and (board := made(request, event, choice, form)):
        messages.success(
            request, _("“%(name)s” is ready, and closed. Open it when the room is.") % {"name": board.name}
        )
        return redirect(address_of(board))
    context = {"section": "events", "event": event, "choices": choices, "choice": choice, "form": form}
    return render(request, "responses/new_board.html", context, status=422 if form.errors else 200)


def as_laid_out(choice: Choice | None) -> dict[str, str]:
    if choice is None:
        return {}
    name = "" if choice.key == "blank" else choice.name
    return {"name": name, "question": choice.question, "headings": choice.headings}


def made(request: HttpRequest, event: Event, choice: Choice, form: BoardForm) -> Board | None:
    """The board that was asked for; a refusal is shown on the form, with all that was typed."""
    typed = form.cleaned_data
    try:
        stations = planned_from(typed["headings"], choice)
    except Refused as refusal:
        form.add_error("headings", str(refusal))
        return None
    try:
        return make_board(
            event, name=typed["name"], question=typed["question"], stations=stations, by=request.viewer
        )
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return None
