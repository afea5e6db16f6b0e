"""Acts on codes, and on the notes they are put to. A note itself is never touched."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Code, Coding, Study
from archive.studies.acts import NOT_YOURS, working_in
from archive.studies.typed import line_of, text_of
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Note

LONGEST_NAME, LONGEST_ABOUT = 80, 500  # characters
MOST_CODES = 500  # of one study
MOST_CODINGS = 100_000  # of one study
DEEPEST = 5  # codes one under the other

UNNAMED = gettext_lazy("Give the code a name: a word or two for what notes have in common.")
TAKEN = gettext_lazy("There is a code called “{}” in this study already. Give this one another name.")
FULL = format_lazy(
    gettext_lazy("The study has {most} codes. Take one away before you add another."), most=MOST_CODES
)
GONE = gettext_lazy("That code is not in this study any more. Look again.")
IN_A_RING = gettext_lazy("A code cannot stand under itself, or under one of those below it.")
TOO_DEEP = format_lazy(gettext_lazy("Codes stand at most {most} deep. Put it higher up."), most=DEEPEST)
CODED_ENOUGH = format_lazy(
    gettext_lazy("A study holds {most} codings. Take some away first, or begin another study."),
    most=f"{MOST_CODINGS:,}",
)


@transaction.atomic
def add_code(study: Study, name: str, *, by: Viewer, about: str = "", under: Code | None = None) -> Code:
    """A new code; `under` is the one of the same study that it belongs to, if any."""
    study = working_in(study, by)
    name, about = _named(name), text_of(about, most=LONGEST_ABOUT)
    codes = {code.pk: code for code in Code.objects.filter(study=study)}
    if len(codes) >= MOST_CODES:
        raise Refused(FULL)
    _must_be_free(name, codes)
    _must_fit(under, codes, height=1)
    return Code.objects.create(study=study, name=name, about=about, under=under)


@transaction.atomic
def change_code(code: Code, name: str, about: str = "", *, by: Viewer, under: Code | None = None) -> None:
    """Change what it is called, when to use it and under which other code it stands."""
    study = working_in(code.study, by)
    name, about = _named(name), text_of(about, most=LONGEST_ABOUT)
    codes = {one.pk: one for one in Code.objects.filter(study=study)}
    if code.pk not in codes:
        raise Refused(GONE)
    below = codes_below(code, codes.values())
    if under is not None and under.pk in below:
        raise Refused(IN_A_RING)
    _must_be_free(name, codes, but=code.pk)
    _must_fit(under, codes, height=_height(code.pk, codes))
    Code.objects.filter(pk=code.pk).update(name=name, about=about, under=under)


@transaction.atomic
def remove_code(code: Code, *, by: Viewer) -> None:
    """Take a code away with those under it and all their codings. It is for whoever began the study."""
    study = working_in(code.study, by)
    if study.by != by.person:
        raise Refused(NOT_YOURS)
    Code.objects.filter(study=study, pk=code.pk).delete()


@transaction.atomic
def code_notes(codes: Iterable[Code], notes: Iterable[Note], *, by: Viewer) -> int:
    """Put each of `codes`, which are of one study, to each of `notes`; how many codings are new.

    Notes that `by` may not read are left out.
    """
    codes, keys = list(codes), [note.pk for note in notes]
    if not codes:
        return 0
    study = working_in(codes[0].study, by)
    codes = list(Code.objects.filter(study=study, pk__in=[code.pk for code in codes]))
    readable = list(Note.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))
    there = set(Coding.objects.filter(code__in=codes, note__in=readable).values_list("code", "note"))
    pairs = [(code, pk) for code in codes for pk in readable if (code.pk, pk) not in there]
    if pairs and Coding.objects.filter(code__study=study).count() + len(pairs) > MOST_CODINGS:
        raise Refused(CODED_ENOUGH)
    Coding.objects.bulk_create(Coding(code=code, note_id=pk, by=by.person) for code, pk in pairs)
    return len(pairs)


def code_note(code: Code, note: Note, *, by: Viewer) -> bool:
    """Put `code` to `note`; whether it was not there before. Refuses a note that `by` may not read."""
    if not Note.objects.visible_to(by).filter(pk=note.pk).exists():
        raise Refused(_("That note is not in your sight any more, so it cannot be coded."))
    return code_notes([code], [note], by=by) > 0


@transaction.atomic
def uncode_note(code: Code, note: Note, *, by: Viewer) -> bool:
    """Take `code` from `note`; whether it was there."""
    study = working_in(code.study, by)
    return Coding.objects.filter(code__study=study, code=code, note=note).delete()[0] > 0


def codes_below(code: Code, codes: Iterable[Code]) -> set[int]:
    """The keys of `code` and of all that stand under it, out of those of its study."""
    codes, found, last = list(codes), set(), {code.pk}
    while last:
        found |= last
        last = {one.pk for one in codes if one.under_id in last} - found
    return found


def _named(name: str) -> str:
    return line_of(name, or_else=UNNAMED, most=LONGEST_NAME)


def _must_be_free(name: str, codes: dict[int, Code], but: int | None = None) -> None:
    for code in codes.values():
        if code.pk != but and code.name.casefold() == name.casefold():
            raise Refused(TAKEN.format(code.name))


def _must_fit(under: Code | None, codes: dict[int, Code], *, height: int) -> None:
    """Refuses a code to stand under that is of another study, and what would make it too deep."""
    depth, above = 0, under.pk if under else None
    if above is not None and above not in codes:
        raise Refused(GONE)
    while above is not None:
        depth, above = depth + 1, codes[above].under_id
    if depth + height > DEEPEST:
        raise Refused(TOO_DEEP)


def _height(pk: int, codes: dict[int, Code]) -> int:
    return 1 + max((_height(one.pk, codes) for one in codes.values() if one.under_id == pk), default=0)
