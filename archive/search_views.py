"""The search page: results first, and the numbers to narrow them by right after, in one answer."""

import logging
from collections.abc import Iterator
from time import perf_counter

from django.conf import settings
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
from coproduce.replica import reads_from_replica
from people.guests import Viewer
from people.refusals import Refused

log = logging.getLogger(__name__)

BESIDE = ("after", "more")  # what stands in an address beside the search itself
NUMBERS = "archive/search/numbers.html"
PLACE = "<!-- the numbers -->"  # where they go in the page that was rendered without them


@login_not_required
@require_safe
@reads_from_replica
def search(request: HttpRequest) -> HttpResponseBase:
    """Results for everybody; a search that cannot be is told in a sentence and keeps what was typed."""
    begun = perf_counter()
    try:
        query = read_query(request.GET, BESIDE)
        with bounded():
            shown = _shown(query, request.viewer, request.GET)
    except Refused as refusal:
        return _unanswered(request, str(refusal), 400)
    except TooLong as slow:
        return _unanswered(request, str(slow), 503)
    page = render_to_string("archive/search/search.html", shown, request)
    response = StreamingHttpResponse(_in_two(page, shown["instead"] or query, request, begun))
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


def _in_two(page: str, query: Query, request: HttpRequest, begun: float) -> Iterator[str]:
    """The page up to the numbers, then those as soon as they are counted, then the rest of it."""
    before, _, rest = page.partition(PLACE)
    yield before
    yield _numbers(query, request, begun)
    yield rest


def _numbers(query: Query, request: HttpRequest, begun: float) -> str:
    """The numbers, or a sentence why there are none: results were sent, so no page of errors can be."""
    more = frozenset(request.GET.getlist("more"))
    try:
        with bounded(_left(begun)):
            shown = {"facets": facets_of(query, request.viewer, more), "query": query}
            return render_to_string(NUMBERS, shown, request)
    except TooLong:
        return render_to_string(NUMBERS, {"query": query}, request)
    except Exception:
        log.exception("The numbers beside a search could not be counted.")
        return render_to_string(NUMBERS, {"query": query, "is_broken": True}, request)


def _left(begun: float) -> int:
    """Milliseconds for the numbers: what the results left of the time a search has, or a quarter of it."""
    gone = round((perf_counter() - begun) * 1000)
    return max(settings.SEARCH_TIMEOUT - gone, settings.SEARCH_TIMEOUT // 4)


def _unanswered(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\0", "")[:1000]
    shown = {"section": "archive", "refused": sentence, "typed": typed}
    return render(request, "archive/search/refused.html", shown, status=status)
