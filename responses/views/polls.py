"""The page of a poll: suggest, choose, see the results; and making a poll."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from events.models import Event
from people.guests import welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.limits import count_note
from responses.models import Choice, Moderation, Option, Poll
from responses.models.activities import LINK_DAYS
from responses.poll import Proposed, add_option, make_poll, propose_option, set_choices
from responses.poll_forms import ApproveForm, PollForm, ProposeForm, RankForm
from responses.poll_results import apart_in_words, results_of

type ChooseForm = ApproveForm | RankForm


def poll_seen(request: HttpRequest, event: str, slug: str) -> Poll:
    """The poll at this address, as far as the viewer may see it; else 404."""
    polls = Poll.objects.visible_to(request.viewer).select_related("event__series")
    return get_object_or_404(polls, event__slug=event, slug=slug)


# The browser may keep the form, so that going back after a lost answer sends the same key again.
@login_not_required
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    poll = poll_seen(request, event, slug)
    if poll.is_open or request.method == "POST":
        # Known before anything is sent, so that sending it twice is the same guest twice.
        welcome(request)
    if request.method != "POST":
        return show_poll(request, poll)
    if request.POST.get("act") == "propose":
        return propose(request, poll, ProposeForm(poll, request.POST))
    if request.POST.get("act") == "choose":
        return choose(request, poll, choose_form(request, poll, request.POST))
    raise Http404


def show_poll(
    request: HttpRequest,
    poll: Poll,
    *,
    propose: ProposeForm | None = None,
    choose: ChooseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, results = request.viewer, results_of(poll, Option.objects.visible_to(request.viewer))
    own = Option.objects.of(viewer).filter(poll=poll).order_by("number")
    context = {
        "section": "events",
        "poll": poll,
        "results": results,
        "apart": apart_in_words(results),
        "own": own,
        "propose": propose or (ProposeForm(poll) if _is_in(poll, Poll.Phase.PROPOSE) else None),
        "choose": choose or (choose_form(request, poll) if _is_in(poll, Poll.Phase.CHOOSE) else None),
        "may_run": viewer.person is not None and poll.event.is_moderated_by(viewer),
        "link_days": LINK_DAYS,
    }
    return render(request, "responses/poll.html", context, status=status)


def _is_in(poll: Poll, phase: Poll.Phase) -> bool:
    return poll.is_open and poll.phase == phase


def choose_form(request: HttpRequest, poll: Poll, data: QueryDict | None = None) -> ChooseForm:
    """The form for choosing among what the viewer may read, with what they chose before."""
    readable = Option.objects.visible_to(request.viewer).on_the_list().filter(poll=poll)
    options = {option.pk: option for option in readable.order_by("number")}
    mine = Choice.objects.of(request.viewer).filter(option__in=list(options))
    before = mine.order_by("rank", "pk").values_list("option", flat=True)
    form = RankForm if poll.is_ranked else ApproveForm
    return form(list(options.values()), [options[pk] for pk in before], data)


def propose(request: HttpRequest, poll: Poll, form: ProposeForm) -> HttpResponse:
    if not form.is_valid():
        return show_poll(request, poll, propose=form, status=422)
    try:
        count_note(request, poll)
        proposed = propose_option(poll, by=request.viewer, **form.facts())
    except (Refused, TooMany) as refusal:
        return say_why_not(request, poll, form, refusal)
    if is_another(proposed, form):
        form.take_new_key()
        refusal = Refused(
            _("This page sent a suggestion before. Press the button again to send this one too.")
        )
        return say_why_not(request, poll, form, refusal)
    messages.success(request, thanks(proposed.option))
    return redirect(f"{poll.get_absolute_url()}#yours")


def is_another(proposed: Proposed, form: ProposeForm) -> bool:
    """Whether the key came with other words before, as after going back in the browser."""
    sent = " ".join(form.cleaned_data["text"].split())
    return not proposed.is_new and proposed.option.text != sent


def thanks(option: Option) -> str:
    if option.moderation == Moderation.WAITING:
        return _("%(label)s is here. An organiser reads it first, then it goes on the list.") % {
            "label": option.label
        }
    return _("%(label)s is on the list.") % {"label": option.label}


def choose(request: HttpRequest, poll: Poll, form: ChooseForm) -> HttpResponse:
    if not form.is_valid():
        return show_poll(request, poll, choose=form, status=422)
    try:
        count_note(request, poll)
        set_choices(poll, by=request.viewer, options=form.chosen())
    except (Refused, TooMany) as refusal:
        return say_why_not(request, poll, form, refusal)
    messages.success(request, kept(len(form.chosen())))
    return redirect(poll)


def kept(number: int) -> str:
    if not number:
        return _("You have chosen nothing now. You can choose again until the poll closes.")
    said = ngettext(
        "Your choice is kept. You can change it here until the poll closes.",
        "Your %(number)s choices are kept. You can change them here until the poll closes.",
        number,
    )
    return said % {"number": number}


def say_why_not(
    request: HttpRequest, poll: Poll, form: ProposeForm | ChooseForm, refusal: Exception
) -> HttpResponse:
    """The same page with everything that was typed, and why it was not kept."""
    form.add_error(None, str(refusal))
    shown = {"propose" if isinstance(form, ProposeForm) else "choose": form}
    if not isinstance(refusal, TooMany):
        return show_poll(request, poll, **shown, status=422)
    response = show_poll(request, poll, **shown, status=429)
    response["Retry-After"] = refusal.retry_after
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def poll_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    form = PollForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_poll(event, by=request.viewer, **form.settings())
            messages.success(request, _("The poll is there. Open it when the room is ready."))
            return redirect(f"{made.get_absolute_url()}facilitate/")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "form": form}
    return render(request, "responses/poll_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_add(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """For those who facilitate it: a suggestion of somebody without a phone."""
    poll = poll_seen(request, event, slug)
    if not poll.event.is_facilitated_by(request.viewer):
        raise Http404
    form = ProposeForm(poll, request.POST or None)
    form.fields["text"].label = _("Their suggestion")
    if form.is_valid():
        try:
            added = add_option(poll, by=request.viewer, **form.facts())
            messages.success(request, _("%(label)s is on the list.") % {"label": added.option.label})
            return redirect(f"{poll.get_absolute_url()}facilitate/")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "poll": poll, "form": form}
    return render(request, "responses/poll_add.html", context, status=422 if form.errors else 200)
