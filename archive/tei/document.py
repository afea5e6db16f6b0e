"""An event as one TEI document: header, photographs with their boxes, and every note under its heading."""

from collections.abc import Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.db.models import QuerySet

from archive.editions import Edition, Entry, edition_of, pieces_of
from archive.tei.header import header_of, told
from archive.tei.pieces import UNWRITABLE, to_tei
from coproduce.images.sizes import Size
from events.models import Event
from people.guests import ANYBODY, Viewer
from responses.models import Board, Origin, Photo, Reading, Ruling, Station
from responses.tallies import Tally, tallies_by_station

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.tei-c.org/ns/1.0"
# What becomes of notes that count and are not in the file.
LEFT_OUT = "not in this file, kept by those who were there"
NOT_ASKED = "not in this file, which has what was searched for"
WITHHELD = "Whoever wrote this did not let its words go into files."


def tei_of(event: Event, viewer: Viewer) -> bytes:
    """The document as UTF-8, in the same number of queries however many notes there are."""
    edition = edition_of(event, viewer)
    root = Element("TEI", {"xmlns": SPACE, "xml:lang": "en"})
    root.append(header_of(edition, _acceptances(edition, viewer)))
    _add_text(root, edition, viewer, LEFT_OUT)
    _lay_out(root)
    return DECLARATION + tostring(root, encoding="utf-8") + b"\n"


def part_of_corpus(edition: Edition) -> str:
    """An event as an element of a corpus, which says for all of them what they share."""
    root = Element("TEI", {"xml:lang": "en"})
    root.append(header_of(edition, _acceptances(edition, ANYBODY), is_part=True))
    _add_text(root, edition, ANYBODY, NOT_ASKED)
    _lay_out(root)
    return tostring(root, encoding="unicode") + "\n"


def _add_text(root: Element, edition: Edition, viewer: Viewer, left_out: str) -> None:
    if edition.photos:
        root.append(_facsimile(edition))
    body = SubElement(SubElement(root, "text"), "body")
    body.extend(_boards(edition, viewer, left_out))
    if not len(body):
        told(body, "p", "No notes of this event are on record.")


def _acceptances(edition: Edition, viewer: Viewer) -> QuerySet[Ruling]:
    accepted = Ruling.objects.visible_to(viewer).filter(action=Ruling.Action.ACCEPT, note__in=edition.entries)
    return accepted.select_related("note__station", "reading").order_by("-at", "-pk")


def _facsimile(edition: Edition) -> Element:
    facsimile = Element("facsimile")
    for photo in edition.photos:
        facsimile.append(_surface(photo, edition))
    return facsimile


def _surface(photo: Photo, edition: Edition) -> Element:
    identity = {
        "xml:id": f"photo-{photo.identifier}",
        "corresp": settings.SITE_URL + photo.get_absolute_url(),
    }
    surface = Element("surface", identity | _corners(0, 0, photo.width, photo.height))
    if photo.alt:
        told(surface, "desc", photo.alt)
    largest: Size = photo.renditions.largest
    SubElement(surface, "graphic", {
        "url": f"{settings.SITE_URL}{photo.files_address}{largest.name}.jpg",
        "width": f"{largest.width}px",
        "height": f"{largest.height}px",
    })  # fmt: skip
    for region, _ in edition.boxes_on(photo):
        SubElement(surface, "zone", {"xml:id": f"box-{region.identifier}"} | _corners(*region.box))
    return surface


def _corners(x: int, y: int, width: int, height: int) -> dict[str, str]:
    """Left, top, right and bottom of a box in pixels."""
    return {"ulx": str(x), "uly": str(y), "lrx": str(x + width), "lry": str(y + height)}


def _boards(edition: Edition, viewer: Viewer, left_out: str) -> Iterator[Element]:
    boards = Board.objects.visible_to(viewer).filter(event=edition.event).order_by("position", "pk")
    stations = list(Station.objects.visible_to(viewer).filter(board__in=boards).order_by("position"))
    tallies, entries = tallies_by_station(stations), _by_station(edition)
    for board in boards:
        board.event = edition.event
        address = settings.SITE_URL + board.get_absolute_url()
        division = Element(
            "div", {"type": "board", "xml:id": f"board-{board.identifier}", "corresp": address}
        )
        told(division, "head", board.name)
        if board.question:
            told(division, "head", board.question, type="question")
        for station in (one for one in stations if one.board_id == board.pk):
            here = entries.get(station.pk, [])
            counts = _counts_in_words(tallies[station.pk], len(here), left_out)
            division.append(_station(station, address, counts, here, edition))
        yield division


def _by_station(edition: Edition) -> dict[int, list[Entry]]:
    stations: dict[int, list[Entry]] = {}
    for entry in edition.entries.values():
        stations.setdefault(entry.note.station_id, []).append(entry)
    return stations


def _station(station: Station, board: str, counts: str, entries: list[Entry], edition: Edition) -> Element:
    address = f"{board}#{quote(station.code)}"
    identity = {"type": "station", "xml:id": f"station-{station.identifier}", "corresp": address}
    division = Element("div", identity)
    told(division, "head", station.heading)
    told(division, "note", counts, type="counts")
    for entry in entries:
        division.append(_response(entry, edition))
    return division


def _counts_in_words(tally: Tally, here: int, left_out: str) -> str:
    """Every number of the heading: nothing that is not in the file goes without being counted."""
    parts = [f"{tally.total} counted"]
    if tally.stated is not None:
        parts.append(f"the record states {tally.stated}")
    if tally.total > here:
        parts.append(f"{tally.total - here} {left_out}")
    if tally.withdrawn:
        parts.append(f"{tally.withdrawn} withdrawn")
    return f"{'; '.join(parts)}."


def _response(entry: Entry, edition: Edition) -> Element:
    note = entry.note
    attributes = {
        "type": "response",
        "subtype": note.text_state,
        "xml:id": f"note-{note.identifier}",
        "n": UNWRITABLE.sub("\ufffd", note.label),
        "corresp": settings.SITE_URL + note.get_absolute_url(),
        "ana": f"#mark-{note.mark} #state-{note.text_state} #origin-{note.origin}",
        "xml:space": "preserve",
    }
    if entry.regions:
        attributes["facs"] = " ".join(f"#box-{region.identifier}" for region in entry.regions)
    response = Element("ab", attributes)
    if not entry.words_go:
        told(SubElement(response, "gap", reason="withheld"), "desc", WITHHELD)
    elif entry.others:
        _write_readings(response, entry, edition)
    elif note.text:
        to_tei(entry.pieces, response)
    return response


def _write_readings(response: Element, entry: Entry, edition: Edition) -> None:
    apparatus = SubElement(response, "app")
    accepted = _reading(SubElement(apparatus, "lem"), entry.accepted, entry, edition)
    to_tei(entry.pieces, accepted)
    for other in entry.others:
        pieces = pieces_of(other.text, other.text_state, Origin.PAPER)
        to_tei(pieces, _reading(SubElement(apparatus, "rdg"), other, entry, edition))


def _reading(element: Element, reading: Reading, entry: Entry, edition: Edition) -> Element:
    element.set("xml:id", f"reading-{entry.note.identifier}-{reading.number}")
    element.set("n", str(reading.number))
    element.set("wit", f"#witness-{reading.witness}")
    element.set("resp", f"#{edition.reader_of(reading)}")
    return element


def _lay_out(element: Element) -> None:
    """A line for each element, except within those whose white space counts."""
    if element.tag != "ab" and len(element) and not (element.text or "").strip():
        element.text = "\n"
        for child in element:
            child.tail = "\n"
            _lay_out(child)
