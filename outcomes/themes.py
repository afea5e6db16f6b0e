"""Acts on themes: grouping notes, changing one's own grouping, taking it apart and putting it back.

Nothing here touches a note. A theme is changed by its author alone, as long as they facilitate
its event; whoever would group otherwise makes a theme of their own.
"""

from collections.abc import Iterable
from itertools import batched

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.reach import must_facilitate
from outcomes.citable import citable, must_be_citable
from outcomes.models import Theme, ThemeNote
from outcomes.typed import words_of
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Note

LONGEST_NAME = 120  # characters
LONGEST_ABOUT = 600
A_TRACE = 20  # notes
UNNAMED = gettext_lazy("Give the theme a name: a few words that say what its notes have in common.")
NOT_YOURS = gettext_lazy(
    "A theme is changed by whoever made it. Make one of your own from it and group as you see it."
)
APART = gettext_lazy("This theme was taken apart. Put it back together before you change it.")


@transaction.atomic
def make_theme(
    event: Event, name: str, *, by: Viewer | None, about: str = "", notes: Iterable[Note] = ()
) -> Theme:
    """Group `notes` of `event` under a name, signed by `by`.

    The same made again is the same theme; another of the same author under that name is
    refused, and so are notes that are not on a wall of the event or that `by` may not read.
    """
    must_facilitate(event, by)
    name, about, chosen = _named(name), _about(about), must_be_citable(event, notes, by)
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if there := _of_that_name(event, name, by):
        return _the_same(there, about, chosen)
    theme = Theme.objects.create(event=event, name=name, about=about, author=by.person if by else None)
    leave_trace("theme_made", theme, by=by)
    _put_in(theme, chosen, by)
    return theme


def copy_theme(theme: Theme, *, by: Viewer, name: str = "", about: str | None = None) -> Theme:
    """The notes of `theme` that `by` may read, as a theme of their own; the first stays as it is.

    Without a name or words about it (None), those of the first.
    """
    notes = citable(theme.event, by).filter(in_themes__theme=theme)
    said = theme.about if about is None else about
    return make_theme(theme.event, name or theme.name, by=by, about=said, notes=notes)


@transaction.atomic
def edit_theme(theme: Theme, name: str, about: str = "", *, by: Viewer | None) -> None:
    """Change what the theme is called and what is said of it."""
    name, about = _named(name), _about(about)
    theme = _locked(theme, by)
    there = _of_that_name(theme.event, name, by)
    if there and there.pk != theme.pk:
        raise Refused(_taken(name))
    if (theme.name, theme.about) != (name, about):
        theme.name, theme.about = name, about
        theme.save(update_fields=["name", "about"])
        leave_trace("theme_edited", theme, by=by)


@transaction.atomic
def put_in(theme: Theme, notes: Iterable[Note], *, by: Viewer | None) -> int:
    """Put `notes` into the theme; how many were not in it before. A note may be in several themes."""
    theme = _locked(theme, by)
    return _put_in(theme, must_be_citable(theme.event, notes, by), by)


@transaction.atomic
def take_out(theme: Theme, notes: Iterable[Note], *, by: Viewer | None) -> int:
    """Take `notes` out of the theme; how many were in it. They stay on their wall."""
    theme = _locked(theme, by)
    held = theme.held.filter(note__in=[note.pk for note in notes]).select_related("note")
    gone = [row.note for row in held]
    ThemeNote.objects.filter(pk__in=[row.pk for row in held]).delete()
    _trace("notes_taken_out", theme, gone, by)
    return len(gone)


@transaction.atomic
def dissolve_theme(theme: Theme, *, by: Viewer | None) -> None:
    """Take the theme apart: it shows its notes no more. Everything in it is kept, to be put back."""
    theme = _locked(theme, by, apart=True)
    if theme.dissolved_at is None:
        Theme.objects.filter(pk=theme.pk).update(dissolved_at=Now())
        leave_trace("theme_dissolved", theme, by=by)


@transaction.atomic
def restore_theme(theme: Theme, *, by: Viewer | None) -> None:
    """Put a theme that was taken apart back together, as it was."""
    theme = _locked(theme, by, apart=True)
    if theme.dissolved_at is None:
        return
    if _of_that_name(theme.event, theme.name, by):
        raise Refused(_taken(theme.name))
    Theme.objects.filter(pk=theme.pk).update(dissolved_at=None)
    leave_trace("theme_restored", theme, by=by)


def _locked(theme: Theme, by: Viewer | None, *, apart: bool = False) -> Theme:
    """The theme as it stands now, held; refuses whoever may not change it, and one taken apart."""
    # The event first, as where themes are made: two names cannot be taken at once.
    event = Event.objects.select_for_update(no_key=True).get(pk=theme.event_id)
    theme = Theme.objects.select_for_update(no_key=True).get(pk=theme.pk)
    theme.event = event
    if by is not None and (by.person is None or theme.author_id != by.person.pk):
        raise Refused(NOT_YOURS)
    must_facilitate(event, by)
    if theme.dissolved_at and not apart:
        raise Refused(APART)
    return theme


def _put_in(theme: Theme, notes: Iterable[Note], by: Viewer | None) -> int:
    there = set(theme.held.values_list("note", flat=True))
    new = [note for note in notes if note.pk not in there]
    ThemeNote.objects.bulk_create(ThemeNote(theme=theme, note=note) for note in new)
    _trace("notes_put_in", theme, new, by)
    return len(new)


def _trace(verb: str, theme: Theme, notes: list[Note], by: Viewer | None) -> None:
    """Which notes went in or out, by their permanent ids, as many to a line as a trace holds."""
    for some in batched(notes, A_TRACE):
        named = ", ".join(note.identifier for note in some)
        leave_trace(verb, theme, by=by, why=f"Notes {named}")


def _of_that_name(event: Event, name: str, by: Viewer | None) -> Theme | None:
    author = by.person if by else None
    return Theme.objects.standing().filter(event=event, author=author, name__iexact=name).first()


def _the_same(there: Theme, about: str, notes: list[Note]) -> Theme:
    """The theme that is there already, where a form was pressed twice; refuses where it is another."""
    held = set(there.held.values_list("note", flat=True))
    if there.about == about and held == {note.pk for note in notes}:
        return there
    raise Refused(_taken(there.name))


def _taken(name: str) -> str:
    return _("You have a theme called “%(name)s” here already. Give this one another name.") % {"name": name}


def _named(name: str) -> str:
    return " ".join(words_of(name, or_else=UNNAMED, most=LONGEST_NAME).split())


def _about(about: str) -> str:
    return words_of(about, or_else="", most=LONGEST_ABOUT) if about.strip() else ""
