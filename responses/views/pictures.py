"""One picture of a drawing: its page for good, its files, and what those who run the drawing do with it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coproduce import media
from events.reach import reach_in
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.drawing_desk import (
    hide_picture,
    put_on_record,
    show_picture,
    take_back_from_record,
    take_down_picture,
    words_of,
)
from responses.drawing_forms import HideForm, TakeDownForm
from responses.models import Drawing, Picture
from responses.moderation import REASONS
from responses.screens import before_screen


@login_not_required
@require_safe
def picture(request: HttpRequest, identifier: str) -> HttpResponse:
    seen = Picture.objects.visible_to(request.viewer).for_showing()
    picture = seen.filter(identifier=identifier).first()
    if picture is None:
        return tombstone(request, identifier)
    context = {
        "section": "events",
        "picture": picture,
        "drawing": picture.drawing,
        "is_own": Picture.objects.of(request.viewer).filter(pk=picture.pk).exists(),
        "reach": reach_in(picture.drawing.event, request.viewer),
        "address": f"{settings.SITE_URL}{picture.get_absolute_url()}",
    }
    return render(request, "responses/picture.html", context)


def tombstone(request: HttpRequest, identifier: str) -> HttpResponse:
    """410 to those who could see it before it went; to others it never was."""
    gone = Picture.objects.once_visible_to(request.viewer).for_showing().filter(identifier=identifier).first()
    if gone is None:
        raise Http404
    context = {"picture": gone, "drawing": gone.drawing}
    return render(request, "responses/picture_gone.html", context, status=410)


@login_not_required
@require_safe
def picture_file(request: HttpRequest, identifier: str, name: str) -> HttpResponseBase:
    """One file of a picture, to whoever may see the picture at this moment."""
    viewer = before_its_screen(request, identifier)
    picture = get_object_or_404(Picture.objects.visible_to(viewer), identifier=identifier)
    # What a request without cookie or token may see is what anybody may see.
    return media.answer(request, picture.files, name, public=viewer == ANYBODY)


def before_its_screen(request: HttpRequest, identifier: str) -> Viewer:
    """The viewer; where the screen in the hall asks for a file, seeing what the room sees."""
    token = request.GET.get("screen")
    drawings = Drawing.objects.visible_to(request.viewer).filter(pictures__identifier=identifier)
    drawing = drawings.first() if token else None
    return before_screen(request.viewer, drawing, token) if drawing else request.viewer


# What those who run the drawing can do, each with the form it takes.
FORMS: dict[str, type[forms.Form]] = {
    "show": forms.Form,
    "hide": HideForm,
    "take_down": TakeDownForm,
    "put_on_record": forms.Form,
    "take_off_record": forms.Form,
}
DONE = {
    "show": gettext_lazy("{} hangs."),
    "hide": gettext_lazy("{} is hidden. You can show it again."),
    "take_down": gettext_lazy("{} is gone. A line says that one was withdrawn."),
    "put_on_record": gettext_lazy("What sums {} up is on the record of the event."),
    "take_off_record": gettext_lazy("What sums {} up is no longer on the record. The picture stays."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def picture_desk(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show, hide or take down one picture, or put its expression on the record."""
    pictures = Picture.objects.visible_to(request.viewer).moderated_by(request.viewer)
    picture = get_object_or_404(pictures.for_showing(), identifier=identifier)
    act, shown = request.POST.get("act", ""), {act: form_of(act) for act in FORMS}
    if act in FORMS:
        form = shown[act] = form_of(act, request.POST)
        if form.is_valid() and done(act, picture, form, request):
            return redirect(f"{picture.drawing.get_absolute_url()}facilitate/#pictures")
    failed = any(form.errors for form in shown.values())
    context = {
        "section": "events",
        "picture": picture,
        "drawing": picture.drawing,
        "forms": shown,
        "refused": shown[act].non_field_errors() if act in FORMS else (),
        "seen": words_of(picture),
        "reasons": REASONS,
        "reach": reach_in(picture.drawing.event, request.viewer),
    }
    return render(request, "responses/picture_desk.html", context, status=422 if failed else 200)


def form_of(act: str, data: object = None) -> forms.Form:
    """The form of `act`; its fields are told apart by their ids."""
    return FORMS[act](data, auto_id=f"{act}-%s")


def done(act: str, picture: Picture, form: forms.Form, request: HttpRequest) -> bool:
    """Do `act`; a refusal is shown on its form."""
    try:
        do(act, picture, form, request)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, DONE[act].format(picture.label))
    return True


def do(act: str, picture: Picture, form: forms.Form, request: HttpRequest) -> None:
    typed, by = form.cleaned_data, request.viewer
    match act:
        case "show":
            # Browsers send CRLF whatever a form held.
            seen = request.POST.get("seen")
            show_picture(picture, by=by, seen=seen.replace("\r\n", "\n") if seen is not None else None)
        case "hide":
            hide_picture(picture, typed["why"], by=by)
        case "take_down":
            take_down_picture(picture, typed["why"], by=by)
        case "put_on_record":
            put_on_record(picture, by=by)
        case "take_off_record":
            take_back_from_record(picture, by=by)
