"""Where one viewer stands on each card, and what they said about moving; shown to nobody else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from people.guests import Viewer
from responses.flows import Flow
from responses.models import Card, Cards, Note, Participant, Round, Stand, Zone


@dataclass(slots=True)
class Place:
    """One card for one viewer: the zones, their stand of each round, and their own reasons.

    `asks` is the round that a stand is taken in now, None while the room talks or is closed.
    """

    card: Card
    zones: list[Zone]
    asks: Round | None = None
    following: Card | None = None  # the next one
    stands: dict[str, Zone] = field(default_factory=dict)
    reasons: list[Note] = field(default_factory=list)
    refusal: str = ""

    @property
    def here(self) -> Zone | None:
        """Where they stand in the round of now."""
        return self.stands.get(self.asks) if self.asks else None

    @property
    def before(self) -> Zone | None:
        return self.stands.get(Round.BEFORE)

    @property
    def after(self) -> Zone | None:
        return self.stands.get(Round.AFTER)

    @property
    def moved(self) -> bool:
        return bool(self.before and self.after and self.before != self.after)

    @property
    def is_after(self) -> bool:
        return self.asks == Round.AFTER


def round_asked(cards: Cards) -> Round | None:
    """The round that people take a stand in now; None while nobody is asked."""
    rounds = {Cards.Phase.BEFORE: Round.BEFORE, Cards.Phase.AFTER: Round.AFTER}
    return rounds.get(Cards.Phase(cards.phase)) if cards.is_open else None


def places_of(cards: Cards, flows: Sequence[Flow], viewer: Viewer) -> list[Place]:
    """The place of `viewer` on each card of `flows`, in their order; two queries."""
    asks = round_asked(cards)
    places = {flow.card.pk: Place(flow.card, flow.zones, asks) for flow in flows}
    for place, after in pairwise(places.values()):
        place.following = after.card
    if viewer.is_anybody:
        return list(places.values())
    own = Stand.objects.filter(participant__in=Participant.objects.of(viewer), card__in=list(places))
    for stand in own.select_related("zone"):
        places[stand.card_id].stands[stand.round] = stand.zone
    reasons = _reasons(flows, viewer)
    for place in places.values():
        place.reasons = reasons[place.card.station_id]
    return list(places.values())


def _reasons(flows: Sequence[Flow], viewer: Viewer) -> defaultdict[int, list[Note]]:
    """What `viewer` wrote on the board of why people moved, by station."""
    reasons: defaultdict[int, list[Note]] = defaultdict(list)
    stations = [flow.card.station_id for flow in flows]
    for note in Note.objects.standing().of(viewer).filter(station__in=stations).order_by("pk"):
        reasons[note.station_id].append(note)
    return reasons
