"""What came of notes: from the readings of a note on paper to the decision that answers it.

Only what is public is told, and to whoever may see the event that it belongs to. Drafts are never among
it, not even for those who write them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from archive.thread.pieces import Came
from journal.models import Citation, Writing
from outcomes.models import (
    Amendment,
    AmendmentNote,
    Call,
    Decision,
    DecisionUpdate,
    Declined,
    Statement,
    StatementNote,
    Theme,
    ThemeNote,
)
from people.guests import Viewer
from responses.following import what_was_ruled
from responses.models import Note, Ruling

Found = Iterator[tuple[int, Came]]


def came_of(notes: Iterable[Note], viewer: Viewer) -> dict[int, list[Came]]:
    """What came of each of `notes`, by its primary key, the earliest first; nine queries for all.

    What came of a note that others were merged into came of those as well. Nothing is told of a
    note that ended.
    """
    standing = [note for note in notes if note.withdrawn_at is None]
    counts = {note.pk: note.merged_into_id or note.pk for note in standing}
    found: defaultdict[int, list[Came]] = defaultdict(list)
    for key, came in _ruled(counts):
        found[key].append(came)
    through: defaultdict[int, list[Came]] = defaultdict(list)
    for part in (_grouped, _heard, _declined, _amended, _cited):
        for key, came in part(set(counts.values()), viewer):
            through[key].append(came)
    return {
        key: sorted([*found[key], *through[root]], key=lambda came: (came.at, came.key))
        for key, root in counts.items()
    }


def _ruled(keys: Iterable[int]) -> Found:
    for ruling in Ruling.objects.filter(note__in=list(keys)).select_related("reading"):
        yield ruling.note_id, Came(ruling.at, f"ruling-{ruling.number}", what_was_ruled(ruling))


def _grouped(keys: set[int], viewer: Viewer) -> Found:
    themes = Theme.objects.visible_to(viewer).standing()
    for held in ThemeNote.objects.filter(note__in=keys, theme__in=themes).select_related("theme__author"):
        theme = held.theme
        yield held.note_id, Came(
            held.added_at, f"theme-{theme.identifier}", _("It was grouped with others under a theme"),
            theme.name, theme.get_absolute_url(), theme.author,
        )  # fmt: skip


def _heard(keys: set[int], viewer: Viewer) -> Found:
    """The statements that cite the notes, what was decided about these and which calls build on them."""
    statements = Statement.objects.visible_to(viewer).filter(published_at__isnull=False)
    cites = StatementNote.objects.filter(note__in=keys, statement__in=statements)
    notes_of: defaultdict[int, list[int]] = defaultdict(list)
    for cite in cites.select_related("statement__author"):
        yield cite.note_id, _statement(cite)
        if cite.statement.is_standing:
            notes_of[cite.statement_id].append(cite.note_id)
    for of, came in (*_decided(set(notes_of), viewer), *_called(set(notes_of), viewer)):
        # Two statements of one decision may cite the same note.
        for key in {key for statement in of for key in notes_of[statement]}:
            yield key, came


def _statement(cite: StatementNote) -> Came:
    said = cite.statement
    back = said.withdrawn_at
    more = (
        (
            _("Taken back on %(day)s: %(withdrawn_why)s")
            % {"day": _day(back), "withdrawn_why": said.withdrawn_why},
        )
        if back
        else ()
    )
    return Came(
        max(cite.at, said.published_at), f"statement-{said.identifier}",
        _("The organisers said they heard it"),
        said.text, said.get_absolute_url(), said.author, more,
    )  # fmt: skip


def _decided(statements: set[int], viewer: Viewer) -> Iterator[tuple[set[int], Came]]:
    cited = Prefetch("statements", Statement.objects.filter(pk__in=statements).only("pk"))
    public = Decision.objects.visible_to(viewer).filter(published_at__isnull=False)
    found = public.filter(statements__in=statements).distinct().select_related("author", "owner", "person")
    for decision in found.prefetch_related(cited, "updates"):
        of = {statement.pk for statement in decision.statements.all()}
        yield of, _decision(decision)
        for update in decision.updates.all():
            yield of, _update(decision, update)


def _decision(decision: Decision) -> Came:
    kind = Decision.Kind(decision.kind if not decision.updates.all() else _first_kind(decision))
    return Came(
        decision.published_at, f"decision-{decision.identifier}",
        _("It was decided: %(label)s") % {"label": kind.label},
        decision.text, decision.get_absolute_url(), decision.author, tuple(_of_decision(decision)),
    )  # fmt: skip


def _first_kind(decision: Decision) -> str:
    """What a decision was when it was made: its updates are told as steps of their own."""
    return min(decision.updates.all(), key=lambda update: update.number).kind_before


def _of_decision(decision: Decision) -> Iterator[str]:
    if decision.because:
        yield _("Because: %(because)s") % {"because": decision.because}
    if who := decision.owner or decision.person:
        yield _("Who sees to it: %(who)s") % {"who": who}
    if decision.due:
        said = _("Due %(day)s, and late") if decision.is_late else _("Due %(day)s")
        yield said % {"day": decision.due_span.words()}
    if decision.withdrawn_at:
        yield _("Taken back on %(day)s: %(withdrawn_why)s") % {
            "day": _day(decision.withdrawn_at),
            "withdrawn_why": decision.withdrawn_why,
        }


def _update(decision: Decision, update: DecisionUpdate) -> Came:
    return Came(
        update.at, f"update-{decision.identifier}-{update.number}",
        _("What became of the decision: %(label)s") % {"label": Decision.Kind(update.kind).label},
        update.text, decision.get_absolute_url(),
    )  # fmt: skip


def _called(statements: set[int], viewer: Viewer) -> Iterator[tuple[set[int], Came]]:
    cited = Prefetch("statements", Statement.objects.filter(pk__in=statements).only("pk"))
    public = Call.objects.visible_to(viewer).filter(opened_at__isnull=False)
    found = public.filter(statements__in=statements).distinct().select_related("author")
    for call in found.prefetch_related(cited):
        came = Came(
            call.opened_at, f"call-{call.identifier}", _("A call for action builds on what was heard"),
            call.title, call.get_absolute_url(), call.author,
        )  # fmt: skip
        yield {statement.pk for statement in call.statements.all()}, came


def _declined(keys: set[int], viewer: Viewer) -> Found:
    for declined in Declined.objects.standing().filter(note__in=keys).select_related("by"):
        yield declined.note_id, Came(
            declined.at, f"declined-{declined.pk}", _("The organisers declined it, with a reason"),
            declined.why, signed=declined.by,
        )  # fmt: skip


def _amended(keys: set[int], viewer: Viewer) -> Found:
    opened = Amendment.objects.visible_to(viewer).filter(opened_at__isnull=False)
    answers = AmendmentNote.objects.filter(note__in=keys, amendment__in=opened)
    for answer in answers.select_related("amendment__principle", "amendment__author", "amendment__result"):
        for came in _amendment(answer):
            yield answer.note_id, came


def _amendment(answer: AmendmentNote) -> Iterator[Came]:
    amendment, principle = answer.amendment, answer.amendment.principle
    key, address = f"amendment-{amendment.identifier}", amendment.get_absolute_url()
    yield Came(
        max(answer.at, amendment.opened_at), key,
        _("A new wording of %(principle)s was proposed to answer it") % {"principle": principle},
        amendment.text, address, amendment.author,
    )  # fmt: skip
    if amendment.result:
        what = _("The new wording was accepted: %(principle)s reads so since") % {"principle": principle}
        yield Came(amendment.decided_at, f"{key}-decided", what, amendment.result.text, address)
    elif amendment.decided_at:
        what = _("The new wording was declined")
        if amendment.state == "withdrawn":
            what = _("The new wording was taken back")
        yield Came(amendment.decided_at, f"{key}-decided", what, amendment.decided_why, address)


def _cited(keys: set[int], viewer: Viewer) -> Found:
    texts = Writing.objects.visible_to(viewer).filter(shown__isnull=False)
    cited = Citation.objects.filter(note__in=keys, writing__in=texts)
    for citation in cited.select_related("writing__event", "writing__post"):
        yield citation.note_id, of_text(citation)


def of_text(citation: Citation) -> Came:
    """A published text that cites a note or a story."""
    text = citation.writing.of
    return Came(
        citation.at, f"citation-{citation.pk}", _("A text cites it"), str(text), text.get_absolute_url()
    )


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
