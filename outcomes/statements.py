"""Acts on statements: what the organisers say they heard, and the notes that said it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.running import must_run
from outcomes.citable import citable, must_be_citable
from outcomes.models import Statement, StatementChange, StatementNote, Theme
from outcomes.telling import tell_of_statement
from outcomes.telling_later import tell_of_more, tell_of_taking_back
from outcomes.typed import reason_of, words_of
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Note

WORDLESS = gettext_lazy("Say what you heard.")
UNCITED = gettext_lazy("Cite at least one note first: everybody can then see where you heard it.")


@transaction.atomic
def draft_statement(
    event: Event, text: str, *, by: Viewer | None,
    notes: Iterable[Note] = (), themes: Iterable[Theme] = (),
) -> Statement:  # fmt: skip
    """A draft of what was heard at `event`, citing `notes` and the notes in `themes`.

    The same words twice from one author are one draft. Refuses whoever does not organise the event,
    a draft without words, and notes or themes that are not of it.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    must_run(event, by)
    words = words_of(text, or_else=WORDLESS)
    author = by.person if by else None
    known = {"event": event, "author": author, "text": words, "published_at": None, "withdrawn_at": None}
    statement = Statement.objects.filter(**known).first()
    if statement is None:
        statement = Statement.objects.create(event=event, author=author, text=words)
        leave_trace("drafted", statement, by=by)
    _cite(statement, notes, by=by)
    for theme in themes:
        _cite_theme(statement, theme, by=by)
    return statement


def edit_statement(statement: Statement, text: str, *, by: Viewer | None) -> Statement:
    """Change the words of a draft; those of a published statement are corrected instead."""
    with _changing(statement, by) as now:
        if now.published_at:
            raise Refused(_("This statement is public. Correct it, and say why."))
        words = words_of(text, or_else=WORDLESS)
        if words != now.text:
            now.text = words
            now.save(update_fields=["text"])
            leave_trace("edited", now, by=by)
        return now


def cite_notes(statement: Statement, notes: Iterable[Note], *, by: Viewer | None) -> int:
    """Cite `notes` of its event that `by` may read; returns how many are new to it."""
    with _changing(statement, by) as now:
        return _cite(now, notes, by=by)


def cite_theme(statement: Statement, theme: Theme, *, by: Viewer | None) -> int:
    """Cite each note that is in `theme` now and that `by` may read; returns how many are new to it."""
    with _changing(statement, by) as now:
        return _cite_theme(now, theme, by=by)


def uncite_note(statement: Statement, note: Note, *, by: Viewer | None) -> None:
    """Cite a note no longer. A published statement keeps at least one note that stands."""
    with _changing(statement, by) as now:
        row = StatementNote.objects.filter(statement=now, note=note).first()
        if row is None:
            return
        if now.published_at and not _cites_another(now, note):
            raise Refused(
                _("A published statement keeps at least one note. Take the statement back instead.")
            )
        row.delete()
        leave_trace("took_out_a_note", now, by=by)


def publish_statement(statement: Statement, *, by: Viewer | None) -> Statement:
    """Show a draft to everybody who sees its event; what it cites then counts as heard.

    Refuses one that cites no note that stands on a wall.
    """
    with _changing(statement, by) as now:
        if now.published_at:
            return now
        if not Note.objects.on_the_wall().filter(heard_in__statement=now).exists():
            raise Refused(UNCITED)
        now.published_at = timezone.now()
        now.save(update_fields=["published_at"])
        leave_trace("published", now, by=by)
        tell_of_statement(now)
        return now


def correct_statement(statement: Statement, text: str, why: str, *, by: Viewer | None) -> Statement:
    """Change the words of a published statement; what they were stays readable, with the reason."""
    with _changing(statement, by) as now:
        if now.published_at is None:
            raise Refused(_("This statement is a draft. Change its words without a reason."))
        words = words_of(text, or_else=WORDLESS)
        if words == now.text:
            return now
        number = now.changes.count() + 1
        StatementChange.objects.create(
            statement=now, number=number, before=now.text, why=reason_of(why), by=by.person if by else None
        )
        now.text = words
        now.save(update_fields=["text"])
        leave_trace("corrected", now, by=by)
        return now


def withdraw_statement(statement: Statement, why: str, *, by: Viewer | None) -> Statement:
    """Take a statement back: it counts no longer. Once published, its words stay with the reason."""
    with _changing(statement, by, or_gone=False) as now:
        if now.withdrawn_at:
            return now
        now.withdrawn_at, now.withdrawn_why = timezone.now(), reason_of(why)
        now.save(update_fields=["withdrawn_at", "withdrawn_why"])
        leave_trace("took_back", now, by=by)
        tell_of_taking_back(now)
        return now


@contextmanager
def _changing(statement: Statement, by: Viewer | None, *, or_gone: bool = True) -> Iterator[Statement]:
    """The statement with its row lock, for those who organise its event."""
    with transaction.atomic():
        rows = Statement.objects.select_for_update(of=("self",), no_key=True).select_related("event")
        now = rows.get(pk=statement.pk)
        must_run(now.event, by)
        if now.withdrawn_at and or_gone:
            raise Refused(_("This statement was taken back. Write a new one instead."))
        yield now


def _cite(
    statement: Statement, notes: Iterable[Note], *, by: Viewer | None, theme: Theme | None = None
) -> int:
    found = must_be_citable(statement.event, notes, by)
    cited = set(statement.cites.values_list("note", flat=True))
    new = [note for note in found if note.pk not in cited]
    StatementNote.objects.bulk_create(
        StatementNote(statement=statement, note=note, theme=theme) for note in new
    )
    if new:
        leave_trace("cited_notes", statement, by=by, why=f"{len(new)} notes" if len(new) > 1 else "1 note")
    if new and statement.published_at:
        tell_of_more(statement, new)
    return len(new)


def _cite_theme(statement: Statement, theme: Theme, *, by: Viewer | None) -> int:
    if theme.event_id != statement.event_id or theme.dissolved_at:
        raise Refused(_("This theme is not one of this event, or was taken apart. Choose another."))
    return _cite(statement, citable(statement.event, by).filter(in_themes__theme=theme), by=by, theme=theme)


def _cites_another(statement: Statement, note: Note) -> bool:
    others = Note.objects.on_the_wall().filter(heard_in__statement=statement).exclude(pk=note.pk)
    return others.exists()
