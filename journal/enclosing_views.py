"""Putting something beside the words of a text: photographs, a picture, a film, a file, a note, a story."""

import re
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coproduce.images.making import NotAPicture
from events.models import Event
from journal.attachments import add_attachment
from journal.blocks import Block
from journal.editing import new_block, put_in, sheet_of
from journal.editor_forms import FileForm, FilmForm, NoteForm, PictureForm, StoryForm
from journal.editor_views import Desk, Of, desk_of
from journal.films import add_film
from journal.illustrations import add_illustration
from journal.models import Writing
from journal.showing import citable_notes, citable_stories, photos_for
from journal.writing import keep_draft, writing_of
from people.guests import Viewer
from people.limits import TooMany
from people.refusals import Refused
from responses.drawing_forms import ACCEPTED
from responses.limits import count_photo
from responses.photos.adding import add_photo

FORMS = {"film": FilmForm, "file": FileForm, "illustration": PictureForm, "note": NoteForm}
HEADINGS = {
    "photo": gettext_lazy("Put in photographs"),
    "illustration": gettext_lazy("Put in a picture"),
    "film": gettext_lazy("Put in a film"),
    "file": gettext_lazy("Put in a file to take away"),
    "note": gettext_lazy("Cite a note"),
    "story": gettext_lazy("Weave in a story"),
}
NO_NOTE = gettext_lazy(
    "No note with that address or number can be read by everybody. Open the note and copy its address."
)
NONE_TICKED = gettext_lazy("Tick the photographs to put in.")
NO_PHOTO = gettext_lazy("Choose photographs from your device, or tick those that are here already.")
A_NOTE = re.compile(r"(?:.*/r/)?([0-9a-zA-Z-]{4,20})/?(?:[?#].*)?")


@require_http_methods(["GET", "HEAD", "POST"])
def enclose(request: HttpRequest, slug: str, kind: str, what: type[Of]) -> HttpResponse:
    """Asks for what is to be put in, and puts it into the draft after the block `after`."""
    desk = desk_of(request, slug, what)
    if kind not in HEADINGS or kind not in dict(desk.kinds):
        raise Http404
    form = _form(request, kind)
    if request.method == "POST":
        try:
            if form is None or form.is_valid():
                return _put_in(request, desk, kind, form)
        except (Refused, NotAPicture) as refused:
            if form is None:
                messages.warning(request, str(refused))
            else:
                form.add_error(None, str(refused))
    context = {
        "section": "events" if desk.name == "event" else "journal",
        "desk": desk,
        "of": desk.of,
        "kind": kind,
        "heading": HEADINGS[kind],
        "form": form,
        "after": request.GET.get("after", ""),
        "photos": list(photos_for(desk.writing, request.viewer)) if kind == "photo" else [],
        "accepted": ACCEPTED,
    }
    failed = form is not None and form.errors
    return render(request, "journal/editor_enclose.html", context, status=422 if failed else 200)


def _form(request: HttpRequest, kind: str) -> forms.Form | None:
    typed, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if kind == "story":
        return StoryForm(typed, stories=citable_stories(request.viewer))
    return FORMS[kind](typed, files) if kind in FORMS else None


def _put_in(request: HttpRequest, desk: Desk, kind: str, form: forms.Form | None) -> HttpResponse:
    writing = writing_of(desk.of, by=request.viewer)
    new = _blocks(request, writing, kind, form)
    sheet = sheet_of(writing, request.viewer)
    blocks = put_in(sheet.blocks, new, request.GET.get("after", ""))
    keep_draft(writing, blocks, by=request.viewer, based_on=sheet.based_on, number=sheet.number)
    return HttpResponseRedirect(f"{desk.address()}#b-{new[0]['id']}")


def _blocks(request: HttpRequest, writing: Writing, kind: str, form: forms.Form | None) -> list[Block]:
    """The new blocks, with whatever rows they name made first."""
    said, by = form.cleaned_data if form else {}, request.viewer
    match kind:
        case "photo":
            sent = _sent(request, writing.event) if writing.event else []
            return _picked(request, writing, sent)
        case "film":
            return [new_block("film", film=add_film(writing, by=by, **said).identifier)]
        case "file":
            file = add_attachment(writing, said.pop("file"), by=by, **said)
            return [new_block("file", attachment=file.identifier)]
        case "illustration":
            picture = add_illustration(writing, said.pop("picture"), by=by, **said)
            return [new_block("illustration", illustration=picture.identifier)]
        case "story":
            return [new_block("story", story=said["story"].identifier, excerpt=said["excerpt"])]
    return [new_block("note", note=_note(said["note"], by))]


def _sent(request: HttpRequest, event: Event) -> list[str]:
    """Adds the photographs chosen on the device; what kept one from being added keeps no other from it."""
    added = []
    for file in request.FILES.getlist("photos"):
        try:
            count_photo(request)
            added.append(add_photo(event, file, by=request.viewer, key=uuid4()).photo.identifier)
        except (NotAPicture, Refused, TooMany) as refused:
            messages.warning(
                request, _("%(name)s was not added. %(refused)s") % {"name": file.name, "refused": refused}
            )
    return added


def _picked(request: HttpRequest, writing: Writing, sent: list[str]) -> list[Block]:
    # No identifier holds a NUL, and the database takes none.
    wanted = [name for name in (*request.POST.getlist("photo"), *sent) if "\0" not in name]
    photos = photos_for(writing, request.viewer).filter(identifier__in=wanted)
    if not photos:
        raise Refused(NO_PHOTO if writing.event else NONE_TICKED)
    return [new_block("photo", photo=photo.identifier) for photo in photos]


def _note(typed: str, by: Viewer) -> str:
    """The identifier in the address or number of a note that everybody may read."""
    found = A_NOTE.fullmatch(typed.strip())
    name = found.group(1).replace("-", "").lower() if found else ""
    note = citable_notes(by).filter(identifier=name).first()
    if note is None:
        raise Refused(NO_NOTE)
    return note.identifier
