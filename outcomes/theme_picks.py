"""Picking notes for a theme: by where they stand, by their words, or because they read like others."""

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from outcomes.citable import citable
from outcomes.groupings import A_PAGE, shown_in_full
from outcomes.models import Theme, ThemeNote
from outcomes.similar import notes_like
from outcomes.theme_forms import HELD, LOOSE
from people.guests import Viewer
from responses.models import Note

NEAR = gettext_lazy("No note has these words. These come near.")
LIKE = gettext_lazy("These read like notes that are in the theme. Tick those that belong.")
NONE_LIKE = gettext_lazy("No other note reads like those in the theme.")


@dataclass(frozen=True, slots=True)
class Picks:
    """The notes to pick from, page by page; `held` are those on this page that are in the theme.

    `remark` says how they were found where they were not simply looked up; `is_offered` that
    they read like those in the theme.
    """

    page: Page
    held: set[int]
    remark: str = ""
    is_offered: bool = False


def picks_for(theme: Theme, viewer: Viewer, asked: dict[str, str], number: str) -> Picks:
    """The page called `number` of the notes that `asked` names (see `theme_forms.LookForm`).

    Words that no note has find those that come near. Nothing is ever put in by itself.
    """
    found = _asked_for(theme, viewer, asked)
    if asked.get("words") and not found.exists():
        near = [note for note, _ in notes_like(asked["words"], theme.event, viewer)]
        return _paged(theme, viewer, near, "1", NEAR if near else "")
    return _paged(theme, viewer, found, number)


def picks_like(theme: Theme, viewer: Viewer) -> Picks:
    """What is offered: notes that read like those in the theme and are not in it."""
    held = citable(theme.event, viewer).filter(in_themes__theme=theme)
    alike = [note for note, _ in notes_like(list(held), theme.event, viewer)]
    picks = _paged(theme, viewer, alike, "1", LIKE if alike else NONE_LIKE)
    return replace(picks, is_offered=True)


def _asked_for(theme: Theme, viewer: Viewer, asked: dict[str, str]) -> QuerySet[Note]:
    notes = citable(theme.event, viewer)
    for word in asked.get("words", "").split():
        notes = notes.filter(text__icontains=word)
    if "mark" in asked:
        notes = notes.filter(mark=asked["mark"])
    if "station" in asked:
        notes = notes.filter(station__identifier=asked["station"])
    return notes.filter(_which(theme, asked.get("which", "")))


def _which(theme: Theme, which: str) -> Q | Exists:
    """Notes of this theme stay among those in no other: what is put in does not move the pages."""
    there = ThemeNote.objects.filter(note=OuterRef("pk"), theme__dissolved_at=None)
    if which == HELD:
        return Exists(there.filter(theme=theme))
    return ~Exists(there.exclude(theme=theme)) if which == LOOSE else Q()


def _paged(
    theme: Theme, viewer: Viewer, notes: QuerySet[Note] | list[Note], number: str, remark: str = ""
) -> Picks:
    """One page of `notes`; those of a list stay in its order."""
    if isinstance(notes, list):
        full = shown_in_full(Note.objects.filter(pk__in=[note.pk for note in notes]), viewer).in_bulk()
        page = Paginator([full[note.pk] for note in notes], A_PAGE).get_page(number)
    else:
        page = Paginator(shown_in_full(notes, viewer), A_PAGE).get_page(number)
    held = theme.held.filter(note__in=[note.pk for note in page]).values_list("note", flat=True)
    return Picks(page, set(held), remark)
