"""One's own story, for whoever holds its code: where it stands, and what can be done about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce import media
from coproduce.identifiers import in_fours, tidy
from coproduce.images.making import NotAPicture
from journal.models import Illustration, Story
from journal.stories import (
    MOST_PICTURES,
    add_picture,
    change_story_consent,
    correct_story,
    forget_address,
    take_picture_off,
    withdraw_story,
)
from journal.story_forms import StoryPictureForm, consent_form, correction_form
from journal.story_limits import count_change, count_picture
from people.limits import TooMany
from people.refusals import Refused
from responses.views.own import count_against

type Forms = dict[str, Form]

DONE = {
    "correct": gettext_lazy("Kept. Somebody looks at it before it is shown."),
    "consent": gettext_lazy("Changed. It holds from now on, everywhere."),
    "picture": gettext_lazy("The picture is added. Somebody looks at it before it is shown."),
    "picture_off": gettext_lazy("The picture is gone."),
    "forget": gettext_lazy("Your address is forgotten. No more letters come."),
    "withdraw": gettext_lazy("Your story is taken back. Nothing of it is left here."),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_story(request: HttpRequest, code: str) -> HttpResponse:
    story = Story.objects.with_receipt(code).select_related("call", "consent").first()
    if story is None:
        return count_against(request) or no_such_story()
    act = request.POST.get("act", "")
    forms = forms_of(story, act, request)
    if act in DONE and (act not in forms or forms[act].is_valid()):
        refusal = done(request, story, act, forms, tidy(code))
        if not refusal:
            messages.success(request, DONE[act])
            return redirect("my_story", tidy(code))
        say(refusal, forms.get(act), request)
    return show(request, story, forms, tidy(code))


@login_not_required
@require_safe
def my_story_picture(request: HttpRequest, code: str, identifier: str, name: str) -> HttpResponseBase:
    """One file of a picture of one's own story, also while it waits."""
    story = Story.objects.with_receipt(code).first()
    if story is None:
        return count_against(request) or no_such_story()
    return media.answer(request, picture_of(story, identifier).files, name, public=False)


def no_such_story() -> HttpResponse:
    raise Http404("No story has this code.")


def forms_of(story: Story, act: str, request: HttpRequest) -> Forms:
    """The forms of the page, by what they do; the one that was sent has what was typed."""
    sent = request.POST
    return {
        "correct": correction_form(story, sent if act == "correct" else None),
        "consent": consent_form(story, sent if act == "consent" else None),
        "picture": StoryPictureForm(
            *((sent, request.FILES) if act == "picture" else ()), auto_id="picture-%s"
        ),
    }


def done(request: HttpRequest, story: Story, act: str, forms: Forms, code: str) -> str:
    """Do what was asked for; returns why not, where it was refused."""
    try:
        count_picture(request, story) if act == "picture" else count_change(story)
        do(request, story, act, forms, code)
    except (Refused, TooMany, NotAPicture) as refusal:
        return str(refusal)
    return ""


def do(request: HttpRequest, story: Story, act: str, forms: Forms, code: str) -> None:
    who = {"by": request.viewer, "receipt": code}
    match act:
        case "correct":
            correct_story(story, forms[act].words(), **who)
        case "consent":
            change_story_consent(story, forms[act].consent(), **who)
        case "picture":
            add_picture(story, **forms[act].facts(), **who)
        case "picture_off":
            take_picture_off(picture_of(story, request.POST.get("which", "")), **who)
        case "forget":
            forget_address(story, **who)
        case "withdraw":
            withdraw_story(story, **who)


def picture_of(story: Story, identifier: str) -> Illustration:
    return get_object_or_404(story.illustrations.filter(withdrawn_at=None), identifier=identifier)


def say(refusal: str, form: Form | None, request: HttpRequest) -> None:
    """On the form it is about; for a button alone, above the page."""
    if form is None:
        messages.error(request, refusal)
    else:
        form.add_error(None, refusal)


def show(request: HttpRequest, story: Story, forms: Forms, code: str) -> HttpResponse:
    pictures = list(story.illustrations.filter(withdrawn_at=None))
    context = {
        "section": "journal",
        "story": story,
        "call": story.call,
        "code": in_fours(code),
        "files_address": reverse("my_story", args=[code]) + "pictures/",
        "forms": forms,
        "pictures": pictures,
        "may_add_pictures": len(pictures) < MOST_PICTURES,
        "most_pictures": MOST_PICTURES,
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "journal/story_own.html", context, status=422 if failed else 200)
