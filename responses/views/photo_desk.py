"""One photograph for those who work on it: what is said about it, covering, taking it down."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from events.reach import reach_in
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Photo
from responses.models.photos import PhotoQuerySet
from responses.photo_forms import DescribeForm, Places, TakePhotoDownForm
from responses.photos.publishing import (
    NotPublished,
    apply_words_basis,
    describe_photo,
    make_again,
    publish_photo,
    reasons_against,
    take_down_photo,
    unasked_notes,
    unpublish_photo,
)
from responses.photos.states import state_of, told_of


def photo_run(request: HttpRequest, identifier: str) -> Photo:
    """The standing photograph, if the viewer runs its event; else 404."""
    return photo_of(Photo.objects.visible_to(request.viewer).run_by(request.viewer), identifier)


def photo_worked_on(request: HttpRequest, identifier: str) -> Photo:
    """The standing photograph, if the viewer works on the walls of its event; else 404."""
    return photo_of(Photo.objects.visible_to(request.viewer).transcribed_by(request.viewer), identifier)


def photo_of(photos: PhotoQuerySet, identifier: str) -> Photo:
    return get_object_or_404(told_of(photos).select_related("event__series"), identifier=identifier)


# What is one button each, beside the form.
ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "publish": (publish_photo, gettext_lazy("It is on the record: everybody can see it.")),
    "unpublish": (unpublish_photo, gettext_lazy("It is off the record. Nothing of it was deleted.")),
    "make_again": (make_again, gettext_lazy("It is tried once more. That takes a minute or two.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say what a photograph shows, and put it on the record or take it off."""
    photo = photo_worked_on(request, identifier)
    act, form = request.POST.get("act", ""), form_for(photo, request)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            if not form.is_bound or form.is_valid():
                do(act, photo, form, request)
                return redirect("photo_edit", photo.identifier)
        except Refused as refusal:
            refused = refusal
    return show_edit(request, photo, form, refused)


def form_for(photo: Photo, request: HttpRequest) -> DescribeForm:
    """The form; bound to what was sent, also where the button beside it published at one go."""
    is_sent = request.method == "POST" and (request.POST.get("act", "") not in ACTS or "alt" in request.POST)
    unasked = len(unasked_notes(photo, photo.words_basis))
    data = request.POST if is_sent else None
    form = DescribeForm(Places(photo.event, request.viewer), photo, unasked, data)
    if not photo.event.is_run_by(request.viewer):
        form.leave_basis()
    return form


def do(act: str, photo: Photo, form: DescribeForm, request: HttpRequest) -> None:
    """Keep what was said, if anything was sent, and press a button."""
    sentence = describe(photo, form, by=request.viewer) if form.is_bound else ""
    if act in ACTS:
        button, sentence = ACTS[act]
        button(photo, by=request.viewer)
    messages.success(request, sentence)


def describe(photo: Photo, form: DescribeForm, *, by: Viewer) -> str:
    """Keep what was said, for the notes on it too where that is ticked; what to tell."""
    before = photo.words_basis
    described = describe_photo(photo, form.said(), by=by)
    if not form.cleaned_data.get("apply"):
        return _("Saved.")
    changed = apply_words_basis(described, by=by, basis_before=before)
    if not changed:
        return _("Saved.")
    said = ngettext(
        "Saved, and it holds for %(number)s note on it too.",
        "Saved, and it holds for %(number)s notes on it too.",
        changed,
    )
    return said % {"number": changed}


def show_edit(
    request: HttpRequest, photo: Photo, form: DescribeForm, refused: Refused | None
) -> HttpResponse:
    # Asked anew: an act that was refused may have seen more than this page did.
    photo = photo_worked_on(request, photo.identifier)
    reasons = refused.reasons if isinstance(refused, NotPublished) else []
    context = {
        "section": "events",
        "photo": photo,
        "event": photo.event,
        "state": state_of(photo),
        "form": form,
        "refused": refused,
        "refused_for": reasons,
        "reasons": reasons_against(photo),
        "reach": reach_in(photo.event, request.viewer),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "responses/photo_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def photo_take_down(request: HttpRequest, identifier: str) -> HttpResponse:
    """Delete a photograph for a reason."""
    photo = photo_run(request, identifier)
    form: forms.Form = TakePhotoDownForm(request.POST or None)
    if form.is_valid():
        try:
            take_down_photo(photo, form.cleaned_data["why"], by=request.viewer)
            messages.success(request, _("The photograph is down, and all its files are deleted."))
            return redirect("photos", photo.event.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "photo": photo, "event": photo.event, "form": form}
    return render(request, "responses/photo_take_down.html", context, status=422 if form.errors else 200)
