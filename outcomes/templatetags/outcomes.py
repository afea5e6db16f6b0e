"""What came of notes and events, for pages which know no outcomes."""

from django import template

from events.models import Event
from outcomes.models import Decision
from outcomes.reading import Came, came_of, with_what_became
from outcomes.standing import Standing, Standings, standings_of, standings_of_event
from people.guests import Viewer
from principles.models import Principle
from responses.answers import counted_for
from responses.models import Mark, Note

register = template.Library()
NEWEST = 3  # decisions on the page of an event


@register.simple_tag
def what_came_of(note: Note, viewer: Viewer) -> Came:
    """What came of a note; four queries."""
    return came_of(note, viewer)


@register.simple_tag
def standings(event: Event) -> Standings:
    """How many notes of an event stand where; one query."""
    return standings_of_event(event)


@register.simple_tag
def newest_decisions(event: Event, viewer: Viewer) -> list[Decision]:
    """The newest decisions of an event; two queries."""
    decisions = Decision.objects.visible_to(viewer).standing().filter(event=event)
    return list(with_what_became(decisions).order_by("-published_at", "-pk")[:NEWEST])


@register.simple_tag
def unanswered_challenges(principle: Principle, viewer: Viewer) -> int:
    """How many challenges to a principle wait for an answer, on boards the viewer may see; one query."""
    return standings_of(counted_for(principle, viewer).filter(mark=Mark.SQUARE)).waiting


@register.filter
def stands_out(standing: Standing) -> str:
    """The class of the tag that says where notes stand."""
    return {"answered": "tag--good", "waiting": "tag--progress"}.get(standing, "tag--soft")
