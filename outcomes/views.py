"""The ledger of promises."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outcomes.ledger import standings_of
from outcomes.models import Promise
from outcomes.promise_forms import LedgerForm

MOST = 50  # promises on a page


@login_not_required
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise, those that flatter least first; by how it stands, series and who gave it."""
    every = Promise.objects.visible_to(request.viewer)
    form = LedgerForm(every, request.GET or None)
    chosen = form.chosen()
    found = every.filter(**chosen)
    standings = standings_of(found)
    state = request.GET.get("state", "")
    if state in Promise.STANDINGS:
        found = found.on_the_ledger().with_standing().filter(stands=state)
    context = {
        "section": "outcomes",
        "page": Paginator(found.with_parts().unflattering_first(), MOST).get_page(request.GET.get("page")),
        "standings": standings,
        "state": state if state in Promise.STANDINGS else "",
        "number": sum(standing.number for standing in standings),
        "form": form,
        "is_chosen": bool(chosen),
    }
    return render(request, "outcomes/ledger.html", context)
