"""The address that harvesters ask."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.harvest.oai import respond
from coproduce.replica import reads_from_replica
from people.limits import Limit, TooMany, count, network_of

PAGES = Limit("harvest pages of a network in a minute", 600, 60)


# The protocol lets a harvester send its question as a form. It has no cookie and no page of ours, and
# whatever it sends changes nothing.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_from_replica
def oai(request: HttpRequest) -> HttpResponse:
    """OAI-PMH 2.0: what anybody may see, whoever asks."""
    try:
        count((PAGES, network_of(request)))
    except TooMany as refusal:
        answer = HttpResponse(f"{refusal}\n", status=429, content_type="text/plain; charset=utf-8")
        answer["Retry-After"] = str(refusal.retry_after)
        return answer
    said = respond(request.POST if request.method == "POST" else request.GET)
    response = HttpResponse(said, content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
