"""What a note's form answers to the tray: facts where a browser would be shown a page."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from coproduce.identifiers import in_fours
from responses.models import Note
from responses.receipts import receipt_of

HEADER = "X-Tray"
# Sent by a page that goes on to the note, and so shows what would be said there.
LANDS = "land"


def is_from_the_tray(request: HttpRequest) -> bool:
    return HEADER in request.headers


def is_shown_messages(request: HttpRequest) -> bool:
    """Whether a page follows on which a message is seen."""
    return request.headers.get(HEADER, LANDS) == LANDS


def it_arrived(note: Note, *, url: str, waits: bool, said: str = "") -> JsonResponse:
    """The note is on its board: where, under which receipt, and whether an organiser looks first."""
    code = receipt_of(note.key, note.receipt_hash or "")
    facts = {
        "label": note.label,
        "identifier": note.identifier,
        "url": url,
        "waits": waits,
        "said": said,
        "code": in_fours(code) if code else "",
        "code_url": reverse("receipt", args=[code]) if code else "",
    }
    return JsonResponse(facts)


def it_did_not(form: BaseForm, *, status: int) -> HttpResponse:
    """Why not, in a sentence; with the key under which it is sent again."""
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    facts = {"error": " ".join(sentences), "key": form.data.get("key", "")}
    return JsonResponse(facts, status=status)
