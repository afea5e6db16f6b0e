"""The demo's cards: two sentences to take a stand on, before and after talking."""

from uuid import uuid4

from archive.demo.walls import guest
from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from responses.board import add_note
from responses.cards import count_zones, make_cards, take_stand
from responses.models import Card, Mark, Round
from responses.room import change_phase, open_activity

EVENT = "values-and-principles"
NAME = "Demo cards: vote with your feet"
QUESTION = "Where do you stand, and what would move you?"
ZONES = ("Agree", "It depends", "Disagree")
# Each sentence; where guests stand before and after, by the first letters of the zones and in their
# order ("-" stands nowhere); and how many in each zone were counted in the room.
CARDS = (
    (
        "Whoever is in the room should decide about the money.",
        {Round.BEFORE: "AAAAIIDDDAA-D", Round.AFTER: "AIIAIIDDIA-ID"},
        {Round.BEFORE: (3, 1, 2), Round.AFTER: (2, 3, 1)},
    ),
    (
        "An outsider should chair the meeting.",
        {Round.BEFORE: "DDAIIDDAA--", Round.AFTER: "DAAIIDDA-IA"},
        {},
    ),
)
# Why two of them moved: the number of the guest, the mark and the words.
REASONS = (
    (1, Mark.BUBBLE, "Not whoever is in the room today: whoever has to live with what we buy."),
    (2, Mark.SQUARE, "My neighbour could not come. Why should I spend her share?"),
)


def take_stands(*, by: Viewer) -> None:
    """The cards, open after the talk, with the reasons of two who moved."""
    prompts = [prompt for prompt, _, _ in CARDS]
    event = Event.objects.get(slug=EVENT)
    cards = make_cards(
        event, by=by, name=NAME, question=QUESTION, prompts=prompts, zones=ZONES, is_invented=True
    )
    open_activity(cards, by=by)
    for one in Round:
        change_phase(cards, one, by=by)
        cards.refresh_from_db()
        for card, (_, stands, counts) in zip(cards.cards.all(), CARDS, strict=True):
            _stand(card, stands[one])
            if one in counts:
                numbers = zip(cards.zones.all(), counts[one], strict=True)
                count_zones(card, one, dict(numbers), by=by)
    for number, mark, words in REASONS:
        _say_why(cards.cards.first(), guest(number), mark, words)


def _stand(card: Card, places: str) -> None:
    zones = {zone.name[0]: zone for zone in card.cards.zones.all()}
    for number, letter in enumerate(places):
        if letter in zones:
            take_stand(card, zones[letter], by=guest(number))


def _say_why(card: Card, who: Viewer, mark: Mark, words: str) -> None:
    consent = consent_given(public=True, research=True)
    add_note(card.station, by=who, key=uuid4(), mark=mark, consent=consent, words=words)
