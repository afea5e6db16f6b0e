"""What a print pack holds and how many pages it takes: it is printed by the browser, on A4."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import batched, groupby

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coproduce.identifiers import in_fours
from people.consent import WORDINGS, as_asked
from people.guests import Viewer
from principles.models import Wording
from responses.leaves import pages_of, size_of_heading, size_of_words
from responses.models import Board, Mark, Station, Stub
from responses.qr import draw_qr, qr_svg
from responses.receipts import receipt_of

COUNTED_ON_A_PAGE = 10  # stations, in large print too
ON_A_PAGE = 4  # note sheets; one in large print


@dataclass(frozen=True, slots=True)
class NoteSheet:
    """A sheet to write on, with the stub that its writer tears off and keeps."""

    stub: Stub
    receipt: str

    @property
    def code(self) -> str:
        return in_fours(self.receipt)

    @property
    def qr(self) -> SafeString:
        return draw_qr(f"{settings.SITE_URL}{reverse('receipt', args=[self.receipt])}")

    @property
    def questions(self) -> tuple[str, str]:
        """The two sentences as they were first printed on it."""
        return as_asked(WORDINGS[self.stub.asked - 1])


@dataclass(frozen=True, slots=True)
class StationSheet:
    """The sheet that hangs on the wall: what people answer, and the way to answer by phone."""

    station: Station
    wordings: list[Wording]
    address: str

    @property
    def qr(self) -> SafeString:
        return qr_svg(self.address)

    @property
    def heading_size(self) -> int:
        return size_of_heading(self.station.heading)

    @property
    def wording_size(self) -> int:
        return size_of_words(self.station.heading, self.sourced)

    @property
    def pages(self) -> int:
        return pages_of(self.station.heading, self.sourced)

    @property
    def sourced(self) -> list[tuple[str, str]]:
        """The words that people answer, each with where they come from."""
        return [(wording.text, source_of(wording)) for wording in self.wordings]


@dataclass(frozen=True)
class Pack:
    """All that is printed at once for a board; `left_out` sheets are in somebody's hands or on record."""

    board: Board
    number: int
    is_large: bool
    stations: list[StationSheet]
    sheets: list[NoteSheet]
    left_out: int

    @cached_property
    def note_pages(self) -> list[tuple[NoteSheet, ...]]:
        """The note sheets by the page they stand on; each station begins a page of its own."""
        each = 1 if self.is_large else ON_A_PAGE
        stations = groupby(self.sheets, key=lambda sheet: sheet.stub.station_id)
        return [page for _, sheets in stations for page in batched(sheets, each, strict=False)]

    @property
    def station_pages(self) -> int:
        return sum(sheet.pages for sheet in self.stations)

    @property
    def marks(self) -> list[Mark]:
        return [mark for mark in Mark if mark != Mark.NOT_RECORDED]

    @cached_property
    def count_pages(self) -> list[tuple[StationSheet, ...]]:
        """The stations by the page on which their notes are counted."""
        return list(batched(self.stations, COUNTED_ON_A_PAGE, strict=False))

    @property
    def pages(self) -> int:
        """Pages of A4, with that of the marks and that on photographs."""
        return self.station_pages + len(self.note_pages) + len(self.count_pages) + 2


@dataclass(frozen=True, slots=True)
class Printed:
    """A pack that was made before: how many sheets it has and what became of them."""

    number: int
    at: datetime
    sheets: int
    on_record: int
    taken_back: int


def pack_of(board: Board, number: int, *, is_large: bool) -> Pack:
    """The pack as it can be printed now, for those who run the event.

    A sheet whose note is on record, or whose holder used its receipt, is printed no more: its
    receipt is somebody's own, and is not shown again.
    """
    stubs = list(of_board(board).filter(pack=number))
    unused = [stub for stub in stubs if is_unused(stub)]
    receipts = [(stub, receipt_of(stub.key, stub.receipt_hash)) for stub in unused]
    sheets = [NoteSheet(stub, receipt) for stub, receipt in receipts if receipt]
    stations = [_station_sheet(board, one) for one in board.stations.with_principles()]
    return Pack(board, number, is_large, stations, sheets, len(stubs) - len(sheets))


def is_unused(stub: Stub) -> bool:
    """Whether nobody did anything with it since it was printed."""
    return stub.note_id is None and stub.consent_id is None and stub.withdrawn_at is None


def of_board(board: Board) -> QuerySet[Stub]:
    sheets = Stub.objects.filter(station__board=board).select_related("station")
    return sheets.order_by("station__position", "number")


def source_of(wording: Wording) -> str:
    """Where the words on a sheet come from and how sure they are, as it stands below them."""
    whose = f"{wording.principle.name}, {wording.principle.set.name}."
    status = f"{wording.get_status_display()}{': ' if wording.doubt else '.'}{wording.doubt}"
    return _("%(whose)s Wording %(version)s, %(day)s. %(status)s") % {
        "whose": whose,
        "version": wording.version,
        "day": date_format(wording.added_at, "j F Y"),
        "status": status,
    }


def _station_sheet(board: Board, station: Station) -> StationSheet:
    takes_answers = board.is_open and not station.is_locked
    where = [board.event.slug, board.slug, station.code]
    address = f"{settings.SITE_URL}{reverse('answer_station', args=where)}" if takes_answers else ""
    return StationSheet(station, station.shown_wordings, address)


def packs_of(board: Board, viewer: Viewer) -> list[Printed]:
    """The packs of a board, the newest first, for those who run its event; one query."""
    rows = (
        Stub.objects.visible_to(viewer)
        .filter(station__board=board)
        .order_by()
        .values("pack")
        .annotate(
            at=Min("printed_at"),
            sheets=Count("pk"),
            on_record=Count("note"),
            taken_back=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        )
    )
    packs = [Printed(row.pop("pack"), **row) for row in rows]
    return sorted(packs, key=lambda pack: -pack.number)
