"""Where the files of a scene stand."""

from collections.abc import Callable, Iterator

from archive.thread_views import FILES
from tests.rules.places import citing, comparing, harvesting, studying, taking
from tests.rules.places.events import of_event
from tests.rules.places.outcomes import of_sets
from tests.rules.places.responses import (
    of_cards,
    of_feeds,
    of_photos,
    of_picture_receipts,
    of_poll,
    of_receipts,
)
from tests.rules.scenes import Scene


def of_threads(scene: Scene) -> Iterator[dict]:
    yield from of_receipts(scene)
    yield from of_picture_receipts(scene)


def files_of_threads(scene: Scene) -> Iterator[dict]:
    return ({**kwargs, "name": name} for kwargs in of_threads(scene) for name in FILES)


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("notes_csv", "notes_excel", "notes_jsonl", "sign_ups_csv"), of_event),
    **citing.PLACES,
    **comparing.PLACES,
    **studying.PLACES,
    **harvesting.PLACES,
    **taking.PLACES,
    **dict.fromkeys(("event_tei", "iiif_event"), of_event),
    **dict.fromkeys(("poll_csv", "poll_json"), of_poll),
    "cards_csv": of_cards,
    **dict.fromkeys(("crosswalk_csv", "crosswalk_json"), of_sets),
    "my_thread_file": lambda _scene: ({"name": name} for name in FILES),
    "receipt_thread": of_threads,
    "receipt_thread_file": files_of_threads,
    "receipt_feed": of_feeds,
    **dict.fromkeys(("iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_image"), of_photos),
    "iiif_tile": lambda scene: ({**one, "region": "full", "size": "max"} for one in of_photos(scene)),
}
