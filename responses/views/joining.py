"""Joining with the code from the wall, and the sheet that shows it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from people.guests import welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.codes import is_code, tidy_code
from responses.forms import CodeForm
from responses.joining import NothingOpen, answering_page, is_in_the_room, join, may_know_code, open_under
from responses.limits import count_join, count_joined, count_wrong_code, refuse_guessing
from responses.models import Activity
from responses.qr import join_address, qr_svg, typed_address

# How addresses name the kinds of activities.
KINDS = {
    "boards": Activity.Kind.BOARD,
    "polls": Activity.Kind.POLL,
    "cards": Activity.Kind.CARDS,
    "drawings": Activity.Kind.DRAWING,
}


@login_not_required
@require_safe
def join_form(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a code, or the whole address of one, leads on to its own page."""
    if "code" not in request.GET:
        return render(request, "responses/join_form.html", {"form": CodeForm()})
    typed = request.GET["code"].rpartition("/j/")[2]
    if is_code(code := tidy_code(typed)):
        return redirect("join_code", code)
    form = CodeForm({"code": typed if code else ""})
    if not form.is_valid():
        return ask_again(request, form, "", status=422)
    return join_code(request, typed.strip("/ "))


# The browser may keep the page; going back to it finds out whether one has joined meanwhile.
@login_not_required
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """What a QR code opens: what will be joined and what is kept. Only its button joins."""
    try:
        refuse_guessing(request)
        activity = open_under(code, request.viewer)
    except TooMany as busy:
        return hold_back(request, code, busy)
    except NothingOpen as nothing:
        count_wrong_code(request)
        return ask_again(request, CodeForm({"code": code}), str(nothing), status=404)
    if is_in_the_room(activity, request.viewer):
        return go_on(request, activity)
    # Known before the button is pressed, so that pressing it twice is the same guest twice.
    welcome(request)
    return take_part(request, activity) if request.method == "POST" else show_door(request, activity)


def go_on(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Joined before, perhaps in another tab: straight on for the button, a way on for a reader."""
    onward = answering_page(activity)
    return redirect(onward) if request.method == "POST" else show_door(request, activity, onward=onward)


def take_part(request: HttpRequest, activity: Activity) -> HttpResponse:
    try:
        count_join(request, activity)
        joined = join(activity.code, by=request.viewer)
    except Refused as refusal:
        return show_door(request, activity, refusal=str(refusal), status=422)
    except TooMany as busy:
        refusal = _("Very many people are joining at once. Press Join again in %(in_words)s.") % {
            "in_words": in_words(busy)
        }
        return wait(show_door(request, activity, refusal=refusal, status=429), busy)
    count_joined(request)
    return redirect(answering_page(joined))


def show_door(
    request: HttpRequest, activity: Activity, *, onward: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"activity": activity, "onward": onward, "refusal": refusal}
    return render(request, "responses/join.html", context, status=status)


def ask_again(request: HttpRequest, form: CodeForm, why: str, *, status: int) -> HttpResponse:
    """The form again, with the code as it was typed."""
    if form.is_valid() and why:
        form.add_error("code", why)
    return render(request, "responses/join_form.html", {"form": form}, status=status)


def hold_back(request: HttpRequest, code: str, busy: TooMany) -> HttpResponse:
    """For a network that tries one code after another, whether this one is right or wrong."""
    why = _(
        "Many wrong codes came from this network, so none is looked at for %(in_words)s. Your "
        "code stays in the box. Until then the facilitator can count you in the room."
    ) % {"in_words": in_words(busy)}
    return wait(ask_again(request, CodeForm({"code": code}), why, status=429), busy)


def wait(response: HttpResponse, busy: TooMany) -> HttpResponse:
    response["Retry-After"] = busy.retry_after
    return response


def in_words(busy: TooMany) -> str:
    """How long to wait, as people say it."""
    seconds = busy.retry_after
    if seconds > 90:
        minutes = -(-seconds // 60)
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}


@login_not_required
@require_safe
def join_sheet(request: HttpRequest, event: str, kinds: str, slug: str) -> HttpResponse:
    """The code and its QR to show large or to print: for those in the room and those who lead it."""
    activities = Activity.objects.visible_to(request.viewer).select_related("event")
    activity = get_object_or_404(activities, kind=KINDS.get(kinds), event__slug=event, slug=slug)
    has_code = may_know_code(activity, request.viewer)
    leads_it = activity.event.is_facilitated_by(request.viewer)
    if not has_code and not leads_it:
        raise Http404
    context = {"section": "events", "activity": activity, "typed_address": typed_address()}
    context["may_print"] = activity.kind == Activity.Kind.BOARD and leads_it
    if has_code:
        context["qr"] = qr_svg(join_address(activity))
    return render(request, "responses/join_sheet.html", context)
