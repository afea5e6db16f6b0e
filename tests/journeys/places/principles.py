"""Pages of principles."""

from tests.journeys.places.place import Place

PRINCIPLES = {
    "list of principles": Place("principle_list"),
    "principle set": Place("principle_set"),
    "principle": Place("principle"),
    "wording": Place("wording"),
}
