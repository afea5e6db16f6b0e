"""Following a note by mail: asking for it with the note, and ending it from a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.limits import Limit, TooMany, count, network_of
from people.news_views import WRITTEN, ended
from people.refusals import Refused
from responses.follow_forms import FollowForm
from responses.forms import ReceiptForm
from responses.telling import follow_note, follower_with, stop_following
from responses.views.own import Hold, held_by_receipt, held_by_viewer, no_such_receipt

FOLLOWING = Limit("notes followed from a network in an hour", 60, 3600)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_follow(request: HttpRequest, code: str) -> HttpResponse:
    if hold := held_by_receipt(code):
        return follow(request, hold)
    return no_such_receipt(request, ReceiptForm({"code": code}))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_note_follow(request: HttpRequest, identifier: str) -> HttpResponse:
    return follow(request, held_by_viewer(request, identifier))


def follow(request: HttpRequest, hold: Hold) -> HttpResponse:
    """Ask for an address to be told; whether it is known shows in the letter alone."""
    person = request.viewer.person
    form = FollowForm(request.POST or None, initial={"email": person.email if person else ""})
    if form.is_valid():
        try:
            count((FOLLOWING, network_of(request)))
            follow_note(hold.note, form.cleaned_data["email"], by=request.viewer)
            messages.success(request, WRITTEN)
            return redirect(hold.address)
        except (Refused, TooMany) as refusal:
            form.add_error(None, str(refusal))
    context = {"hold": hold, "note": hold.note, "form": form}
    return render(request, "responses/follow.html", context, status=422 if form.errors else 200)


# As `people.news_views.news_stop`: a mail program that ends mail for its owner has no token.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_stop_note(request: HttpRequest, token: str, identifier: str) -> HttpResponse:
    follower = follower_with(token, identifier)
    if follower is None:
        return ended(request)
    context = {"note": follower.note, "subscriber": follower.subscriber, "token": token}
    if request.method == "POST":
        stop_following(follower.note, follower.subscriber, by=request.viewer)
        return render(request, "people/news_ended.html", context)
    return render(request, "people/news_stop.html", context)
