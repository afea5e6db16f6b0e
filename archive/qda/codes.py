"""The codes of a project: those of a study, then principles by set, marks and states of the words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.db.models import QuerySet

from archive.models import Code, Study
from archive.qda.elements import DECLARATION, SPACE, as_text, told
from archive.qda.guids import guid_of
from archive.qda.plain import line
from archive.take.rows import Taking
from principles.models import Principle
from responses.models import Mark, Note, Station, TextState

# What is known of every note, beside the principles it answers.
FACTS = (("mark", "Mark", Mark), ("text state", "State of the words", TextState))


@dataclass
class Names:
    """Names of codes, each given once: some programs know codes by nothing else."""

    given: set[str] = field(default_factory=set)

    def new(self, name: str, beside: str = "") -> str:
        """`name`, with `beside` or a number after it where it is taken."""
        name = line(name) or "Code"
        found, number = name, 1
        while found.casefold() in self.given:
            number += 1
            found = f"{name} ({line(beside)})" if beside and number == 2 else f"{name} ({number})"
        self.given.add(found.casefold())
        return found


def code_of(principle: Principle) -> str:
    return guid_of("principle", principle.identifier)


def codes_of_note(note: Note, principles: Iterable[Principle]) -> list[str]:
    """The codes that every note has: what it answers, its mark and the state of its words."""
    facts = [guid_of("mark", note.mark), guid_of("text state", note.text_state)]
    return [*map(code_of, principles), *facts]


def principles_asked(stations: QuerySet[Station]) -> QuerySet[Principle]:
    """The principles that `stations` ask about, set by set."""
    found = Principle.objects.filter(pk__in=stations.order_by().values("principles"))
    return (
        found.select_related("set")
        .prefetch_related("wordings")
        .order_by("set__name", "set", "position", "pk")
    )


def codes_element(principles: Iterable[Principle], study: Study | None = None) -> Element:
    """All codes as one tree."""
    codes, names = Element("Codes"), Names()
    if study:
        _add_study(codes, study, names)
    _add_principles(codes, principles, names)
    for kind, name, choices in FACTS:
        group = _add(codes, guid_of("group", kind), names.new(name))
        for choice in choices:
            _add(group, guid_of(kind, choice.value), names.new(str(choice.label), name), codable=True)
    return codes


def _add(within: Element, guid: str, name: str, about: str = "", *, codable: bool = False) -> Element:
    facts = {"guid": guid, "name": name, "isCodable": "true" if codable else "false"}
    code = SubElement(within, "Code", facts)
    if about:
        code.append(told("Description", about))
    return code


def _add_study(codes: Element, study: Study, names: Names) -> None:
    below: dict[int | None, list[Code]] = {}
    for code in Code.objects.filter(study=study).order_by("name", "pk"):
        below.setdefault(code.under_id, []).append(code)

    def add(within: Element, above: int | None) -> None:
        for code in below.get(above, []):
            guid, name = guid_of("code", code.identifier), names.new(code.name)
            add(_add(within, guid, name, code.about, codable=True), code.pk)

    add(codes, None)


def _add_principles(codes: Element, principles: Iterable[Principle], names: Names) -> None:
    """A group for each set. Nothing at all where no station asks about a principle."""
    found = list(principles)
    if not found:
        return
    top = _add(codes, guid_of("group", "principles"), names.new("Principles"))
    for of_set, some in groupby(found, lambda one: one.set):
        within = _add(top, guid_of("set", of_set.identifier), names.new(of_set.name, "set"))
        for principle in some:
            wording, name = principle.current_wording, names.new(principle.name, of_set.name)
            _add(within, code_of(principle), name, wording.text if wording else "", codable=True)


def codebook_of(stations: QuerySet[Station], study: Study | None = None) -> Iterator[bytes]:
    """A codebook on its own: the file that ends in .qdc."""
    root = Element("CodeBook", {"xmlns": SPACE.format("codebook"), "origin": settings.SITE_NAME})
    root.append(codes_element(principles_asked(stations), study))
    yield (DECLARATION + as_text(root)).encode()


def write_codebook(taking: Taking) -> Iterator[bytes]:
    """The codes that a project of the same notes would have."""
    return codebook_of(Station.objects.filter(pk__in=taking.notes.order_by().values("station")))
