"""The pages that are looked at one by one, how to get to each, and as whom."""

from tests.journeys.places.archive import ARCHIVE
from tests.journeys.places.comparing import COMPARING
from tests.journeys.places.events import EVENTS
from tests.journeys.places.journal import JOURNAL
from tests.journeys.places.outcomes import OUTCOMES
from tests.journeys.places.paper import PAPER
from tests.journeys.places.people import PEOPLE
from tests.journeys.places.place import Place
from tests.journeys.places.principles import PRINCIPLES
from tests.journeys.places.responses import RESPONSES
from tests.journeys.places.searching import SEARCHING
from tests.journeys.places.site import SITE
from tests.journeys.places.studying import STUDYING
from tests.journeys.places.taking import TAKING

__all__ = ["PLACES", "Place"]

PLACES = {
    **SITE,
    **EVENTS,
    **PRINCIPLES,
    **RESPONSES,
    **PAPER,
    **JOURNAL,
    **OUTCOMES,
    **ARCHIVE,
    **SEARCHING,
    **TAKING,
    **COMPARING,
    **STUDYING,
    **PEOPLE,
}
