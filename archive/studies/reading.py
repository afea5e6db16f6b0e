"""What the pages of a study show, as far as one viewer may see it. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from archive.models import Code, Coding, Colleague, Memo, Study
from people.guests import Viewer
from people.models import Person
from responses.models import Note


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code in its place of the tree: `depth` is 0 at the top, `number` how many notes it is on."""

    code: Code
    depth: int
    number: int = 0

    @property
    def indented(self) -> str:
        """Its name as an option of a list, which has no other way to show what stands under what."""
        return f"{'– ' * self.depth}{self.code.name}"


@dataclass(frozen=True, slots=True)
class Holds:
    """How many notes a study codes: those in sight, those withdrawn since, and those out of sight now."""

    notes: int
    withdrawn: int
    unseen: int


@dataclass(slots=True)
class Within:
    """What one study makes of one note."""

    study: Study
    codes: list[ShownCode]
    put: list[Coding] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)

    @property
    def left(self) -> list[ShownCode]:
        """The codes that are not on the note."""
        put = {coding.code_id for coding in self.put}
        return [shown for shown in self.codes if shown.code.pk not in put]


def studies_of(viewer: Viewer) -> QuerySet[Study]:
    """The studies they work in, each with how many codes and people it has."""
    return (
        Study.objects.visible_to(viewer)
        .select_related("by")
        .annotate(
            code_number=Count("codes", distinct=True),
            colleague_number=Count("colleagues", distinct=True),
        )
        .order_by("-begun_at", "-pk")
    )


def codes_of(study: Study, viewer: Viewer) -> list[ShownCode]:
    """All codes with their counts, each before those under it; two queries."""
    seen = Coding.objects.visible_to(viewer).filter(code__study=study).order_by()
    numbers = dict(seen.values("code").annotate(number=Count("pk")).values_list("code", "number"))
    return tree(Code.objects.filter(study=study), numbers)


def tree(codes: Iterable[Code], numbers: dict[int, int] | None = None) -> list[ShownCode]:
    """The codes of one study by name, each before those under it."""
    under: dict[int | None, list[Code]] = defaultdict(list)
    for code in sorted(codes, key=lambda one: one.name.casefold()):
        under[code.under_id].append(code)
    found: list[ShownCode] = []

    def add(above: int | None, depth: int) -> None:
        for code in under[above]:
            found.append(ShownCode(code, depth, (numbers or {}).get(code.pk, 0)))
            add(code.pk, depth + 1)

    add(None, 0)
    return found


def holds(study: Study, viewer: Viewer) -> Holds:
    """Nothing but numbers of what is not in sight any more; one query."""
    coded = Note.objects.filter(codings__code__study=study).order_by()
    seen = Q(pk__in=Note.objects.visible_to(viewer).values("pk"))
    counts = coded.aggregate(
        notes=Count("pk", distinct=True, filter=seen),
        withdrawn=Count("pk", distinct=True, filter=Q(withdrawn_at__isnull=False)),
        total=Count("pk", distinct=True),
    )
    unseen = counts["total"] - counts["notes"] - counts["withdrawn"]
    return Holds(counts["notes"], counts["withdrawn"], unseen)


def memos_of(study: Study, viewer: Viewer) -> QuerySet[Memo]:
    """Memos of the study, the newest first, each with its note if it has one."""
    memos = Memo.objects.visible_to(viewer).filter(study=study)
    return memos.select_related("by", "note__station", "note__board__event").order_by("-at", "-pk")


def coded_with(code: Code, viewer: Viewer) -> QuerySet[Coding]:
    """The notes that `code` is on, in the order of their walls, with whoever put it there."""
    codings = Coding.objects.visible_to(viewer).filter(code=code)
    return codings.select_related("by", "note__station", "note__board__event", "note__consent").order_by(
        "note__board__event", "note__board", "note__station__position", "note__number"
    )


def within(note: Note, viewer: Viewer) -> list[Within]:
    """What each of the viewer's studies makes of `note`.

    None at all costs one query, any number of studies four, and whoever is not signed in nothing.
    """
    if viewer.person is None:
        return []
    studies = list(Study.objects.visible_to(viewer))
    if not studies:
        return []
    codes: dict[int, list[Code]] = defaultdict(list)
    for code in Code.objects.filter(study__in=studies):
        codes[code.study_id].append(code)
    found = {study.pk: Within(study, tree(codes[study.pk])) for study in studies}
    for coding in Coding.objects.filter(code__study__in=studies, note=note).select_related("code"):
        found[coding.code.study_id].put.append(coding)
    for memo in Memo.objects.filter(study__in=studies, note=note).select_related("by"):
        found[memo.study_id].memos.append(memo)
    return list(found.values())


def codes_on(notes: Iterable[Note], study: Study) -> dict[int, list[Code]]:
    """The codes of `study` on each of these notes, by the note's key; one query."""
    found: dict[int, list[Code]] = defaultdict(list)
    codings = Coding.objects.filter(code__study=study, note__in=[note.pk for note in notes])
    for coding in codings.select_related("code").order_by("code__name"):
        found[coding.note_id].append(coding.code)
    return found


def colleagues_of(study: Study, viewer: Viewer) -> QuerySet[Colleague]:
    """Who works in it, each with whether the viewer may know their name.

    Whoever is not listed is named to the others once they coded or wrote something here, and not
    because somebody typed their address.
    """
    known = Person.objects.visible_to(viewer).values("pk")
    coded = Coding.objects.filter(code__study=OuterRef("study"), by=OuterRef("person"))
    wrote = Memo.objects.filter(study=OuterRef("study"), by=OuterRef("person"))
    is_named = Q(person__in=known) | Exists(coded) | Exists(wrote)
    return study.colleagues.select_related("person").annotate(is_named=is_named)
