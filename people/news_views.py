"""The digest's pages: asking for it, and the page behind the link in every letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.limits import Limit, TooMany, count, network_of
from people.models import Subscriber
from people.news_forms import NewsForm, WishesForm
from people.refusals import Refused
from people.subscribing import change, confirm, end, own_subscriber, subscribe, subscriber_with, token_of

# A room behind one address may all ask at once; a machine soon has to stop.
ASKING = Limit("addresses given by a network in an hour", 30, 3600)
WRITTEN = gettext_lazy(
    "We have written to that address. Open the letter to confirm; nothing more is sent before."
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest) -> HttpResponse:
    form = NewsForm(request.POST or None)
    if form.is_valid() and asked(request, form):
        messages.success(request, WRITTEN)
        return redirect("news")
    return render(request, "people/news.html", {"form": form}, status=422 if form.errors else 200)


def asked(request: HttpRequest, form: NewsForm) -> bool:
    """Ask for the digest; what fills the trap is told the same and gets nothing."""
    if form.is_trapped:
        return True
    try:
        count((ASKING, network_of(request)))
        subscribe(form.cleaned_data["email"], form.wishes(), by=request.viewer)
    except (Refused, TooMany) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_own(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = subscriber_with(token)
    if subscriber is None:
        return ended(request)
    return keep(request, subscriber, "people/news_own.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_account(request: HttpRequest) -> HttpResponse:
    """The same for whoever signed in; the address is that of the account."""
    if subscriber := own_subscriber(request.viewer):
        return keep(request, subscriber, "people/news_account.html")
    form = WishesForm(request.POST or None)
    if form.is_valid():
        subscribe(request.user.email, form.wishes(), by=request.viewer)
        begun = own_subscriber(request.viewer) is not None
        messages.success(
            request, _("The letters begin with the next thing that is new.") if begun else WRITTEN
        )
        return redirect("news_account")
    return render(request, "people/news_account.html", {"form": form}, status=422 if form.errors else 200)


def keep(request: HttpRequest, subscriber: Subscriber, template: str) -> HttpResponse:
    """The page of one address; confirms it, changes what goes there, or ends it."""
    act = request.POST.get("act", "")
    if act == "end":
        end(subscriber, by=request.viewer)
        return ended(request, now=True)
    if act == "confirm":
        confirm(subscriber, by=request.viewer)
        messages.success(request, _("Confirmed. This page stays behind the link in every letter."))
        return redirect(request.path)
    form = WishesForm(request.POST) if act == "change" else WishesForm.of(subscriber)
    if form.is_valid():
        change(subscriber, form.wishes(), by=request.viewer)
        messages.success(request, _("Changed."))
        return redirect(request.path)
    follows = subscriber.follows.select_related("note__station").order_by("since")
    context = {"form": form, "subscriber": subscriber, "token": token_of(subscriber), "follows": follows}
    return render(request, template, context, status=422 if form.errors else 200)


# A mail program that ends mail for its owner sends this form itself and has seen no page of ours, so it
# has no token. The link alone says whose mail it is, and all that can be done with it is to end it.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_stop(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = subscriber_with(token)
    if subscriber is None:
        return ended(request)
    if request.method == "POST":
        end(subscriber, by=request.viewer)
        return ended(request, now=True)
    return render(request, "people/news_stop.html", {"subscriber": subscriber, "token": token})


def ended(request: HttpRequest, *, now: bool = False) -> HttpResponse:
    """What the link answers once there is nothing behind it; 410, unless it was ended just `now`."""
    return render(request, "people/news_ended.html", {"now": now}, status=200 if now else 410)
