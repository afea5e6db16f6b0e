"""The addresses of the API. Each answers what anybody may see, whoever asks."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive.api.all_kinds import KINDS
from archive.api.counting import tell_tallies
from archive.api.facts import moment
from archive.api.finding import tell_found
from archive.api.guide import guide
from archive.api.lists import NEVER, WITHDRAWN, Said, tell_list, tell_one, tell_removed
from archive.api.openapi import document
from archive.api.problems import Gone, problem
from archive.api.readings import tell_readings
from archive.harvest.settled import settled_until
from archive.search.limits import TooLong
from archive.versions import data_version
from people.limits import Limit, TooMany, count, network_of
from people.refusals import Refused

QUESTIONS = Limit("API questions of a network in a minute", 60, 60)
METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, Retry-After, X-Data-Version, X-Settled-Until"
View = Callable[..., Said]


def told_as_json(view: View) -> Callable[..., HttpResponseBase]:
    """The view, whose answer is sent as JSON that may be kept and asked for again, or as a problem."""

    @login_not_required
    @wraps(view)
    def answering(request: HttpRequest, **parts: str) -> HttpResponseBase:
        if request.method not in METHODS.split(", "):
            return _open(problem(HTTPStatus.METHOD_NOT_ALLOWED, "This is only read.", Allow=METHODS))
        return _open(_preflight() if request.method == "OPTIONS" else _answer(request, view, parts))

    return answering


def _answer(request: HttpRequest, view: View, parts: dict[str, str]) -> HttpResponseBase:
    try:
        count((QUESTIONS, network_of(request)))
        return _as_json(request, view(request, **parts))
    except TooMany as refusal:
        return problem(
            HTTPStatus.TOO_MANY_REQUESTS, str(refusal), **{"Retry-After": str(refusal.retry_after)}
        )
    except (Refused, TooLong) as refusal:
        return problem(HTTPStatus.BAD_REQUEST, str(refusal))
    except Gone:
        return problem(HTTPStatus.GONE, WITHDRAWN)
    except Http404 as missing:
        return problem(HTTPStatus.NOT_FOUND, str(missing))


def _as_json(request: HttpRequest, said: Said) -> HttpResponseBase:
    content = json.dumps(said.body, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/json")
    response = get_conditional_response(request, etag=etag, response=response)
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    response["X-Data-Version"] = data_version()
    response["X-Settled-Until"] = moment(settled_until())
    if said.next:
        response["Link"] = f'<{said.next}>; rel="next"'
    return response


def _preflight() -> HttpResponse:
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    answer["Allow"] = answer["Access-Control-Allow-Methods"] = METHODS
    answer["Access-Control-Allow-Headers"] = "If-None-Match"
    answer["Access-Control-Max-Age"] = "86400"
    return answer


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Lets scripts of other sites read it: there is nothing in it that is not for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@told_as_json
def api_list(request: HttpRequest, kind: str) -> Said:
    if kind not in KINDS:
        raise Http404(f"There is no such list. These there are: {', '.join(KINDS)}.")
    return tell_list(KINDS[kind], request.GET)


@told_as_json
def api_item(request: HttpRequest, kind: str, identifier: str) -> Said:
    if kind not in KINDS:
        raise Http404(NEVER)
    return tell_one(KINDS[kind], identifier, request.GET)


@told_as_json
def api_readings(request: HttpRequest, identifier: str) -> Said:
    return tell_readings(identifier, request.GET)


@told_as_json
def api_tallies(request: HttpRequest) -> Said:
    return tell_tallies(request.GET)


@told_as_json
def api_search(request: HttpRequest) -> Said:
    return tell_found(request.GET)


@told_as_json
def api_removed(request: HttpRequest) -> Said:
    return tell_removed(request.GET)


@told_as_json
def api_schema(request: HttpRequest) -> Said:
    return Said(document())


@login_not_required
@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The guide for people who write programs."""
    return render(request, "archive/api.html", {"section": "archive", "guide": guide()})
