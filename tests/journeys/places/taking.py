"""Pages from which notes are taken away, and of files that a worker makes."""

from tests.journeys.places.place import Place

TAKING = {
    "take it away": Place("export_hub"),
    "take a search away": Place("/export/?q=power&mark=square"),
    "take what nobody understands": Place("/export/?mark=nonsense", status=400),
    "take what is for researchers": Place("/export/?restricted=1", status=403),
    "a file that waits": Place("export_at"),
    "one's own file that waits": Place("export_job", viewer="organiser"),
    "files one asked for": Place("exports", viewer="organiser"),
    "releases": Place("releases"),
    "a release": Place("release"),
    "making a release": Place("release_new", viewer="steward"),
}
