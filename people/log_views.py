"""The log of all acts on this site, for stewards."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.log import narrowed, page_of
from people.log_forms import LogForm
from people.models import Act


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Every act, the latest first; narrowed to a kind of thing, a person or a day."""
    if not request.viewer.is_steward:
        raise Http404
    form = LogForm(request.GET)
    acts = narrowed(Act.objects.visible_to(request.viewer), form)
    context = {"section": "desk", "form": form, "page": page_of(acts, request.GET.get("page"))}
    return render(request, "people/log.html", context)
