"""The changes of an activity in one answer: for pages that get no stream and ask now and then."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from responses.live.audiences import audience_of
from responses.live.messages import batch_since, fetch_again
from responses.models import Activity
from responses.screens import before_screen


@login_not_required
@require_safe
def changes(request: HttpRequest, identifier: str) -> HttpResponse:
    """The same bytes as a stream sends, of all changes after `?after=`; 304 while there are none."""
    activities = Activity.objects.visible_to(request.viewer).select_related("event")
    activity = get_object_or_404(activities, identifier=identifier)
    screen = request.GET.get("screen", "")
    audience = audience_of(activity, before_screen(request.viewer, activity, screen))
    answer = condition(etag_func=lambda *_: f'"{activity.change_number}-{audience}"')(_changes)
    return answer(request, activity, audience)


def _changes(request: HttpRequest, activity: Activity, audience: str) -> HttpResponse:
    asked = request.GET.get("after", "")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else activity.change_number
    body = _body(activity, after, audience)
    response = HttpResponse(body, content_type="text/event-stream; charset=utf-8")
    # Nothing keeps an address that lets a screen into the room.
    patch_cache_control(response, private=True, no_cache=True, no_store="screen" in request.GET)
    return response


def _body(activity: Activity, after: int, audience: str) -> bytes:
    if after > activity.change_number:
        # What the page shows is not there any more, as after a backup was restored.
        return fetch_again(activity.change_number)
    batch = batch_since(activity.pk, after, audience)
    return batch.body if batch else b""
