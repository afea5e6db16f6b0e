"""The readings of one note, as the API tells them: how its words were read, never by whom."""

from django.http import Http404, QueryDict
from django.urls import reverse

from archive.api.facts import ADDRESS, MAYBE_WORDS, MOMENT, NUMBER, WORDS, YES_NO, moment, one_of, record
from archive.api.lists import NEVER, Said, enveloped
from archive.api.parameters import must_be_known
from archive.api.problems import Gone
from archive.cite.of_boards import may_be_quoted
from archive.cite.work import whole
from archive.harvest.gone import is_gone
from people.guests import ANYBODY
from responses.models import Mark, Note, Reading, TextState
from responses.models.notes import words_as_plain

SCHEMA = record(
    {
        "number": NUMBER,
        "url": ADDRESS,
        "witness": one_of(Reading.Witness.choices),
        "words": MAYBE_WORDS,
        "markup": MAYBE_WORDS,
        "text_state": one_of(TextState.choices),
        "mark": one_of(Mark.choices),
        "confidence": WORDS,
        "is_accepted": YES_NO,
        "at": MOMENT,
    }
)


def tell_readings(identifier: str, given: QueryDict) -> Said:
    """Every reading that everybody may see of a note, the first first; at most a few dozen."""
    must_be_known(given, [])
    notes = Note.objects.visible_to(ANYBODY).select_related("consent")
    note = notes.filter(identifier=identifier).first()
    if note is None:
        if is_gone("note", identifier):
            raise Gone
        raise Http404(NEVER)
    readings = Reading.objects.visible_to(ANYBODY).filter(note=note).order_by("number")
    told = [_told(reading, note) for reading in readings]
    return enveloped(reverse("api_readings", args=[identifier]), given, told, "")


def _told(reading: Reading, note: Note) -> dict[str, object]:
    text = reading.text if may_be_quoted(note.consent) else ""
    return {
        "number": reading.number,
        "url": whole(reading.get_absolute_url()),
        "witness": reading.witness,
        "words": (words_as_plain(text, note.origin) if text else "") or None,
        "markup": text or None,
        "text_state": reading.text_state,
        "mark": reading.mark,
        "confidence": reading.confidence,
        "is_accepted": reading.pk == note.accepted_id,
        "at": moment(reading.at),
    }
