"""What the big screen says, and how large."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.fitting import shortened, size_of
from responses.hand_cards import in_marks
from responses.models import HandCount, Mark, Note, Origin, TextState
from responses.stage import MOST
from responses.tallies import Tally
from responses.templatetags.counts import WORDS

register = template.Library()
register.filter(shortened)
register.filter("size", size_of)

SMALL = 50  # of the newest, in widths of a letter
STATES = {
    TextState.NO_TEXT: gettext_lazy("No words. The mark is the answer."),
    TextState.ILLEGIBLE: gettext_lazy("Illegible."),
    TextState.WAITING: gettext_lazy("Not read yet."),
    TextState.DRAWING: gettext_lazy("A drawing."),
}


@register.inclusion_tag("responses/projector_note.html")
def big_note(note: Note, most: int = MOST) -> dict[str, object]:
    """A note as large as it fits: without a name, and saying so where its words go on."""
    words = " ".join(words_of(note).split())
    shown = shortened(words, most)
    return {"note": note, "words": shown, "goes_on": shown != words, "state": STATES.get(note.text_state, "")}


def words_of(note: Note) -> str:
    """What can be read of a note; nothing where only its state can be told."""
    return "" if note.text_state in (TextState.ILLEGIBLE, TextState.WAITING) else note.plain


@register.filter
def in_short(card: Note | HandCount) -> str:
    """What one of the newest cards says, in a line or two."""
    if isinstance(card, HandCount):
        return _("%(in_marks)s, raised by hand") % {"in_marks": in_marks(card)}
    return shortened(words_of(card), SMALL) or STATES.get(card.text_state, "")


@register.filter
def said(mark: str) -> str:
    """What a mark says beside its number: "16 agree"."""
    return WORDS[Mark(mark)]


@register.filter
def in_the_room(tally: Tally, mark: str) -> int:
    """How many of a mark were counted in the room."""
    return tally.by_origin[mark, Origin.COUNTED_IN_ROOM]
