"""Who moved on a card: people by zone before and after talking, and the ways between.

People are conserved: everybody who took a stand by phone is in exactly one cell of the flow,
also who stood in one round only; people counted in the room stand beside, in totals only,
since nobody can say which of them went where.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.languages import in_a_row
from responses.models import Card, Cards, Round, Stand, Zone, ZoneCount

Way = tuple[int | None, int | None]  # the zones before and after, by primary key; None: took no stand
MOST_WAYS = 6  # in a sentence; the table has all of them


@dataclass(frozen=True, slots=True)
class Standing:
    """People in one zone in one round; `counted` is None where nobody has counted the room."""

    round: Round
    phones: int
    counted: int | None

    @property
    def total(self) -> int:
        return self.phones + (self.counted or 0)

    @property
    def said(self) -> str:
        """Where the number comes from: "7 by phone, 2 counted in the room"."""
        if self.counted is None:
            return _("%(phones)s by phone") % {"phones": self.phones}
        numbers = {"phones": self.phones, "counted": self.counted}
        return _("%(phones)s by phone, %(counted)s counted in the room") % numbers


@dataclass(slots=True)
class Flow:
    """One card: how many went which way, and how many were counted in the room in each round.

    `stood` is everybody who took a stand by phone. While the flow is covered it is all there is.
    """

    card: Card
    zones: list[Zone]
    covered: bool = False
    stood: int = 0
    ways: Counter[Way] = field(default_factory=Counter)
    counted: dict[str, dict[int, int]] = field(default_factory=lambda: {one: {} for one in Round.values})

    @property
    def phones(self) -> int:
        """Everybody who went one of the ways: who took a stand by phone in either round."""
        return self.ways.total()

    @property
    def in_both(self) -> int:
        return sum(number for (before, after), number in self.ways.items() if before and after)

    @property
    def moved(self) -> int:
        return sum(number for _, _, number in self.moves)

    @property
    def stayed(self) -> int:
        return self.in_both - self.moved

    @property
    def moves(self) -> list[tuple[Zone, Zone, int]]:
        """From where to where how many moved, most of them first."""
        zones = {zone.pk: zone for zone in self.zones}
        return [
            (zones[before], zones[after], number)
            for (before, after), number in self.ways.most_common()
            if number and before and after and before != after
        ]

    def by_phone(self, zone: Zone, round: str) -> int:  # noqa: A002
        place = Round.values.index(round)
        return sum(number for way, number in self.ways.items() if way[place] == zone.pk)

    def in_zone(self, zone: Zone, round: str) -> int:  # noqa: A002
        """People in a zone in a round, by phone and counted."""
        return self.standing(zone, round).total

    def standing(self, zone: Zone, round: str) -> Standing:  # noqa: A002
        return Standing(Round(round), self.by_phone(zone, round), self.counted[round].get(zone.pk))

    def in_round(self, round: str) -> int:  # noqa: A002
        return sum(self.in_zone(zone, round) for zone in self.zones)

    def counted_in(self, round: str) -> int:  # noqa: A002
        return sum(self.counted[round].values())

    @property
    def rounds(self) -> list[tuple[Round, int]]:
        """The rounds in which people stood or were counted, each with how many."""
        return [(one, self.in_round(one)) for one in Round if self.in_round(one) or self.counted[one]]

    @property
    def rows(self) -> list[tuple[Zone, list[Standing]]]:
        """Each zone with who stands in it, for each of `rounds`."""
        return [(zone, [self.standing(zone, one) for one, _ in self.rounds]) for zone in self.zones]

    @property
    def most(self) -> int:
        """The fullest zone of both rounds, at least 1 so that it can divide."""
        return max(1, *(self.in_zone(zone, one) for zone in self.zones for one in Round), 0)

    @property
    def totals(self) -> list[tuple[Zone, int, int]]:
        """Each zone with everybody in it before and after."""
        return [
            (zone, self.in_zone(zone, Round.BEFORE), self.in_zone(zone, Round.AFTER)) for zone in self.zones
        ]

    @property
    def table(self) -> list[tuple[str, list[int], int]]:
        """Rows from each zone, cells to each zone and to none, and how many came from there: phones only.

        The last row is of those who took no stand before.
        """
        ends: list[Zone | None] = [*self.zones, None]
        rows = []
        for start in ends:
            cells = [self.ways[(start and start.pk, end and end.pk)] for end in ends]
            rows.append((start.name if start else _("No stand before"), cells, sum(cells)))
        return rows

    @property
    def sums(self) -> list[int]:
        """How many came to each zone and to none: what stands below the columns of the table."""
        return [sum(column) for column in zip(*(cells for _, cells, _ in self.table), strict=True)]

    @property
    def has_ways(self) -> bool:
        """Whether anybody took a stand by phone after talking, so that there is a table to show."""
        return any(after for _, after in self.ways)

    @property
    def sentence(self) -> str:
        """The flow in words; nothing while it is covered."""
        if self.covered:
            return ""
        parts = [self._of_phones(), self._of_one_round(), self._of_counted()]
        return " ".join(part for part in parts if part) or _("Nobody has taken a stand yet.")

    @property
    def in_short(self) -> str:
        """The sentence without what stands beside it in numbers."""
        return self._of_phones() or self._of_one_round()

    def _of_phones(self) -> str:
        if not self.in_both:
            return ""
        ways = _joined([_way(*move) for move in self.moves]) if self.moved else ""
        return self._who_moved() % {
            "number": self.in_both, "moved": self.moved, "stayed": self.stayed, "ways": ways,
        }  # fmt: skip

    def _who_moved(self) -> str:
        if not self.moved:
            return ngettext(
                "The one person who took a stand by phone both times stayed.",
                "All %(number)s people who took a stand by phone both times stayed.",
                self.in_both,
            )
        if not self.stayed:
            return ngettext(
                "The one person who took a stand by phone both times moved: %(ways)s.",
                "All %(number)s people who took a stand by phone both times moved: %(ways)s.",
                self.in_both,
            )
        return ngettext(
            "Of %(number)s person who took a stand by phone both times, %(moved)s moved: %(ways)s. "
            "%(stayed)s stayed.",
            "Of %(number)s people who took a stand by phone both times, %(moved)s moved: %(ways)s. "
            "%(stayed)s stayed.",
            self.in_both,
        )

    def _of_one_round(self) -> str:
        before = sum(number for (_, after), number in self.ways.items() if after is None)
        after = sum(number for (start, _), number in self.ways.items() if start is None)
        if before == self.phones or after == self.phones:
            return _of_one_round(self.phones, is_before=before > 0) if self.phones else ""
        return _stood_once(before, after)

    def _of_counted(self) -> str:
        rounds = [one for one in Round if self.counted[one]]
        if not rounds:
            return ""
        before, after = self.counted_in(Round.BEFORE), self.counted_in(Round.AFTER)
        numbers = {"before": before, "after": after, "difference": abs(after - before)}
        return _counted_in(rounds, after - before) % numbers


def _counted_in(rounds: Sequence[Round], more: int) -> str:
    if rounds == [Round.BEFORE]:
        return _("Counted in the room: %(before)s before talking.")
    if rounds == [Round.AFTER]:
        return _("Counted in the room: %(after)s after talking.")
    said = _("Counted in the room: %(before)s before talking and %(after)s after talking.")
    if more > 0:
        said += " " + _("That is %(difference)s more; we keep both counts.")
    elif more < 0:
        said += " " + _("That is %(difference)s fewer; we keep both counts.")
    return said


def _of_one_round(number: int, *, is_before: bool) -> str:
    if is_before:
        said = ngettext(
            "%(number)s person took a stand by phone before talking.",
            "%(number)s people took a stand by phone before talking.",
            number,
        )
    else:
        said = ngettext(
            "%(number)s person took a stand by phone after talking.",
            "%(number)s people took a stand by phone after talking.",
            number,
        )
    return said % {"number": number}


def _stood_once(before: int, after: int) -> str:
    said = ""
    if before and after:
        said = _("By phone, %(before)s stood only before talking and %(after)s stood only after talking.")
    elif before:
        said = _("By phone, %(before)s stood only before talking.")
    elif after:
        said = _("By phone, %(after)s stood only after talking.")
    return said % {"before": before, "after": after}


def _way(start: Zone, end: Zone, number: int) -> str:
    return _("%(number)s from “%(start)s” to “%(end)s”") % {"number": number, "start": start, "end": end}


def _joined(ways: list[str]) -> str:
    """The ways as a list in words; of many, the first."""
    if len(ways) > MOST_WAYS:
        return _("%(ways)s, and others as the table shows") % {"ways": ", ".join(ways[:MOST_WAYS])}
    return in_a_row(ways)


def flows_of(cards: Cards, *, uncovered: bool = False) -> list[Flow]:
    """The flow of every card, in their order; see `flows_by_cards`."""
    return flows_by_cards([cards], uncovered=uncovered)[cards.pk]


def flows_by_cards(activities: Sequence[Cards], *, uncovered: bool = False) -> dict[int, list[Flow]]:
    """The flows of each activity by its primary key, in four queries, however many they are.

    `uncovered` gives the numbers of one that still covers them, for those who run it and nobody else.
    """
    flows = _empty_flows({one.pk: one for one in activities}, uncovered=uncovered)
    for card, before, after in _ways(
        Stand.objects.filter(card__in=list(flows)).values_list("card", "pair", "round", "zone")
    ):
        flows[card].stood += 1
        if not flows[card].covered:
            flows[card].ways[before, after] += 1
    for count in ZoneCount.objects.filter(card__in=list(flows)):
        if not flows[count.card_id].covered:
            flows[count.card_id].counted[count.round][count.zone_id] = count.number
    found: dict[int, list[Flow]] = {one.pk: [] for one in activities}
    for flow in flows.values():
        found[flow.card.cards_id].append(flow)
    return found


def _empty_flows(activities: dict[int, Cards], *, uncovered: bool) -> dict[int, Flow]:
    zones: dict[int, list[Zone]] = {pk: [] for pk in activities}
    for zone in Zone.objects.filter(cards__in=list(activities)):
        zones[zone.cards_id].append(zone)
    flows = {}
    for card in Card.objects.filter(cards__in=list(activities)).select_related("station__board"):
        card.cards = activities[card.cards_id]
        card.station.board.event = card.cards.event
        flows[card.pk] = Flow(card, zones[card.cards_id], card.cards.covers and not uncovered)
    return flows


def _ways(stands: Iterable[tuple[int, object, str, int]]) -> Iterable[tuple[int, int | None, int | None]]:
    """Each person's card and way, from their stands of both rounds."""
    pairs: dict[tuple[int, object], dict[str, int]] = {}
    for card, pair, round_, zone in stands:
        pairs.setdefault((card, pair), {})[round_] = zone
    for (card, _pair), zones in pairs.items():
        yield card, zones.get(Round.BEFORE), zones.get(Round.AFTER)
