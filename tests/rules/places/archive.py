"""Where the files of a scene stand."""

from collections.abc import Callable, Iterator

from tests.rules.places.events import of_event
from tests.rules.places.responses import of_cards, of_photos, of_poll
from tests.rules.scenes import Scene

PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("notes_csv", "notes_excel", "notes_jsonl", "sign_ups_csv"), of_event),
    **dict.fromkeys(("event_tei", "iiif_event"), of_event),
    **dict.fromkeys(("poll_csv", "poll_json"), of_poll),
    "cards_csv": of_cards,
    **dict.fromkeys(("iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_image"), of_photos),
    "iiif_tile": lambda scene: ({**one, "region": "full", "size": "max"} for one in of_photos(scene)),
}
