"""A project: a zip of sources, and of one file that says what stands where, written while it is sent.

The file comes first in meaning and last in the zip: what it says of a text is known once the text was
written, and waits in a file of its own until then. So memory stays the same however many notes there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import batched, groupby
from tempfile import TemporaryFile
from typing import IO
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.db.models import Q, QuerySet

from archive.models import Coding, Memo, Study
from archive.qda.codes import codes_element, principles_asked
from archive.qda.elements import DECLARATION, SPACE, as_text, opening, pointing, told
from archive.qda.guids import guid_of
from archive.qda.plain import line
from archive.qda.sources import Coded, EventText, photographs_of, picture_source
from archive.take.moment import about
from archive.take.pack import Pack
from archive.take.rows import Taking
from events.models import Event
from responses.models import Note, Station

CHUNK = 500  # notes held in memory at a time
PIECE = 64 * 1024  # bytes
# What is known of an event, as variables of its case.
VARIABLES = (("date", "Date", "Date"), ("date in words", "Date in words", "Text"), ("place", "Place", "Text"))


def _tell_nobody(_rows: int) -> None:
    pass


@dataclass(frozen=True)
class Plan:
    """What goes into a project. `notes` are in no order; `tell` hears how many were written."""

    name: str
    description: str
    version: str
    notes: QuerySet[Note]
    sees_all: bool = False
    study: Study | None = None
    tell: Callable[[int], None] = _tell_nobody


def write_project(taking: Taking) -> Iterator[bytes]:
    """The notes that were asked for, by event."""
    told_of = about(taking)
    work, version = told_of.work, told_of.data_version
    words = f"{work.title}. Version of the data: {version}. {work.url} {told_of.rights}"
    plan = Plan(work.title, words, version, taking.notes, taking.restricted, tell=taking.tell)
    return project_of(plan)


def project_of(plan: Plan) -> Iterator[bytes]:
    pack = Pack("")
    with ExitStack() as files:
        sources, cases = (
            files.enter_context(TemporaryFile("w+", encoding="utf-8", newline="")) for _ in range(2)
        )
        for _, some in groupby(_notes(plan), lambda coded: coded.note.board.event_id):
            yield from _event(plan, pack, some, sources, cases)
        yield from pack.add("project.qde", _project(plan, sources, cases))
    yield from pack.end()


def _event(
    plan: Plan, pack: Pack, notes: Iterator[Coded], sources: IO[str], cases: IO[str]
) -> Iterator[bytes]:
    """The text and the photographs of one event, and its case."""
    first = next(notes)
    event = first.note.board.event
    text = EventText(event, plan.sees_all, sources.write)
    guids = [text.guid]

    def every() -> Iterator[Coded]:
        yield first
        yield from notes

    yield from pack.add(text.name, text.pieces(every()))
    for photo, picture, boxes in photographs_of(event, plan.notes):
        guids.append(guid_of("photo", photo.identifier))
        yield from pack.add(f"sources/{guids[-1]}.jpg", [picture])
        sources.write(as_text(picture_source(photo, boxes, text)))
    cases.write(as_text(_case(event, guids)))


def _notes(plan: Plan) -> Iterator[Coded]:
    """Event by event and in the order of the walls, with what the study made of each."""
    ordered = plan.notes.select_related("station", "board__event", "consent__wording").order_by(
        "board__event__first_day", "board__event", "board__position", "board", "station__position", "station",
        "number",
    )  # fmt: skip
    told = 0
    for chunk in batched(ordered.iterator(chunk_size=CHUNK), CHUNK, strict=False):
        codes, memos = _studied(plan, [note.pk for note in chunk])
        yield from (Coded(note, codes[note.pk], memos[note.pk]) for note in chunk)
        told += len(chunk)
        plan.tell(told)


def _studied(plan: Plan, keys: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    codes: dict[int, list[str]] = defaultdict(list)
    memos: dict[int, list[str]] = defaultdict(list)
    if plan.study:
        put = Coding.objects.filter(code__study=plan.study, note__in=keys)
        for note, code in put.values_list("note", "code__identifier"):
            codes[note].append(guid_of("code", code))
        written = Memo.objects.filter(study=plan.study, note__in=keys)
        for note, memo in written.values_list("note", "identifier"):
            memos[note].append(guid_of("memo", memo))
    return codes, memos


def _case(event: Event, sources: list[str]) -> Element:
    case = Element("Case", {"guid": guid_of("event", event.identifier), "name": line(event.name)})
    case.append(told("Description", f"{settings.SITE_URL}{event.get_absolute_url()}"))
    values = (event.first_day.isoformat(), event.span.words(), event.place)
    for (key, _, kind), value in zip(VARIABLES, values, strict=True):
        if value:
            variable = SubElement(case, "VariableValue")
            variable.append(pointing("VariableRef", guid_of("variable", key)))
            variable.append(told(f"{kind}Value", value))
    case.extend(pointing("SourceRef", source) for source in sources)
    return case


def _project(plan: Plan, sources: IO[str], cases: IO[str]) -> Iterator[bytes]:
    """The parts in the order that the schema wants."""
    user = guid_of("user", settings.SITE_NAME)
    yield (DECLARATION + opening("Project", {
        "xmlns": SPACE.format("project"), "name": line(plan.name), "origin": line(settings.SITE_NAME),
        "creatingUserGUID": user, "creationDateTime": plan.version,
    })).encode()  # fmt: skip
    users = Element("Users")
    SubElement(users, "User", {"guid": user, "name": line(settings.SITE_NAME)})
    book = Element("CodeBook")
    stations = Station.objects.filter(pk__in=plan.notes.order_by().values("station"))
    book.append(codes_element(principles_asked(stations), plan.study))
    for element in (users, book, _variables()):
        yield as_text(element).encode()
    yield from _wrapped("Cases", cases)
    yield from _wrapped("Sources", sources)
    yield from _memos(plan)
    yield as_text(told("Description", plan.description)).encode()
    for memo in _general(plan).values_list("identifier", flat=True):
        yield as_text(pointing("NoteRef", guid_of("memo", memo))).encode()
    yield b"</Project>\n"


def _variables() -> Element:
    variables = Element("Variables")
    for key, name, kind in VARIABLES:
        facts = {"guid": guid_of("variable", key), "name": name, "typeOfVariable": kind}
        SubElement(variables, "Variable", facts)
    return variables


def _wrapped(name: str, kept: IO[str]) -> Iterator[bytes]:
    """What waited, in its element; nothing at all where nothing waits."""
    if not kept.tell():
        return
    kept.seek(0)
    yield f"<{name}>\n".encode()
    yield from (piece.encode() for piece in iter(partial(kept.read, PIECE), ""))
    yield f"</{name}>\n".encode()


def _memos(plan: Plan) -> Iterator[bytes]:
    """Memos on notes that are in it, and on the study as a whole."""
    if plan.study is None:
        return
    there = Q(note=None) | Q(note__in=plan.notes.order_by())
    memos = Memo.objects.filter(there, study=plan.study).select_related("note__station").order_by("at", "pk")
    for number, memo in enumerate(memos.iterator(chunk_size=CHUNK)):
        if not number:
            yield b"<Notes>\n"
        name = f"Memo on {memo.note.label}" if memo.note else "Memo"
        facts = {"guid": guid_of("memo", memo.identifier), "name": line(name)}
        element = Element("Note", facts | {"creationDateTime": memo.at.isoformat()})
        element.append(told("PlainTextContent", memo.text))
        yield as_text(element).encode()
    if memos.exists():
        yield b"</Notes>\n"


def _general(plan: Plan) -> QuerySet[Memo]:
    return Memo.objects.filter(study=plan.study, note=None) if plan.study else Memo.objects.none()
