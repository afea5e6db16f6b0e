"""Calls for stories and the stories told to them, for readers and for those who tell."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from journal.models import Illustration, Post, Story, StoryCall
from journal.spam.screening import Verdict, screen
from journal.stories import tell_story
from journal.story_calls import begin_call, edit_call
from journal.story_forms import CallForm, StoryForm, topic_or_none
from people.guests import Viewer, welcome
from people.limits import network_of
from people.refusals import Refused
from responses.receipts import receipt_of

A_PAGE = 20  # stories
NOT_FOR_YOU = gettext_lazy(
    "Organisers call for stories. If you organise events here, ask a steward to say so."
)


@login_not_required
@require_safe
def story_calls(request: HttpRequest) -> HttpResponse:
    """Every call: those that take stories now, those that closed, and one's own that did not open yet."""
    calls = list(StoryCall.objects.visible_to(request.viewer))
    context = {
        "section": "journal",
        "open": [call for call in calls if call.is_open],
        "closed": [call for call in calls if call.is_closed],
        "coming": [call for call in calls if not call.is_open and not call.is_closed],
    }
    return render(request, "journal/story_calls.html", context)


@login_not_required
@require_safe
def story_call(request: HttpRequest, slug: str) -> HttpResponse:
    """What a call asks, and the stories that were told to it and may be read."""
    call = get_object_or_404(StoryCall.objects.visible_to(request.viewer), slug=slug)
    topic = topic_or_none(call, request.GET.get("topic"))
    stories = Story.objects.visible_to(request.viewer).shown().filter(call=call)
    stories = stories.filter(topic=topic) if topic else stories
    context = {
        "section": "journal",
        "call": call,
        "page": Paginator(stories, A_PAGE).get_page(request.GET.get("page")),
        "topic": topic,
        "taken_back": Story.objects.once_visible_to(request.viewer).filter(call=call).count(),
        "events": Event.objects.visible_to(request.viewer).filter(story_calls=call).newest_first(),
        "runs_it": request.viewer.person is not None and call.is_run_by(request.viewer),
    }
    return render(request, "journal/story_call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story_call_new(request: HttpRequest) -> HttpResponse:
    """Call for stories."""
    if not request.viewer.may_organise:
        raise PermissionDenied(NOT_FOR_YOU)
    form = CallForm(request.viewer, request.POST or None)
    if form.is_valid():
        try:
            return redirect(begin_call(by=request.viewer, **form.facts()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "journal", "form": form}
    return render(request, "journal/story_call_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def story_call_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a call says, or when it takes stories."""
    calls = StoryCall.objects.run_by(request.viewer)
    call = get_object_or_404(calls, slug=slug)
    form = CallForm(request.viewer, request.POST or None, call)
    if form.is_valid():
        try:
            edit_call(call, by=request.viewer, **form.facts())
            messages.success(request, _("Saved."))
            return redirect(call)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "journal", "form": form, "call": get_object_or_404(calls, slug=slug)}
    return render(request, "journal/story_call_edit.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell a story; it waits until somebody has looked at it."""
    call = get_object_or_404(StoryCall.objects.visible_to(request.viewer), slug=slug)
    form = StoryForm(call, request.POST or None, initial={"topic": request.GET.get("topic")})
    context = {"section": "journal", "call": call, "form": form}
    if not call.is_open:
        return render(request, "journal/story_not_taken.html", context, status=422 if request.POST else 200)
    if form.is_valid():
        verdict = verdict_on(request, form)
        if verdict.pretend:
            return render(request, "journal/story_arrived.html", context)
        if answer := sent(request, call, form, verdict):
            return answer
    return render(request, "journal/story_tell.html", context, status=422 if form.errors else 200)


def verdict_on(request: HttpRequest, form: StoryForm) -> Verdict:
    words = form.words()
    return screen(
        words.text,
        fields={"title": words.title, "name": words.name},
        token=form.sent_token,
        page=form.page,
        trap=form.trap,
        by=welcome(request),
        network=network_of(request),
    )


def sent(request: HttpRequest, call: StoryCall, form: StoryForm, verdict: Verdict) -> HttpResponse | None:
    """Keep the story and lead to its own page; None where it was refused, which the form then says."""
    if verdict.refused:
        form.ask_again(verdict.refused)
        return None
    typed = form.cleaned_data
    facts = {"key": typed["key"], "words": form.words(), "consent": form.consent(), "email": typed["email"]}
    try:
        told = tell_story(call, by=request.viewer, verdict=verdict, **facts)
    except Refused as refusal:
        form.take_new_key()
        form.ask_again(str(refusal))
        return None
    return redirect("my_story", told.receipt)


@login_not_required
@require_safe
def story(request: HttpRequest, identifier: str) -> HttpResponse:
    """One story, for good."""
    stories = Story.objects.visible_to(request.viewer).select_related("call", "consent")
    found = stories.filter(identifier=identifier).first()
    if found is None:
        return tombstone(request, identifier)
    pictures = Illustration.objects.visible_to(request.viewer).filter(story=found)
    context = {
        "section": "journal",
        "story": found,
        "pictures": pictures,
        "posts": Post.objects.visible_to(request.viewer).filter(writing__citations__story=found),
        "events": Event.objects.visible_to(request.viewer).filter(writing__citations__story=found),
        "own_code": own_code(found, request.viewer),
        "address": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "journal/story.html", context)


def own_code(story: Story, viewer: Viewer) -> str:
    """The code of a story for whoever told it while signed in; empty for others."""
    is_own = viewer.person is not None and story.person_id == viewer.person.pk
    return receipt_of(story.key, story.receipt_hash or "") if is_own else ""


def tombstone(request: HttpRequest, identifier: str) -> HttpResponse:
    """410 for one that was shown once and taken back; to others it never was."""
    gone = Story.objects.once_visible_to(request.viewer).select_related("call")
    found = gone.filter(identifier=identifier).first()
    if found is None:
        raise Http404
    judgement = found.judgements.last()
    context = {"section": "journal", "story": found, "when": judgement.at if judgement else None}
    return render(request, "journal/story_gone.html", context, status=410)
