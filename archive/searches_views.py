"""Searches that somebody keeps: the list of them, and keeping another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from archive.models import SavedSearch
from archive.search.query import read_query
from archive.searches import MOST, rename_search, save_search, throw_search_away
from people.refusals import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_searches(request: HttpRequest) -> HttpResponse:
    """One's own searches; takes a new name for one, or throws it away."""
    own = SavedSearch.objects.visible_to(request.viewer)
    if request.method != "POST":
        return _list(request)
    saved = get_object_or_404(own, identifier=request.POST.get("search", "")[:10])
    if request.POST.get("do") == "throw_away":
        throw_search_away(saved, by=request.viewer)
        messages.success(request, _("“%(name)s” is thrown away.") % {"name": saved.name})
        return redirect("saved_searches")
    try:
        rename_search(saved, request.POST.get("name", ""), by=request.viewer)
    except Refused as refusal:
        return _list(request, refused=str(refusal), identifier=saved.identifier)
    messages.success(request, _("It has its new name."))
    return redirect("saved_searches")


@never_cache
@require_POST
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the search whose address stands in the form."""
    try:
        query = read_query(QueryDict(request.POST.get("query", "")[:4000]))
        saved = save_search(query, request.POST.get("name", ""), by=request.viewer)
    except Refused as refusal:
        return _list(request, refused=str(refusal))
    messages.success(
        request, _("“%(name)s” is kept. It is found anew each time you open it.") % {"name": saved.name}
    )
    return redirect("saved_searches")


def _list(request: HttpRequest, *, refused: str = "", identifier: str = "") -> HttpResponse:
    """The list, with a sentence on top where something was refused, and with what was typed for it."""
    context = {
        "searches": SavedSearch.objects.visible_to(request.viewer),
        "section": "account",
        "most": MOST,
        "refused": refused,
        "refused_for": identifier,
        "typed": request.POST.get("name", "").replace("\0", "")[:200],
    }
    return render(request, "archive/saved_searches.html", context, status=422 if refused else 200)
