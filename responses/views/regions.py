"""The boxes of a photograph: draw them, say what they show, save them all."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from responses.models import Photo
from responses.photos.matching import lines_without_picture
from responses.photos.saving import NotSaved, save_boxes
from responses.photos.suggesting import suggestions
from responses.region_forms import BoxForms

# What the buttons of the page are called; those that only change what is in the form come first.
CHANGE, SAVE = {"add", "look"}, {"save", "place", "notes"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def photo_boxes(request: HttpRequest, identifier: str) -> HttpResponse:
    photos = Photo.objects.standing().transcribed_by(request.viewer)
    photo = get_object_or_404(
        photos.select_related("event", "board__event", "station"), identifier=identifier
    )
    if request.method != "POST":
        return show(request, BoxForms(photo))
    act, forms = request.POST.get("act", "save"), BoxForms(photo, request.POST)
    if act not in CHANGE | SAVE:
        raise Http404
    prepare(request, forms, act)
    if act in CHANGE:
        return show(request, forms)
    if forms.is_valid() and saved(request, forms):
        return redirect("photo_boxes", photo.identifier)
    return show(request, forms, status=422)


def prepare(request: HttpRequest, forms: BoxForms, act: str) -> None:
    """Change what is in the form as the button that was pressed says."""
    match act:
        case "add":
            forms.add()
        case "look":
            look(request, forms)
        case "place":
            forms.place_all(request.POST.get("under", ""))
        case "notes":
            forms.note_all()


def look(request: HttpRequest, forms: BoxForms) -> None:
    """Suggest boxes beside those that are there."""
    found = suggestions(forms.photo, beside=[form.row().box for form in forms.forms if form.is_valid()])
    forms.suggest(found)
    if not found:
        messages.info(request, _("No more coloured paper was found on it. Draw the boxes yourself."))


def saved(request: HttpRequest, forms: BoxForms) -> bool:
    """Save every row; what stood in the way is said beside it."""
    try:
        changed = save_boxes(forms.photo, forms.rows(), by=request.viewer)
    except NotSaved as trouble:
        forms.take(trouble)
        return False
    said = ngettext("%(number)s box saved.", "%(number)s boxes saved.", changed)
    messages.success(request, said % {"number": changed} if changed else _("No boxes saved."))
    return True


def show(request: HttpRequest, forms: BoxForms, *, status: int = 200) -> HttpResponse:
    photo, rows = forms.photo, forms.forms
    context = {
        "section": "events",
        "photo": photo,
        "forms": forms,
        "covered": photo.regions.exclude(covered_at=None).count(),
        "unplaced": sum(not form["station"].value() for form in rows),
        "unnoted": sum(bool(form["station"].value()) and not form["shows"].value() for form in rows),
        "unmatched": [
            (board, lines) for board in forms.places.boards if (lines := lines_without_picture(board).count())
        ],
    }
    return render(request, "responses/regions.html", context, status=status)
