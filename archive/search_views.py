"""The search page: results first, and the numbers to narrow them by right after, in one answer."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from archive.search.facets import facets_of
from archive.search.hits import Hits, found
from archive.search.limits import TooLong, bounded
from archive.search.query import Query, read_query
from archive.search.suggest import parts_instead, suggestion
from archive.versions import data_version
from people.guests import Viewer
from people.refusals import Refused

BESIDE = ("after", "more")  # what stands in an address beside the search itself
PLACE = "<!-- the numbers -->"  # where they go in the page that was rendered without them


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """Results for everybody; a search that cannot be is told in a sentence and keeps what was typed."""
    try:
        query = read_query(request.GET, BESIDE)
        with bounded():
            shown = _shown(query, request.viewer, request.GET)
    except Refused as refusal:
        return _unanswered(request, str(refusal), 400)
    except TooLong as slow:
        return _unanswered(request, str(slow), 503)
    page = render_to_string("archive/search/search.html", shown, request)
    response = StreamingHttpResponse(_in_two(page, shown["instead"] or query, request))
    if request.viewer.is_anybody:
        patch_cache_control(response, no_cache=True)
    response["X-Data-Version"] = data_version()
    return response


def _shown(query: Query, viewer: Viewer, given: QueryDict) -> dict[str, object]:
    """The first part of the page. Where nothing is found, other ways to ask are looked for."""
    after, instead = given.get("after", ""), None
    hits = found(query, viewer, after)
    shown = {"query": query, "section": "archive", "after": after, "place": PLACE}
    if not hits.hits and not after and query.terms:
        instead = parts_instead(query, viewer)
        shown["suggestion"] = suggestion(query, viewer)
        hits = found(instead, viewer) if instead else hits
    return shown | {"hits": hits, "instead": instead, "too_many_to_rank": _was_not_ranked(query, hits)}


def _was_not_ranked(query: Query, hits: Hits) -> bool:
    return query.sort == "best" and bool(query.words) and not hits.is_ranked


def _in_two(page: str, query: Query, request: HttpRequest) -> Iterator[str]:
    """The page up to the numbers, then those as soon as they are counted, then the rest of it."""
    before, _, rest = page.partition(PLACE)
    yield before
    yield _numbers(query, request)
    yield rest


def _numbers(query: Query, request: HttpRequest) -> str:
    more = frozenset(request.GET.getlist("more"))
    try:
        with bounded():
            shown = {"facets": facets_of(query, request.viewer, more), "query": query}
    except TooLong:
        shown = {"query": query}
    return render_to_string("archive/search/numbers.html", shown, request)


def _unanswered(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\0", "")[:1000]
    shown = {"section": "archive", "refused": sentence, "typed": typed}
    return render(request, "archive/search/refused.html", shown, status=status)
