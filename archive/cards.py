"""Cards as rows: one for each zone in each round, and one for each way people can have gone.

The numbers are those of the page, and covered as long as they are covered there.
"""

from collections.abc import Iterator
from itertools import product

from django.conf import settings

from archive.rows import Row
from responses.flows import Flow, flows_of
from responses.models import Cards, Round, Zone

NAMES = (
    "event", "cards", "permalink", "card", "number", "prompt", "row",
    "round", "zone", "zone_before", "zone_after", "by_phone", "counted_in_room", "total",
)  # fmt: skip
# What a row is of: people in a zone, or people who went from zone to zone.
STANDING, WAY = "standing", "way"


def rows_of(cards: Cards) -> Iterator[Row]:
    """Every zone of every card before and after talking, then every way, also those nobody went.

    Cells are empty where nothing was counted in the room, where a way begins or ends with no
    stand, and all numbers while they are covered.
    """
    for flow in flows_of(cards):
        for one, zone in product(Round, flow.zones):
            yield _row(flow, STANDING, one, zone.name, "", "", *_standing(flow, zone, one))
        ends = [*flow.zones, None]
        for before, after in product(ends, ends):
            if before or after:
                number = _way(flow, before, after)
                yield _row(flow, WAY, "", "", _name(before), _name(after), number, None, number)


def _row(flow: Flow, *cells: object) -> Row:
    card, cards = flow.card, flow.card.cards
    permalink = f"{settings.SITE_URL}{cards.get_absolute_url()}#on-{card.identifier}"
    about = (cards.event.slug, cards.slug, permalink, card.identifier, card.position, card.prompt)
    return dict(zip(NAMES, (*about, *cells), strict=True))


def _standing(flow: Flow, zone: Zone, one: Round) -> tuple[int | None, ...]:
    standing = flow.standing(zone, one)
    return (None,) * 3 if flow.covered else (standing.phones, standing.counted, standing.total)


def _way(flow: Flow, before: Zone | None, after: Zone | None) -> int | None:
    return None if flow.covered else flow.ways[before and before.pk, after and after.pk]


def _name(zone: Zone | None) -> str:
    return zone.name if zone else ""
