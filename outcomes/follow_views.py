"""Following an outcome by mail: asking for it, and ending it from a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from outcomes.follow_forms import OutcomeFollowForm
from outcomes.following import (
    follow_outcome,
    outcome_follower_with,
    stop_following_outcome,
    what_is_followed,
)
from people.limits import Limit, TooMany, count, network_of
from people.news_views import WRITTEN, ended
from people.refusals import Refused

FOLLOWING = Limit("outcomes followed from a network", 60, 3600)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_follow(request: HttpRequest, kind: str, identifier: str) -> HttpResponse:
    """Ask for an address to be told; whether it is known shows in the letter alone."""
    things = what_is_followed(kind, request.viewer)
    if things is None:
        raise Http404
    thing = get_object_or_404(things, identifier=identifier)
    person = request.viewer.person
    form = OutcomeFollowForm(request.POST or None, initial={"email": person.email if person else ""})
    if form.is_valid():
        try:
            count((FOLLOWING, network_of(request)))
            follow_outcome(kind, thing, form.cleaned_data["email"], by=request.viewer)
            messages.success(request, WRITTEN)
            return redirect(thing)
        except (Refused, TooMany) as refusal:
            form.add_error(None, str(refusal))
    context = {"kind": kind, "thing": thing, "form": form}
    return render(request, "outcomes/follow.html", context, status=422 if form.errors else 200)


# As `people.news_views.news_stop`: a mail program that ends mail for its owner has no token.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_stop(request: HttpRequest, token: str, kind: str, identifier: str) -> HttpResponse:
    follow = outcome_follower_with(token, kind, identifier)
    if follow is None:
        return ended(request)
    context = {"thing": follow.followed, "subscriber": follow.subscriber, "token": token}
    if request.method == "POST":
        stop_following_outcome(follow, by=request.viewer)
        return render(request, "people/news_ended.html", context)
    return render(request, "people/news_stop.html", context)
