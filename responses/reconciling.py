"""How many notes the record states, how many are kept here and how many photographs show.

Where the numbers differ a person may say why; the remark keeps the numbers it was said of. Nothing
here corrects a number: the stated one is the record's, the others are counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.languages import in_the_sites_language
from events.record import log_change
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import must_run
from responses.changes import locked
from responses.models import Board, CountRemark, Photo, Region, Station
from responses.tallies import Tally, tallies_by_station
from responses.words import tidy_words

LONGEST_REMARK = 300  # characters


@dataclass(frozen=True, slots=True)
class Numbers:
    """The three numbers of a station; `stated` is None where the record states none."""

    stated: int | None
    counted: int
    photographed: int

    @property
    def differs(self) -> bool:
        """Whether the record states another number than is kept."""
        return self.stated is not None and self.stated != self.counted

    @property
    def in_words(self) -> str:
        """As they are said: "6 stated, 7 counted, 5 photographed"."""
        numbers = {"stated": self.stated, "counted": self.counted, "photographed": self.photographed}
        if self.stated is None:
            return _("none stated, %(counted)s counted, %(photographed)s photographed") % numbers
        return _("%(stated)s stated, %(counted)s counted, %(photographed)s photographed") % numbers


@dataclass(slots=True)
class Remark:
    """Why the numbers of a station differ, and whether it was said of the numbers as they are now."""

    remark: CountRemark
    now: Numbers

    @property
    def of(self) -> Numbers:
        return Numbers(self.remark.stated, self.remark.counted, self.remark.photographed)

    @property
    def is_of_now(self) -> bool:
        return self.of == self.now


@dataclass(slots=True)
class Row:
    """A station with its numbers, what explains them, and what was said of them, the newest last."""

    station: Station
    tally: Tally
    numbers: Numbers
    remarks: list[Remark] = field(default_factory=list)

    # Whether any note of the board shows on a photograph: before that, none missing is worth a word.
    has_photographs: bool = True

    @property
    def differences(self) -> list[str]:
        """What differs, in sentences; none where all is alike."""
        photographed = self.numbers.photographed if self.has_photographs else self.numbers.counted
        return differences_in_words(replace(self.numbers, photographed=photographed), self.tally)

    @property
    def seen(self) -> str:
        """What the form of this station sends: the numbers that were on the page."""
        return seen_of(self.numbers)


def seen_of(numbers: Numbers) -> str:
    stated = "" if numbers.stated is None else numbers.stated
    return f"{stated}.{numbers.counted}.{numbers.photographed}"


def differences_in_words(numbers: Numbers, tally: Tally) -> list[str]:
    """What differs between the numbers, and what was kept out of the count, in sentences."""
    said = []
    if numbers.differs:
        said.append(_differ(numbers.counted - numbers.stated))
    if unseen := numbers.counted - numbers.photographed:
        said.append(_unseen(unseen, numbers.counted))
    apart = (
        (tally.withdrawn, _("%(number)s withdrawn, and not counted.")),
        (tally.waiting, _("%(number)s waiting, and not counted.")),
        (tally.hidden, _("%(number)s hidden, and not counted.")),
        (tally.merged, _("%(number)s merged into another, and not counted.")),
    )
    return said + [words % {"number": number} for number, words in apart if number]


def _differ(more: int) -> str:
    if more > 0:
        return _("%(number)s more here than the record states.") % {"number": more}
    return _("%(number)s fewer here than the record states.") % {"number": -more}


def _unseen(unseen: int, counted: int) -> str:
    if unseen == counted:
        return _("None is on a photograph.")
    if unseen < 0:
        said = ngettext(
            "%(number)s more on photographs than is counted.",
            "%(number)s more on photographs than are counted.",
            -unseen,
        )
    else:
        said = ngettext("%(number)s is on no photograph.", "%(number)s are on no photograph.", unseen)
    return said % {"number": abs(unseen)}


def rows_of(board: Board, viewer: Viewer) -> list[Row]:
    """Every station of the board in order; four queries, however many notes and remarks there are."""
    stations = list(board.stations.all())
    tallies, shown = tallies_by_station(stations), photographed_at(stations)
    rows = {}
    for station in stations:
        tally = tallies[station.pk]
        station.board = board
        numbers = Numbers(tally.stated, tally.total, shown.get(station.pk, 0))
        rows[station.pk] = Row(station, tally, numbers, has_photographs=bool(shown))
    remarks = CountRemark.objects.visible_to(viewer).filter(station__board=board).order_by("at", "pk")
    for remark in remarks.select_related("by"):
        row = rows[remark.station_id]
        row.remarks.append(Remark(remark, row.numbers))
    return list(rows.values())


def photographed_at(stations: Iterable[Station]) -> dict[int, int]:
    """How many standing notes of each station show on a photograph, each counted once; one query."""
    shown = Region.objects.uncovered().filter(
        photo__in=Photo.objects.standing(), note__station__in=list(stations), note__withdrawn_at=None
    )
    counted = shown.order_by().values("note__station").annotate(number=Count("note", distinct=True))
    return {row["note__station"]: row["number"] for row in counted}


@dataclass(frozen=True, slots=True)
class Total:
    """All `stations` together; the record states a number for `of` them."""

    numbers: Numbers
    of: int
    stations: int

    @property
    def in_words(self) -> str:
        if not self.of:
            return _("The record states no numbers.")
        return (
            ""
            if self.of == self.stations
            else _("The record states %(of)s of %(stations)s numbers.")
            % {"of": self.of, "stations": self.stations}
        )


def total_of(rows: Iterable[Row]) -> Total:
    """All rows together; `stated` adds up what is stated, None where nothing is."""
    rows = list(rows)
    stated = [row.numbers.stated for row in rows if row.numbers.stated is not None]
    numbers = Numbers(
        sum(stated) if stated else None,
        sum(row.numbers.counted for row in rows),
        sum(row.numbers.photographed for row in rows),
    )
    return Total(numbers, len(stated), len(rows))


def newest_remarks(stations: Iterable[Station]) -> dict[int, CountRemark]:
    """The newest remark on each of these stations, by its primary key; one query."""
    remarks = CountRemark.objects.filter(station__in=list(stations)).order_by("station_id", "-at", "-pk")
    return {remark.station_id: remark for remark in remarks.distinct("station_id")}


def explained(stations: Iterable[Station], tallies: Mapping[int, Tally]) -> set[int]:
    """Those whose numbers, as they are now, somebody gave a reason for, by their pk; one query."""
    newest = newest_remarks(stations)
    return {
        pk
        for pk, said in newest.items()
        if (said.stated, said.counted) == (tallies[pk].stated, tallies[pk].total)
    }


def remark_on_counts(station: Station, why: str, *, by: Viewer, seen: str) -> CountRemark:
    """Say why the numbers of a station differ; the remark keeps the numbers it is said of.

    `seen` are the numbers that were looked at, as `Row.seen` gives them: it refuses where they
    changed meanwhile. Saying the same of the same numbers again gives the remark that is there.
    """
    why = _fitting(why)
    with locked(station.board) as board:
        must_run(board, by)
        station = board.stations.get(pk=station.pk)
        now = _numbers_now(station)
        if seen != seen_of(now):
            raise Refused(
                _("The numbers changed meanwhile: %(in_words)s. Look again, then say why.")
                % {"in_words": now.in_words}
            )
        last = station.count_remarks.order_by("-at", "-pk").first()
        if last and last.why == why and Remark(last, now).is_of_now:
            return last
        remark = station.count_remarks.create(
            stated=now.stated, counted=now.counted, photographed=now.photographed, why=why, by=by.person
        )
        with in_the_sites_language():
            what = f"Why the numbers at “{station.heading[:200]}” differ ({now.in_words}) was written down."
        log_change(board.event, what, by=by)
        leave_trace("counts_explained", station, by=by)
    return remark


def _numbers_now(station: Station) -> Numbers:
    tally = tallies_by_station([station])[station.pk]
    return Numbers(station.stated_count, tally.total, photographed_at([station]).get(station.pk, 0))


def _fitting(typed: str) -> str:
    why = " ".join(tidy_words(typed[: 10 * LONGEST_REMARK]).split())
    if not why:
        raise Refused(_("Say in a sentence why the numbers differ, as far as anybody knows."))
    if len(why) > LONGEST_REMARK:
        raise Refused(
            _("That remark has %(number)s characters. %(longest_remark)s have to do.")
            % {"number": len(why), "longest_remark": LONGEST_REMARK}
        )
    return why
