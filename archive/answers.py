"""Answers to programs: with a mark of their content, and open to other sites where anybody may see them."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from coproduce import media
from people.guests import ANYBODY


def answer_json(request: HttpRequest, said: dict[str, object], kind: str) -> HttpResponseBase:
    return answer(request, json.dumps(said, ensure_ascii=False).encode(), kind)


def answer(request: HttpRequest, content: bytes, kind: str) -> HttpResponseBase:
    """`content`, or that it has not changed since it was last fetched."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=kind)
    return open_to_others(request, get_conditional_response(request, etag=etag, response=response), etag)


def answer_picture(request: HttpRequest, content: bytes, name: str) -> HttpResponseBase:
    """A JPEG that never changes under its `name`, as shown to somebody who may see it."""
    etag = f'"{name}"'
    response = HttpResponse(content, content_type="image/jpeg")
    response = get_conditional_response(request, etag=etag, response=response)
    response["Cache-Control"] = "no-cache" if request.viewer == ANYBODY else "private, no-cache"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Security-Policy"] = media.POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return open_to_others(request, response, etag)


def open_to_others(request: HttpRequest, response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Lets other sites read what a request without cookies gets; made for one viewer, it stays here."""
    response["ETag"] = etag
    if request.viewer == ANYBODY:
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
