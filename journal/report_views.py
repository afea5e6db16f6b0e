"""Reporting something: for anybody, about anything that they can see here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.models import Event
from journal.hiding import stands_on
from journal.models import Comment, Post, Story
from journal.report_forms import ReportForm
from journal.reports import Words
from journal.reports import report as report_it
from journal.spam.screening import in_words
from journal.spam.tokens import Found, check_token
from people.guests import welcome
from people.limits import TooMany, network_of
from people.log_forms import kind_of
from people.refusals import Refused
from responses.models import Note, Option, Photo, Picture

KINDS: dict[str, type[Model]] = {
    model._meta.model_name: model for model in (Note, Option, Picture, Photo, Comment, Story, Post, Event)
}
AWAY = gettext_lazy("Thank you. It is out of sight until somebody has looked at it.")
KEPT = gettext_lazy("Thank you. Somebody looks at it.")
ONCE_MORE = gettext_lazy("This page has to be sent once more. What you wrote is still here: send it again.")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, identifier: str) -> HttpResponse:
    """The form of a report about one thing that the viewer sees; takes what was sent."""
    if kind not in KINDS:
        raise Http404("Nothing of this kind is reported.")
    thing = get_object_or_404(KINDS[kind].objects.visible_to(request.viewer), identifier=identifier)
    welcome(request)
    form = ReportForm(f"report {kind} {identifier}", request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show_form(request, thing, form, status=422 if form.errors else 200)
    if form.trap.strip():
        messages.success(request, KEPT)
        return redirect(place_of(thing))
    if check_token(form.sent_token, form.page) in (Found.TOO_OLD, Found.FOREIGN):
        form.ask_again(ONCE_MORE)
        return show_form(request, thing, form, status=422)
    return take(request, thing, form)


def take(request: HttpRequest, thing: Model, form: ReportForm) -> HttpResponse:
    typed = form.cleaned_data
    facts = {"key": typed["key"], "network": network_of(request)}
    try:
        made = report_it(
            thing, typed["reason"], by=request.viewer, words=Words(typed["text"], typed["email"]), **facts
        )
    except TooMany as busy:
        form.ask_again(
            _("That was a lot at once. Everything you typed is here: send it in %(in_words)s.")
            % {"in_words": in_words(busy.retry_after)}
        )
        response = show_form(request, thing, form, status=429)
        response["Retry-After"] = busy.retry_after
        return response
    except Refused as refusal:
        form.ask_again(str(refusal))
        return show_form(request, thing, form, status=422)
    messages.success(request, AWAY if made.hid_it else KEPT)
    return redirect(place_of(thing))


def show_form(request: HttpRequest, thing: Model, form: ReportForm, *, status: int) -> HttpResponse:
    context = {
        "thing": thing,
        "kind": kind_of(thing),
        "place": place_of(thing),
        "form": form,
        "hides": not isinstance(thing, Post | Event),
    }
    return render(request, "journal/report.html", context, status=status)


def place_of(thing: Model) -> str:
    """The page it stands on, which is there also when it is hidden."""
    return stands_on(thing).get_absolute_url()
