"""Every act on cards: stands taken by phone, and stands counted in the room. Nothing else writes to them.

Each act refuses early with a sentence, takes the row lock of the cards, saves and appends a
numbered Change, all in one transaction. Why people moved are notes on a board of its own.
"""

from collections.abc import Sequence
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Event
from events.reach import must_facilitate
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import must_run
from responses.changes import append_change, locked, participant_of
from responses.models import Board, Card, Cards, Change, Round, Stand, Station, Zone, ZoneCount
from responses.slugs import free_slug
from responses.words import tidy_words

MOST_CARDS, MOST_ZONES, MOST_PEOPLE = 30, 8, 5000
FEWEST_ZONES = 2
LONGEST_PROMPT, LONGEST_ZONE = 300, 100


@transaction.atomic
def make_cards(
    event: Event,
    *,
    by: Viewer | None,
    name: str,
    prompts: Sequence[str],
    zones: Sequence[str],
    **settings: object,
) -> Cards:
    """New cards of `event`, closed until somebody opens them, with the board of why people moved.

    `settings` are fields of the activity, as in `question`. Refuses whoever does not run the
    event, cards without a prompt and fewer than two zones to stand in.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    name, prompts, zones = tidy_words(name)[:200], _lines(prompts), _lines(zones)
    cards = Cards(event=event, kind=Cards.KIND, phase=Cards.Phase.BEFORE, name=name, **settings)
    must_run(cards, by)
    _must_be_playable(name, prompts, zones)
    cards.slug, cards.position = free_slug(event, name, "cards"), event.activities.count() + 1
    cards.save()
    for position, zone in enumerate(zones, 1):
        Zone.objects.create(cards=cards, name=zone, position=position)
    reasons = _board_of_reasons(cards)
    for position, prompt in enumerate(prompts, 1):
        _deal(cards, reasons, prompt, position)
    leave_trace("made", cards, by=by)
    return cards


def _lines(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(line for line in map(tidy_words, typed) if line))


def _must_be_playable(name: str, prompts: list[str], zones: list[str]) -> None:
    if not name:
        raise Refused(_("Give the cards a name, so that people know what they are about."))
    if not 1 <= len(prompts) <= MOST_CARDS or max(map(len, prompts)) > LONGEST_PROMPT:
        raise Refused(
            _("Write 1 to %(most_cards)s prompts, one a line, each of %(longest_prompt)s characters at most.")
            % {"most_cards": MOST_CARDS, "longest_prompt": LONGEST_PROMPT}
        )
    if not FEWEST_ZONES <= len(zones) <= MOST_ZONES or max(map(len, zones)) > LONGEST_ZONE:
        raise Refused(
            _(
                "Name %(fewest_zones)s to %(most_zones)s zones to stand in, one a line and each another, "
                "of %(longest_zone)s characters at most."
            )
            % {"fewest_zones": FEWEST_ZONES, "most_zones": MOST_ZONES, "longest_zone": LONGEST_ZONE}
        )


def _board_of_reasons(cards: Cards) -> Board:
    """The board of why people moved; it opens and closes with the cards."""
    name = f"Why I moved: {cards.name}"[:200]
    return Board.objects.create(
        event=cards.event,
        slug=free_slug(cards.event, f"why-{cards.slug}", "why"),
        name=name,
        question="What made you move, or stay?",
        position=cards.position + 1,
        is_invented=cards.is_invented,
        is_premoderated=cards.is_premoderated,
        may_include_under_18s=cards.may_include_under_18s,
    )


def _deal(cards: Cards, reasons: Board, prompt: str, position: int) -> Card:
    station = Station.objects.create(board=reasons, heading=prompt, code=f"C{position}", position=position)
    return Card.objects.create(cards=cards, prompt=prompt, position=position, station=station)


def take_stand(card: Card, zone: Zone, *, by: Viewer) -> Stand:
    """Where `by` stands on a card in the round of now; standing elsewhere moves them.

    Sending it again changes nothing. Refuses while people talk, on closed cards, in a zone
    of other cards, and from nobody in particular.
    """
    if by.is_anybody:
        raise Refused(_("Your browser keeps no cookies from this site, so you could not be counted once."))
    with locked(card.cards) as cards:
        now = round_of(cards)
        _must_be_a_zone(cards, zone)
        part = participant_of(cards, by)
        own = {stand.round: stand for stand in Stand.objects.filter(card=card, participant=part)}
        stand = own.get(now) or Stand(card=card, participant=part, round=now, pair=_pair_of(own))
        if stand.pk and stand.zone_id == zone.pk:
            return stand
        stand.zone = zone
        stand.save()
        append_change(cards, Change.Kind.STOOD, by=by.as_participant)
    return stand


def _pair_of(own: dict[str, Stand]) -> object:
    return next((stand.pair for stand in own.values()), None) or uuid4()


def leave_stand(card: Card, *, by: Viewer) -> None:
    """Step off a card in the round of now: one's stand no longer counts."""
    with locked(card.cards) as cards:
        part = cards.participants.filter(token=cards.token_of(by)).first()
        own = Stand.objects.filter(card=card, participant=part, round=round_of(cards))
        if part and own.delete()[0]:
            append_change(cards, Change.Kind.STOOD, by=by.as_participant)


