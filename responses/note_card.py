"""One sticky note as HTML, in one function: a wall shows hundreds, and templates are the dearest part.

It says what `templates/responses/note.html` says, letter for letter; a test holds the two together.
What differs from note to note is little, so all that stands around it is made once for each language.
"""

from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coproduce.templatetags.languages import their_language
from coproduce.templatetags.look import icon, mark, origin_icon
from responses.models import Mark, Note, Origin, TextState

PLACE = "0000000000"  # stands for an identifier
ADDRESSES = 10
SURROUNDINGS = 1000  # more than there are marks, states and origins in all languages


def note_card(note: Note, *, named: object = False, no_anchor: bool = False) -> SafeString:
    """The note as it stands on a page or in a stream, in the language that is active.

    `named` shows the name that its writer chose to show, to readers who are in the room; `no_anchor`
    is for all but one of the places where a page shows the same note.
    """
    facts = vars(note)
    withheld, is_mine = bool(facts.get("withheld")), bool(facts.get("is_mine"))
    kind = (note.mark, note.text_state, note.origin, is_mine, withheld)
    start, middle, foot, reference = _surroundings((get_language(), their_language()), *kind)
    identifier, (before, after) = escape(note.identifier), _address(get_script_prefix(), get_urlconf())
    anchor = "" if no_anchor else f' id="{identifier}"'
    words = "" if withheld else _words(note)
    name = _name(note) if note.signed and not withheld and named else ""
    return SafeString(
        f"{start}{anchor}{middle}{words}{foot}{name}{before}{identifier}{after}{reference}{escape(note.label)}"
        "</a></div>\n</article>\n"
    )


@lru_cache(ADDRESSES)
def _address(_prefix: str, _urlconf: str | None) -> tuple[str, str]:
    """What stands before and after the identifier in the link to a note."""
    before, after = escape(reverse("note", args=[PLACE])).split(PLACE)
    return f'<a class="note__ref" href="{before}', after


@lru_cache(SURROUNDINGS)
def _surroundings(
    languages: tuple[str | None, str], sign: str, state: str, origin: str, is_mine: bool, withheld: bool
) -> tuple[str, str, str, str]:
    """What stands before the anchor, before the words, after them, and in the link before the number.

    `languages` are that of the page, and the `lang` of the words where that is another.
    """
    start = f'<article class="note{" note--mine" if is_mine else ""}"'
    mine = f'<span class="note__mine">{_("Yours")}</span>' if is_mine else ""
    middle = (
        f' data-mark="{sign}" data-text="{state}" data-origin="{origin}">\n'
        f'<div class="note__head">{mark(sign, Mark(sign).label)}{mine}</div>\n'
    )
    opening, closing = _around_words(sign, state, withheld, theirs=languages[1])
    partly = f"<span>{_('Partly legible')}</span>" if state == TextState.PARTLY and not withheld else ""
    foot = f'<div class="note__foot"><span>{icon(origin_icon(origin))}{Origin(origin).label}</span>{partly}'
    return start, middle + opening, f"{closing}</div>\n{foot}", f'"><span class="vh">{_("Note")} </span>'


def _around_words(sign: str, state: str, withheld: bool, *, theirs: str) -> tuple[str, str]:
    plain, said = '<div class="note__text">', '<span class="note__state">'
    scrawl = render_to_string("parts/scrawl.html")
    if withheld:
        return f"{plain}{said}{_('Words kept by those who were there.')}</span>", ""
    if state == TextState.NO_TEXT:
        unknown = _("No words, and no mark was recorded.")
        why = unknown if sign == Mark.NOT_RECORDED else _("No words. The mark is the answer.")
        return f"{plain}{icon(sign, 'note__big')}{said}{why}</span>", ""
    if state == TextState.ILLEGIBLE:
        return f"{plain}{scrawl}{said}{_('Illegible.')}", "</span>"
    if state == TextState.WAITING:
        return f"{plain}{scrawl}{said}{_('Not read yet.')}</span>", ""
    if state == TextState.DRAWING:
        return plain, f" {said}{_('A drawing.')}</span>"
    return f'<div class="note__text"{theirs}>', ""


def _words(note: Note) -> str:
    if note.text_state in (TextState.NO_TEXT, TextState.WAITING):
        return ""
    if note.text_state != TextState.ILLEGIBLE:
        return note.html
    number = vars(note).get("reading_count") or 0
    return " " + _("%(reading_count)s readings so far.") % {"reading_count": number} if number > 1 else ""


def _name(note: Note) -> str:
    signed = _("Signed: <bdi>%(signed)s</bdi>") % {"signed": escape(note.signed)}
    return f'<span class="note__signed">{signed}</span>'
