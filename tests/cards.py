"""Cards for tests, made by the acts themselves."""

from collections.abc import Iterable

from events.models import Event
from people.guests import Viewer
from responses.cards import count_zones, make_cards, take_stand
from responses.models import Card, Cards, Zone
from responses.room import change_phase, open_activity

ZONES = ("Yes", "Perhaps", "No")


def hold_cards(
    event: Event,
    *prompts: str,
    zones: Iterable[str] = ZONES,
    phase: str = Cards.Phase.BEFORE,
    **settings: object,
) -> Cards:
    """Open cards in `phase`."""
    names = {"name": "Stand up", "prompts": prompts or ("Power is shared.",), "zones": list(zones)}
    cards = make_cards(event, by=None, **names, **settings)
    open_activity(cards, by=None)
    return turn(cards, phase)


def turn(cards: Cards, phase: str) -> Cards:
    """The cards in another phase, as they are then."""
    change_phase(cards, phase, by=None)
    return afresh(cards)


def afresh(cards: Cards) -> Cards:
    return Cards.objects.select_related("event").get(pk=cards.pk)


def card_of(cards: Cards, number: int = 1) -> Card:
    return afresh(cards).cards.select_related("station__board__event").get(position=number)


def zone_of(cards: Cards, name: str) -> Zone:
    return cards.zones.get(name=name)


def stand(cards: Cards, who: Viewer | str, name: str, number: int = 1) -> None:
    """Let somebody stand in the zone with this name on a card, in the round of now."""
    viewer = Viewer(guest_key=who) if isinstance(who, str) else who
    take_stand(card_of(cards, number), zone_of(cards, name), by=viewer)


def count(cards: Cards, when: str, *numbers: int, by: Viewer, number: int = 1) -> None:
    """Let `by` count the room on a card: one number for each zone."""
    counts = dict(zip(cards.zones.all(), numbers, strict=True))
    count_zones(card_of(cards, number), when, counts, by=by)
