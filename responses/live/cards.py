"""What a stream says of cards: where the room stands, as the page shows it."""

from django.template.loader import render_to_string

from responses.flows import flows_of
from responses.live.audiences import Audience
from responses.models import Activity, Cards


def live_results(activity: Activity, _audience: Audience = Audience.PUBLIC) -> str:
    """The `#results` of the page of cards, the same for every audience: there are no words in it."""
    cards = Cards.objects.select_related("event").get(pk=activity.pk)
    return render_to_string("responses/cards.html#results", {"cards": cards, "flows": flows_of(cards)})
