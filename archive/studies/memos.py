"""Acts on memos: what a researcher thought, about a note or the study as a whole."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from archive.models import Memo, Study
from archive.studies.acts import working_in
from archive.studies.typed import text_of
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Note

LONGEST_TEXT = 10_000  # characters
MOST_MEMOS = 2000  # of one study

EMPTY = gettext_lazy("The memo is empty. Write what you thought, or leave it.")
FULL = format_lazy(
    gettext_lazy("The study holds {most} memos. Take one away before you write another."),
    most=f"{MOST_MEMOS:,}",
)
UNSEEN = gettext_lazy("That note is not in your sight any more, so no memo can be kept on it.")
NOT_YOURS = gettext_lazy("A memo is changed by whoever wrote it. Write one of your own beside it.")
NOT_TO_REMOVE = gettext_lazy("A memo is taken away by whoever wrote it, or whoever began the study.")


@transaction.atomic
def write_memo(study: Study, text: str, *, by: Viewer, note: Note | None = None) -> Memo:
    """Keep a memo on `note`, or on the study; those who work in it read it, and nobody else."""
    study, text = working_in(study, by), _text(text)
    if note is not None and not Note.objects.visible_to(by).filter(pk=note.pk).exists():
        raise Refused(UNSEEN)
    if Memo.objects.filter(study=study).count() >= MOST_MEMOS:
        raise Refused(FULL)
    return Memo.objects.create(study=study, note=note, text=text, by=by.person)


@transaction.atomic
def change_memo(memo: Memo, text: str, *, by: Viewer) -> None:
    working_in(memo.study, by)
    if memo.by_id != by.person.pk:
        raise Refused(NOT_YOURS)
    Memo.objects.visible_to(by).filter(pk=memo.pk).update(text=_text(text), changed_at=timezone.now())


@transaction.atomic
def remove_memo(memo: Memo, *, by: Viewer) -> None:
    study = working_in(memo.study, by)
    if by.person.pk not in (memo.by_id, study.by_id):
        raise Refused(NOT_TO_REMOVE)
    Memo.objects.filter(pk=memo.pk).delete()


def forget_memos() -> int:
    """Delete memos on notes that were withdrawn, which show nowhere any more: they may quote them."""
    return Memo.objects.filter(note__withdrawn_at__isnull=False).delete()[0]


def _text(text: str) -> str:
    words = text_of(text, most=LONGEST_TEXT)
    if not words:
        raise Refused(EMPTY)
    return words
