"""The pages of the site as a whole, and the desk."""

from tests.journeys.places.place import Place

SITE = {
    "front": Place("front"),
    "desk": Place("desk", viewer="organiser"),
    "queue": Place("queue", viewer="organiser"),
    "about": Place("about"),
    "privacy": Place("privacy"),
    "accessibility": Place("accessibility"),
    "what is kept": Place("retention"),
    "what people are asked": Place("consents"),
    "reporting a hole": Place("security"),
    "work in the background": Place("work", viewer="steward"),
    "nothing here": Place("/nothing-here/", status=404),
}
