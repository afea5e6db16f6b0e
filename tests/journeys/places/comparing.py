"""Pages where principles, sets and times are compared."""

from tests.journeys.places.place import Place

COMPARING = {
    "compare": Place("compare"),
    "compare without a principle": Place("/compare/?principle=", status=400),
    "a principle across events": Place("compare_principle"),
    "sets side by side": Place("compare_sets"),
    "the most agreed as a figure": Place("/compare/sets/?order=agreed"),
    "a set that is not there": Place("/compare/sets/?sets=nothing", status=400),
    "marks over time": Place("compare_time"),
    "marks over time, event by event": Place("/compare/time/?by=event"),
    "marks at a place that is not there": Place("/compare/time/?place=nowhere", status=400),
}
