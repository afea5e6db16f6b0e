"""The big screen: what a room sees of an activity, read-only and separate from any answering."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from coproduce.context import THEMES
from people.guests import Viewer
from responses.joining import may_know_code
from responses.live.messages import seconds_left
from responses.models import Activity, Board, Cards, Drawing, Poll
from responses.qr import join_address, qr_svg, typed_address
from responses.screens import before_screen, screen_token
from responses.stage import stage_of

KINDS = {model.KIND: model for model in (Board, Poll, Cards, Drawing)}
# From what to what the arrow keys go; a poll is all on one screen.
STEPS = {Board.KIND: "headings", Cards.KIND: "cards", Drawing.KIND: "drawings"}


@login_not_required
@require_safe
def projector(request: HttpRequest, event: str, slug: str, kind: str) -> HttpResponse:
    """The whole page; or, for the script on it, what stands on the stage now."""
    of_kind = KINDS[kind].objects.visible_to(request.viewer)
    rows = of_kind.select_related("event__series", "shown_station")
    activity = get_object_or_404(rows, event__slug=event, slug=slug)
    page = "responses/projector_stage.html" if request.htmx else "responses/projector.html"
    response = render(request, page, shown := on_screen(request, activity))
    patch_vary_headers(response, ["HX-Request"])
    if "screen" in request.GET or shown["seconds_left"] is not None:
        # Nothing keeps an address that lets a screen into the room, nor what came of it, nor a clock.
        patch_cache_control(response, private=True, no_store=True)
    return response


def on_screen(request: HttpRequest, activity: Activity) -> dict[str, object]:
    """All that the screen is drawn from: what the room may read, where the room looks at it."""
    viewer = before_screen(request.viewer, activity, request.GET.get("screen", ""))
    context = {
        "activity": activity,
        "viewer": viewer,
        "part": f"responses/projector_{activity.kind}.html",
        "steps": STEPS.get(activity.kind, ""),
        "seconds_left": seconds_left(activity),
        **how_to_join(activity, viewer),
    }
    if viewer.screen_of:
        context["screen_query"] = f"?{urlencode({'screen': screen_token(activity)})}"
    if activity.kind == Activity.Kind.BOARD:
        stage = stage_of(activity, viewer, asked=request.GET.get("station", ""))
        context |= {"board": activity, "stage": stage}
    if (theme := request.GET.get("theme")) in THEMES:
        context["theme"] = theme
    return context


def how_to_join(activity: Activity, viewer: Viewer) -> dict[str, object]:
    """The code with its QR for the room; else the QR leads to the activity's own page."""
    if may_know_code(activity, viewer):
        return {"has_code": True, "qr": qr_svg(join_address(activity)), "typed_address": typed_address()}
    return {"has_code": False, "qr": qr_svg(f"{settings.SITE_URL}{activity.get_absolute_url()}")}
