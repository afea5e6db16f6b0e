"""Any search as an Atom feed: the newest of what anybody may see of it, whoever asks."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.search.hits import Hit, found
from archive.search.limits import TooLong, bounded
from archive.search.query import Query, read_query
from coproduce.atom import AtomFeed
from people.guests import ANYBODY
from people.refusals import Refused

MOST = 50  # things


@login_not_required
@require_safe
@cache_control(public=True, no_cache=True)
def search_feed(request: HttpRequest) -> HttpResponse:
    """What has come to a search. Whatever was withdrawn is gone from it with the next request."""
    try:
        query = read_query(request.GET, also=())
        with bounded():
            content = feed_of(query).writeString("utf-8")
    except Refused as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=400)
    except TooLong as slow:
        return HttpResponse(str(slow), content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def feed_of(query: Query) -> AtomFeed:
    """The feed of `query`, by when things came; its address is the same for every way to ask the same."""
    page, own = (_address(name, query) for name in ("search", "search_feed"))
    feed = AtomFeed(
        title=f"{settings.SITE_NAME}: {query.words or 'a search'}", link=page, feed_url=own, feed_guid=own,
        description="What has come to this search.", language="en-GB",
    )  # fmt: skip
    for hit in found(query.sorted_by("newest"), ANYBODY, number=MOST).hits:
        address = f"{settings.SITE_URL}{hit.url}"
        feed.add_item(
            title=hit.title, link=address, description=str(hit.html), unique_id=address,
            pubdate=hit.at, updateddate=changed_at(hit),
        )  # fmt: skip
    return feed


def changed_at(hit: Hit) -> datetime:
    """When what it leads to changed last, where that is kept; else when it came."""
    return getattr(hit.thing, "changed_at", None) or hit.at


def _address(name: str, query: Query) -> str:
    asked = query.sorted_by("newest").querystring
    return f"{settings.SITE_URL}{reverse(name)}{'?' if asked else ''}{asked}"