def round_of(cards: Cards) -> str:
    """The round that people take a stand in now; refuses when it is neither before nor after talking."""
    if not cards.is_open:
        raise Refused(_("These cards are closed, so nobody is counted now."))
    if cards.phase == Cards.Phase.TALK:
        raise Refused(_("The room is talking now. Take your stand again when the facilitator asks for it."))
    return Round.BEFORE if cards.phase == Cards.Phase.BEFORE else Round.AFTER


def _must_be_a_zone(cards: Cards, zone: Zone) -> None:
    if zone.cards_id != cards.pk:
        raise Refused(_("That zone belongs to other cards. Choose one of these."))


def count_zones(card: Card, round: str, counts: dict[Zone, int], *, by: Viewer) -> None:  # noqa: A002
    """Enter how many people without a phone stand in each zone; counting again replaces all of it.

    Either every zone is counted, nought where nobody stands, or with no counts at all what was
    counted is taken back. It is also possible after the close, from what was noted on paper.
    """
    if round not in Round.values:
        raise Refused(_("Say whether you counted before or after talking."))
    if any(not 0 <= number <= MOST_PEOPLE for number in counts.values()):
        raise Refused(_("Count from 0 to %(most_people)s people in a zone.") % {"most_people": MOST_PEOPLE})
    with locked(card.cards) as cards:
        must_facilitate(cards.event, by)
        _must_be_all_zones(cards, counts)
        before = {count.zone: count.number for count in _counts(card, round)}
        if counts == before:
            return
        _counts(card, round).delete()
        facts = {"card": card, "round": round, "by": by.person}
        ZoneCount.objects.bulk_create(
            ZoneCount(zone=zone, number=number, **facts) for zone, number in counts.items()
        )
        append_change(cards, Change.Kind.STANDS_COUNTED, by=by)
        leave_trace(Change.Kind.STANDS_COUNTED, cards, by=by, why=_in_words(card, round, before, counts))


def _counts(card: Card, round: str) -> QuerySet[ZoneCount]:  # noqa: A002
    return ZoneCount.objects.filter(card=card, round=round).select_related("zone")


def _must_be_all_zones(cards: Cards, counts: dict[Zone, int]) -> None:
    for zone in counts:
        _must_be_a_zone(cards, zone)
    if counts and len(counts) < cards.zones.count():
        raise Refused(_("Count every zone: type 0 where nobody stands."))


def _in_words(card: Card, round: str, before: dict[Zone, int], now: dict[Zone, int]) -> str:  # noqa: A002
    """What was counted, as the log says it: "Card 2, before talking: 11 people, 9 until now."."""
    said = f"{sum(now.values())} people" if now else "taken back"
    until_now = f", {sum(before.values())} until now" if before else ""
    return f"Card {card.position}, {round} talking: {said}{until_now}."
