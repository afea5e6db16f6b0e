"""Adding photographs: as many at once as a browser sends, each answered apart."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.guards import MOST_AT_ONCE
from coproduce.images.keeping import MEGABYTE
from coproduce.images.making import NotAPicture
from events.models import Event
from people.limits import TooMany
from people.refusals import Refused
from responses.limits import count_photo
from responses.models import Photo
from responses.photo_forms import AddForm, Place, Places
from responses.photos.adding import AddedPhoto, Full, add_photo
from responses.photos.states import told_of, with_states

# Sent by the script that adds one file with each request: it is answered as JSON.
HEADER = "X-Upload"
RECENT = 60  # photographs still to be published, on the page where they are added


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: `state` is added, there or refused."""

    name: str
    state: str
    sentence: str
    status: int = 200
    photo: Photo | None = None
    retry_after: int = 0

    @property
    def facts(self) -> dict[str, str]:
        """What the script is told."""
        url = self.photo.get_absolute_url() if self.photo else ""
        return {"state": self.state, "sentence": self.sentence, "url": url}


@require_http_methods(["GET", "HEAD", "POST"])
def photos_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Take photographs of an event, from those who work on its walls."""
    events = Event.objects.visible_to(request.viewer).transcribed_by(request.viewer)
    event = get_object_or_404(events.select_related("series"), slug=slug)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddForm(Places(event, request.viewer), *sent)
    if not form.is_valid():
        return show_form(request, event, form)
    place, files = form.cleaned_data["shows"], form.cleaned_data["photos"]
    if HEADER in request.headers:
        return as_json(answer_to(request, event, files[0], form.cleaned_data["key"], place))
    answers = [answer_to(request, event, file, uuid4(), place) for file in files]
    return show_form(request, event, AddForm(form.fields["shows"].places), answers)


def answer_to(request: HttpRequest, event: Event, upload: UploadedFile, key: UUID, place: Place) -> Answer:
    """Add one photograph; what keeps it from being added is said, and keeps no other from it."""
    board, station = place
    try:
        count_photo(request)
        added = add_photo(event, upload, by=request.viewer, key=key, board=board, station=station)
    except TooMany as refusal:
        return Answer(upload.name, "refused", str(refusal), 429, retry_after=refusal.retry_after)
    except (NotAPicture, Refused) as refusal:
        return Answer(upload.name, "refused", str(refusal), 429 if isinstance(refusal, Full) else 422)
    return said_of(upload.name, added)


def said_of(name: str, added: AddedPhoto) -> Answer:
    if added.is_new:
        return Answer(name, "added", _("Added. It is being made ready."), photo=added.photo)
    return Answer(name, "there", _("It was here already, and is here once."), photo=added.photo)


def as_json(answer: Answer) -> JsonResponse:
    response = JsonResponse(answer.facts, status=answer.status)
    if answer.retry_after:
        response["Retry-After"] = answer.retry_after
    return response


def show_form(
    request: HttpRequest, event: Event, form: AddForm, answers: list[Answer] | None = None
) -> HttpResponse:
    """The form, what became of each file that was just sent, and what is still to be published."""
    answers = answers or []
    recent = told_of(event.photos.standing().filter(published_at=None)).order_by("-position")
    context = {
        "section": "events",
        "event": event,
        "form": form,
        "answers": answers,
        "added": sum(answer.state != "refused" for answer in answers),
        "recent": with_states(recent[:RECENT]),
        "most_at_once": MOST_AT_ONCE // MEGABYTE - 1,
    }
    if request.method == "POST" and HEADER in request.headers:
        return JsonResponse({"state": "refused", "sentence": sentence_of(form), "url": ""}, status=422)
    status = max((answer.status for answer in answers), default=422 if form.errors else 200)
    return render(request, "responses/photos_add.html", context, status=status)


def sentence_of(form: AddForm) -> str:
    return " ".join(error for errors in form.errors.values() for error in errors)
