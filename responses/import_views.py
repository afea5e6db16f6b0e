"""Importing a transcript on the web: paste or upload, look at the preview, confirm."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from events.models import Event
from people.refusals import Refused
from responses.import_plan import MOST_PLACED, Plan, PlannedStation, plan_import
from responses.imports import Imported, digest_of, import_transcript, transcript_board
from responses.models import Board
from responses.transcription import MAX_BYTES, LooseLine

ENOUGH = 8 * MAX_BYTES  # bytes: what is longer is refused for its size, and need not be read
CHANGED = gettext_lazy("The text was changed after the preview. Look at what it holds now, then import it.")


class TranscriptForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("A plain text file"),
        help_text=gettext_lazy("Saved as UTF-8, at most 2 MB."),
        required=False,
        allow_empty_file=True,
    )
    text = forms.CharField(
        label=gettext_lazy("The text itself"),
        help_text=gettext_lazy(
            "One line for each note, beginning with “- ”, under a heading such as “Make time (7)”."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean(self) -> dict[str, object]:
        """Keep as `data` the bytes of the file, or else of what was pasted."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if not self.errors and file is None and not text.strip():
            raise forms.ValidationError(_("Choose a file, or paste the text of the transcript."))
        # Browsers send CRLF whatever was pasted.
        pasted = text.replace("\r\n", "\n").encode(errors="surrogatepass")
        return self.cleaned_data | {"data": pasted if file is None else file.read(ENOUGH)}


@dataclass(frozen=True, slots=True)
class Place:
    """A loose line, and where the organiser wants it."""

    line: LooseLine
    chosen: int | None

    @property
    def name(self) -> str:
        return f"place_{self.line.number}"


@dataclass(frozen=True)
class Preview:
    """What an import would bring to `board` (None: a new one), beside what is there already."""

    plan: Plan
    board: Board | None
    chosen: dict[int, int] = field(default_factory=dict)

    @cached_property
    def there(self) -> Counter[str]:
        """How many notes of each station are there already, by the station's key."""
        return self.plan.there_on(self.board, self.known) if self.board else Counter()

    @cached_property
    def known(self) -> set[UUID]:
        """The keys of the notes there are already, withdrawn ones too."""
        return set(self.board.notes.values_list("key", flat=True)) if self.board else set()

    @property
    def stations(self) -> Iterator[tuple[PlannedStation, int]]:
        """Each station of the file with how many of its notes are there already."""
        return ((station, self.there[station.key]) for station in self.plan.stations)

    @property
    def already_there(self) -> int:
        return self.there.total()

    @property
    def new(self) -> int:
        return self.plan.transcript.counted - self.already_there

    @cached_property
    def places(self) -> list[Place]:
        settled = self.plan.settled_on(self.board, self.known) if self.board else {}
        loose = self.plan.transcript.unplaced[:MOST_PLACED]
        return [Place(line, self.chosen.get(line.number)) for line in loose if line.number not in settled]


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The way in for those who run the event: nothing changes before the preview is confirmed."""
    event = get_object_or_404(Event.objects.run_by(request.viewer), slug=slug)
    if request.method != "POST":
        return render(request, "responses/import.html", {"event": event, "form": TranscriptForm()})
    form = TranscriptForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            return _answer(request, event, form)
    except Refused as refused:
        form.add_error(None, str(refused))
    return render(request, "responses/import.html", {"event": event, "form": form}, status=422)


def _answer(request: HttpRequest, event: Event, form: TranscriptForm) -> HttpResponse:
    """Import what was confirmed; show a preview of everything else."""
    plan = plan_import(event, form.cleaned_data["data"])
    text = form.cleaned_data["data"].decode()
    confirmed = "confirm" in request.POST
    if confirmed and request.POST.get("digest") == digest_of(text):
        return _import(request, event, text)
    preview = Preview(plan, transcript_board(event), _places_in(request.POST))
    context = {"event": event, "preview": preview, "digest": digest_of(text), "changed": CHANGED}
    shown = TranscriptForm(initial={"text": text})
    status = 422 if confirmed else 200
    context |= {"form": shown, "was_changed": confirmed}
    return render(request, "responses/import_preview.html", context, status=status)


def _import(request: HttpRequest, event: Event, text: str) -> HttpResponse:
    done = import_transcript(event, text, by=request.viewer, placed=_places_in(request.POST))
    messages.success(request, _what_was_imported(done))
    return redirect(done.board)


def _what_was_imported(done: Imported) -> str:
    if not done.added:
        return _("Nothing new: every note was there before.")
    said = ngettext(
        "%(number)s note is now on the board.", "%(number)s notes are now on the board.", done.added
    ) % {"number": done.added}
    if not done.already_there:
        return said
    return f"{said} {_('%(number)s were there before.') % {'number': done.already_there}}"


def _places_in(posted: QueryDict) -> dict[int, int]:
    """The stations chosen for loose lines; anything that is no choice leaves its line unplaced."""
    chosen = ((name.removeprefix("place_"), at) for name, at in posted.items() if name.startswith("place_"))
    return {int(line): int(at) for line, at in chosen if _is_number(line) and _is_number(at)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8
