"""The page of a drawing: hang a picture, see what hangs; and making a drawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from coproduce.images.making import NotAPicture
from events.models import Event
from people.guests import welcome
from people.limits import TooMany
from people.refusals import Refused
from responses.board import KeyTaken
from responses.drawing import NO_PHOTOS, Full, Hung, add_picture, make_drawing, that_fit
from responses.drawing_forms import DrawingForm, PictureForm
from responses.gallery import gallery_of
from responses.limits import count_picture
from responses.models import Drawing, Moderation, Picture
from responses.models.activities import LINK_DAYS

# Sent by the script that shows how far a picture has come: it is told where to go on.
HEADER = "X-Upload"
STANDING = {
    Moderation.SHOWN: gettext_lazy("{} hangs."),
    Moderation.WAITING: gettext_lazy("{} is here. An organiser looks at it first, then it hangs."),
    Moderation.HIDDEN: gettext_lazy("{} was here before, and the organisers hid it."),
}


def drawing_seen(request: HttpRequest, event: str, slug: str) -> Drawing:
    """The drawing at this address, as far as the viewer may see it; else 404."""
    drawings = Drawing.objects.visible_to(request.viewer).select_related("event__series")
    return get_object_or_404(drawings, event__slug=event, slug=slug)


# The browser may keep the form, so that going back after a lost answer sends the same key again.
@login_not_required
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def drawing(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    drawing = drawing_seen(request, event, slug)
    if drawing.is_open or request.method == "POST":
        # Known before anything is sent, so that sending it twice is the same guest twice.
        welcome(request)
    if request.method != "POST":
        return show_drawing(request, drawing)
    if drawing.may_include_under_18s:
        return show_drawing(request, drawing, refusal=NO_PHOTOS, status=403)
    return hang_up(request, drawing, PictureForm(request.POST, request.FILES))


def show_drawing(
    request: HttpRequest,
    drawing: Drawing,
    *,
    form: PictureForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    viewer, pictures = request.viewer, Picture.objects.visible_to(request.viewer)
    takes = drawing.is_open and not drawing.may_include_under_18s
    gallery = gallery_of(drawing, pictures, request.GET.get("page", 1))
    context = {
        "section": "events",
        "drawing": drawing,
        "gallery": gallery,
        "is_live": drawing.is_open and gallery.page.number == 1,
        "own": Picture.objects.of(viewer).filter(drawing=drawing).order_by("number"),
        "form": form or (PictureForm() if takes else None),
        "refusal": refusal,
        "no_photos": NO_PHOTOS if drawing.may_include_under_18s else "",
        "may_run": viewer.person is not None and drawing.event.is_moderated_by(viewer),
        "link_days": LINK_DAYS,
    }
    return render(request, "responses/drawing.html", context, status=status)


def hang_up(request: HttpRequest, drawing: Drawing, form: PictureForm) -> HttpResponse:
    if not form.is_valid():
        return show_drawing(request, drawing, form=form, status=422)
    try:
        count_picture(request, drawing)
        hung = add_picture(drawing, by=request.viewer, **form.facts())
    except NotAPicture as sentence:
        form.add_error("picture", str(sentence))
        return show_drawing(request, drawing, form=form, status=422)
    except (Refused, TooMany) as refusal:
        return say_why_not(request, drawing, form, refusal)
    return send_as_new(request, drawing, form, hung) if is_another(hung, form) else land(request, hung)


def say_why_not(
    request: HttpRequest, drawing: Drawing, form: PictureForm, refusal: Refused | TooMany
) -> HttpResponse:
    """The same page with everything that was typed, and why the picture was not hung."""
    if isinstance(refusal, KeyTaken):
        form.take_new_key()
    form.add_error(None, str(refusal))
    if isinstance(refusal, TooMany):
        response = show_drawing(request, drawing, form=form, status=429)
        response["Retry-After"] = refusal.retry_after
        return response
    return show_drawing(request, drawing, form=form, status=429 if isinstance(refusal, Full) else 422)


def is_another(hung: Hung, form: PictureForm) -> bool:
    """Whether the key came with other words before, as after going back in the browser."""
    if hung.is_new:
        return False
    words, picture = that_fit(form.words()), hung.picture
    same = (picture.alt, picture.group, picture.expression) == (words.alt, words.group, words.expression)
    return bool(picture.withdrawn_at) or not same


def send_as_new(request: HttpRequest, drawing: Drawing, form: PictureForm, hung: Hung) -> HttpResponse:
    form.take_new_key()
    form.add_error(
        None,
        _("This page sent %(label)s before. Press the button again to hang this one too.")
        % {"label": hung.picture.label},
    )
    return show_drawing(request, drawing, form=form, status=422)


def land(request: HttpRequest, hung: Hung) -> HttpResponse:
    """On the page of one's own picture, with its receipt."""
    messages.success(request, STANDING[hung.picture.moderation].format(hung.picture.label))
    address = reverse("my_picture", args=[hung.picture.identifier])
    return JsonResponse({"url": address}) if HEADER in request.headers else redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def drawing_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    form = DrawingForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_drawing(event, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("The drawing is there. Open it when the room is ready."))
            return redirect("drawing_facilitate", event.slug, made.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "events", "event": event, "form": form}
    return render(request, "responses/drawing_new.html", context, status=422 if form.errors else 200)
