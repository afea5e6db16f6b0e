"""The numbers of polls: the page, the projector, the stream and every file take them from here.

What people chose on their own devices and hands counted in the room stand apart and are summed
openly. No score is made of them: a ranked poll says how many put a suggestion at each place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from responses.gallery import waiting_in_words
from responses.models import Choice, Moderation, Option, Poll
from responses.poll import PLACES

ORDINALS = ("first", "second", "third", "fourth", "fifth")
LISTED = {"option__withdrawn_at": None, "option__moderation": Moderation.SHOWN}
# A place is counted among what is still on the list: whose first choice was withdrawn has another first.
PLACED = """
    SELECT option_id, place, count(*) FROM (
        SELECT choice.option_id, row_number() OVER (PARTITION BY choice.ballot ORDER BY choice.rank) AS place
        FROM responses_choice choice JOIN responses_option option ON option.id = choice.option_id
        WHERE option.poll_id = ANY(%s) AND option.withdrawn_at IS NULL AND option.moderation = 'shown'
    ) placed GROUP BY option_id, place
"""


@dataclass(slots=True)
class Row:
    """One suggestion on the list with its numbers; all of them are 0 while the results are covered.

    `devices` are people who chose it (in a ranked poll: gave it a place) on their own devices,
    `hands` those counted in the room, `choosers` all who chose anything on their own devices.
    `places` says how many put it first, second and so on. `place` is where it stands in the
    list of results, 0 while nothing is counted.
    """

    option: Option
    is_readable: bool
    is_ranked: bool
    devices: int = 0
    hands: int = 0
    choosers: int = 0
    places: tuple[int, ...] = ()
    place: int = 0
    is_tied: bool = False

    @property
    def words(self) -> str:
        """Its words, or nothing where they are kept to those in the room."""
        return self.option.text if self.is_readable else ""

    @property
    def total(self) -> int:
        return self.devices + self.hands

    @property
    def percent(self) -> int | None:
        """The share of those who chose on their own devices, in whole percent, rounded half up."""
        base = self.choosers
        return (200 * self.devices + base) // (2 * base) if base else None

    @property
    def unplaced(self) -> int:
        """How many of those who chose did not choose it, or gave it no place."""
        return self.choosers - self.devices

    @property
    def bar(self) -> int:
        """How long its bar for devices is: those who chose it, or who put it first."""
        return self.places[0] if self.is_ranked else self.devices

    @property
    def placed(self) -> list[tuple[str, int]]:
        """The places that somebody gave it, each with how many: ("first", 9)."""
        return [(ORDINALS[at], count) for at, count in enumerate(self.places) if count]

    @property
    def said(self) -> str:
        """Its numbers in one line: "14 of 36 chose it, and 5 hands in the room"."""
        said = _("%(devices)s of %(choosers)s chose it")
        if self.is_ranked:
            said = _("%(first)s put it first, %(devices)s of %(choosers)s gave it a place")
        if self.hands:
            hands = ngettext("%(hands)s hand in the room", "%(hands)s hands in the room", self.hands)
            said = _("%(said)s, and %(in_the_room)s") % {"said": said, "in_the_room": hands}
        return said % {
            "first": self.places[0] if self.is_ranked else 0,
            "devices": self.devices, "choosers": self.choosers, "hands": self.hands,
        }  # fmt: skip

    @property
    def strength(self) -> tuple[int, ...]:
        """What the list of results is put in order by; equal ones are tied."""
        if not self.is_ranked:
            return (self.total,)
        return (self.places[0] + self.hands, *self.places[1:])


@dataclass(slots=True)
class PollResults:
    """A poll in numbers. Counted apart: suggestions that were withdrawn, wait or are hidden."""

    poll: Poll
    covered: bool
    rows: list[Row] = field(default_factory=list)
    choosers: int = 0
    withdrawn: int = 0
    waiting: int = 0
    hidden: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether there is a result to show."""
        return not self.covered and any(row.total for row in self.rows)

    @property
    def is_beside_the_form(self) -> bool:
        """Whether the page lists the suggestions already, to choose among them, and has no numbers to add."""
        return self.poll.is_open and self.poll.phase == Poll.Phase.CHOOSE and not self.is_counted

    @property
    def most(self) -> int:
        """The longest bar, at least 1 so that it can divide."""
        return max(1, *(row.bar + row.hands for row in self.rows), 0)

    @property
    def hands(self) -> int:
        return sum(row.hands for row in self.rows)

    @property
    def kept(self) -> int:
        """How many suggestions count whose words are kept to those in the room."""
        return sum(not row.is_readable for row in self.rows)


