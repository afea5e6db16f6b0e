"""Cards for templates; every number comes from `responses.flows`."""

from dataclasses import dataclass

from django import template

from events.models import Event
from people.guests import Viewer
from responses.cards_forms import CountForm
from responses.flows import Flow, flows_by_cards, flows_of
from responses.models import Cards, Round

register = template.Library()


@dataclass(frozen=True, slots=True)
class OnStage:
    """One card on the big screen: the `at`th of `of`, with the numbers of its neighbours."""

    flow: Flow
    at: int
    of: int

    @property
    def before(self) -> int | None:
        return self.at - 1 if self.at > 1 else None

    @property
    def after(self) -> int | None:
        return self.at + 1 if self.at < self.of else None


@register.simple_tag
def card_on_stage(cards: Cards, asked: str) -> OnStage:
    """The card with the number `asked`, else the first."""
    flows = flows_of(cards)
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    at = wanted if 1 <= wanted <= len(flows) else 1
    return OnStage(flows[at - 1], at, len(flows))


@register.simple_tag
def cards_beside(event: Event, viewer: Viewer) -> list[tuple[Cards, list[Flow]]]:
    """The cards of `event` that `viewer` may see, each with its flows; five queries at most."""
    found = list(Cards.objects.visible_to(viewer).filter(event=event))
    for cards in found:
        cards.event = event
    flows = flows_by_cards(found) if found else {}
    return [(cards, flows[cards.pk]) for cards in found]


@register.simple_tag
def cards_desk(cards: Cards) -> list[tuple[Flow, list[CountForm]]]:
    """What those who run cards see of them: the numbers uncovered, with a form to count each round."""
    flows = flows_of(cards, uncovered=True)
    return [(flow, [CountForm(flow, one) for one in Round]) for flow in flows]
