"""Writing a comment, and what its writer can do with it afterwards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coproduce.identifiers import tidy
from events.models import Event
from journal.comment_forms import ChangeForm, CommentForm
from journal.comments import (
    CHANGE_MINUTES,
    add_comment,
    edit_comment,
    may_change,
    why_closed,
    withdraw_comment,
)
from journal.models import Comment, Post, State
from journal.spam.limits import count_change
from journal.spam.screening import Verdict, screen
from people.guests import welcome
from people.limits import TooMany, network_of
from people.refusals import Refused
from responses.receipts import receipt_for
from responses.views.own import count_against

ARRIVED = gettext_lazy("It has arrived. Somebody reads it before others see it.")
SHOWN = gettext_lazy("It is on the page.")
CHANGED = {State.HELD: gettext_lazy("Changed. Somebody reads it before others see it.")}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post_comment(request: HttpRequest, slug: str) -> HttpResponse:
    return write(request, get_object_or_404(Post.objects.visible_to(request.viewer), slug=slug))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_comment(request: HttpRequest, slug: str) -> HttpResponse:
    return write(request, get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug))


def write(request: HttpRequest, on: Post | Event) -> HttpResponse:
    """The form of a new comment, or of an answer where the address names one; takes what was sent."""
    welcome(request)
    form = CommentForm(page_of(on), request.viewer, request.POST or None)
    answers = answered(request, on)
    if request.method != "POST" or not form.is_valid():
        return show_form(request, on, form, answers, status=422 if form.errors else 200)
    verdict = screened(request, form)
    if verdict.pretend:
        messages.success(request, ARRIVED)
        return redirect(on)
    if verdict.refused:
        return say_why_not(request, on, form, answers, verdict)
    return take(request, on, form, answers, verdict)


def page_of(on: Post | Event) -> str:
    """What its form is called, so that the token of one page opens no other."""
    return f"comment {on._meta.model_name} {on.identifier}"


def answered(request: HttpRequest, on: Post | Event) -> Comment | None:
    """The comment that the address says this answers; 404 where it stands nowhere here."""
    if not (identifier := request.GET.get("answers", "")):
        return None
    comments = Comment.objects.visible_to(request.viewer).shown().filter(answers=None)
    found = get_object_or_404(comments.select_related("person"), identifier=identifier)
    if on not in (found.post, found.event):
        raise Http404
    return found


def screened(request: HttpRequest, form: CommentForm) -> Verdict:
    typed = form.cleaned_data
    return screen(
        typed["text"],
        fields={"name": typed.get("name", "")},
        token=form.sent_token,
        page=form.page,
        trap=form.trap,
        by=request.viewer,
        network=network_of(request),
    )


def take(
    request: HttpRequest, on: Post | Event, form: CommentForm, answers: Comment | None, verdict: Verdict
) -> HttpResponse:
    typed = form.cleaned_data
    words = {name: typed[name] for name in ("key", "mark", "text", "email")}
    named = {"name": typed.get("name", ""), "is_named": typed.get("is_named", False)}
    try:
        comment = add_comment(on, by=request.viewer, answers=answers, verdict=verdict, **words, **named)
    except Refused as refusal:
        return say_why_not(request, on, form, answers, Verdict(refused=str(refusal)))
    messages.success(request, SHOWN if comment.state == State.SHOWN else ARRIVED)
    return redirect("my_comment", receipt_for(comment.key))


def say_why_not(
    request: HttpRequest, on: Post | Event, form: CommentForm, answers: Comment | None, verdict: Verdict
) -> HttpResponse:
    form.ask_again(verdict.refused)
    response = show_form(request, on, form, answers, status=429 if verdict.retry_after else 422)
    if verdict.retry_after:
        response["Retry-After"] = verdict.retry_after
    return response


def show_form(
    request: HttpRequest, on: Post | Event, form: CommentForm, answers: Comment | None, *, status: int
) -> HttpResponse:
    section = "journal" if isinstance(on, Post) else "events"
    context = {"section": section, "on": on, "form": form, "answers": answers, "closed": why_closed(on)}
    return render(request, "journal/comment_write.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_comment(request: HttpRequest, code: str) -> HttpResponse:
    """One's own comment by its code: how it stands and why, changing it, taking it back."""
    comment = Comment.objects.with_receipt(code).select_related("post", "event", "person").first()
    if comment is None:
        return no_such_code(request)
    form = ChangeForm(request.POST if request.POST.get("act") == "change" else None, initial=said(comment))
    if request.method == "POST" and done(request, comment, form, code):
        return redirect("my_comment", tidy(code))
    context = {
        "comment": comment,
        "on": comment.post or comment.event,
        "form": form,
        "may_change": may_change(comment) and comment.state in (State.HELD, State.SHOWN),
        "minutes": CHANGE_MINUTES,
        "address": request.build_absolute_uri(reverse("my_comment", args=[tidy(code)])),
    }
    return render(request, "journal/comment_own.html", context, status=422 if form.errors else 200)


def said(comment: Comment) -> dict[str, str]:
    return {"text": comment.text}


def done(request: HttpRequest, comment: Comment, form: ChangeForm, code: str) -> bool:
    """Whether what was asked for was done; a refusal is shown on the form, or beside it."""
    try:
        if request.POST.get("act") == "withdraw":
            withdraw_comment(comment, by=request.viewer, receipt=code)
            messages.success(request, _("Your comment is gone."))
        elif form.is_valid():
            count_change(comment)
            changed = edit_comment(comment, form.cleaned_data["text"], by=request.viewer, receipt=code)
            messages.success(request, CHANGED.get(changed.state, _("Changed.")))
        return not form.errors
    except (Refused, TooMany) as refusal:
        if not form.is_bound:
            messages.error(request, str(refusal))
            return True
        form.add_error(None, str(refusal))
        return False


def no_such_code(request: HttpRequest) -> HttpResponse:
    """404; 429 for a network that tries one code after another."""
    if too_many := count_against(request):
        return too_many
    raise Http404("No comment has this code.")
