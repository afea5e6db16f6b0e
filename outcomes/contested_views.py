"""Principles by what people made of them, the most contested first."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Event
from outcomes.contested import in_order, made_of, with_challenges
from outcomes.contested_forms import ContestedForm
from principles.models import Principle

A_PAGE = 50  # principles


@login_not_required
@require_safe
def contested(request: HttpRequest) -> HttpResponse:
    """Agreement, importance, amendments and challenges side by side, over sets, series and time."""
    viewer = request.viewer
    form = ContestedForm(request.GET.dict(), viewer)
    events = form.events_of(Event.objects.visible_to(viewer))
    principles = form.principles_of(Principle.objects.visible_to(viewer))
    made = made_of(principles.select_related("set").order_by("set__name", "position"), viewer, events)
    order = form.asked.get("order", "contested")
    page = Paginator(in_order(made, order), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "principles",
        "form": form,
        "order": order,
        "page": page,
        "made": with_challenges(list(page), viewer, events),
        "unanswered": [each.principle for each in made if not each.tally.total],
    }
    return render(request, "outcomes/contested.html", context)