def results_of(poll: Poll, readable: QuerySet[Option], *, uncovered: bool = False) -> PollResults:
    """The numbers of one poll; see `results_by_poll`."""
    return results_by_poll([poll], readable, uncovered=uncovered)[poll.pk]


def results_by_poll(
    polls: Sequence[Poll], readable: QuerySet[Option], *, uncovered: bool = False
) -> dict[int, PollResults]:
    """The numbers of each poll by its primary key, in four queries at most, however many there are.

    `readable` are the options whose words may be shown. `uncovered` gives the numbers of a poll
    that still covers them, for those who run it and nobody else.
    """
    found = {poll.pk: PollResults(poll, covered=poll.covers and not uncovered) for poll in polls}
    _count_people(found)
    _count_apart(found)
    places = _places([poll.pk for poll in polls if poll.is_ranked and not found[poll.pk].covered])
    for option in _counted(found, readable):
        results = found[option.poll_id]
        results.rows.append(_row(option, results, places[option.pk]))
    for results in found.values():
        _put_in_order(results)
    return found


def _counted(found: dict[int, PollResults], readable: QuerySet[Option]) -> QuerySet[Option]:
    return (
        Option.objects.on_the_list()
        .filter(poll__in=list(found))
        .annotate(
            is_readable=Exists(readable.filter(pk=OuterRef("pk"))),
            devices=Count("choices"),
        )
        .select_related("agenda_item", "consent")
        .order_by("poll", "number")
    )


def _row(option: Option, results: PollResults, places: Counter[int]) -> Row:
    poll = results.poll
    option.poll = poll
    row = Row(option, option.is_readable, poll.is_ranked, places=(0,) * PLACES)
    if not results.covered:
        row.devices, row.hands, row.choosers = option.devices, option.counted_in_room, results.choosers
        row.places = tuple(places[place] for place in range(1, PLACES + 1))
    return row


def _count_people(found: dict[int, PollResults]) -> None:
    listed = Choice.objects.filter(option__poll__in=list(found), **LISTED).order_by()
    people = listed.values("option__poll").annotate(number=Count("ballot", distinct=True))
    for row in people:
        found[row["option__poll"]].choosers = row["number"]


def _count_apart(found: dict[int, PollResults]) -> None:
    standing = Q(withdrawn_at=None)
    apart = Option.objects.filter(poll__in=list(found)).order_by().values("poll")
    for row in apart.annotate(
        withdrawn=Count("pk", filter=~standing),
        waiting=Count("pk", filter=standing & Q(moderation=Moderation.WAITING)),
        hidden=Count("pk", filter=standing & Q(moderation=Moderation.HIDDEN)),
    ):
        results = found[row["poll"]]
        results.withdrawn, results.waiting, results.hidden = row["withdrawn"], row["waiting"], row["hidden"]


def _places(polls: list[int]) -> defaultdict[int, Counter[int]]:
    """For each option how many put it at which place."""
    places: defaultdict[int, Counter[int]] = defaultdict(Counter)
    if not polls:
        return places
    with connection.cursor() as cursor:
        cursor.execute(PLACED, [polls])
        for option, place, number in cursor.fetchall():
            places[option][place] = number
    return places


def _put_in_order(results: PollResults) -> None:
    """The most chosen first, and equal ones at one place; as on the list while nothing is counted."""
    if not results.is_counted:
        return
    results.rows.sort(key=lambda row: [-part for part in row.strength])
    alike = Counter(row.strength for row in results.rows)
    for row in results.rows:
        row.place = 1 + sum(other.strength > row.strength for other in results.rows)
        row.is_tied = alike[row.strength] > 1


def apart_in_words(results: PollResults) -> str:
    """What is not on the list, as it is said: "1 withdrawn, 2 wait for an organiser"."""
    said = (
        (results.withdrawn, _("%(number)s withdrawn")),
        (results.waiting, waiting_in_words(results.waiting)),
        (results.hidden, _("%(number)s hidden by the organisers")),
    )
    return _joined(words % {"number": number} for number, words in said if number)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
