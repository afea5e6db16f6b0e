"""Examples of what is taken away, and of the threads through it."""

from collections.abc import Callable

from events.models import Event
from responses.receipts import receipt_for
from tools.examples.boards import receipts
from tools.examples.demo import EVENT, Examples, a_note


def event() -> Event:
    return Event.objects.get(slug=EVENT)


ARCHIVE_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "import_transcript": lambda: [(EVENT,)],
    "notes_csv": lambda: [(EVENT,)],
    "notes_excel": lambda: [(EVENT,)],
    "notes_jsonl": lambda: [(EVENT,)],
    "event_tei": lambda: [(EVENT,)],
    "receipt_thread": receipts,
    "receipt_thread_file": lambda: [(receipt_for(a_note().key), "thread.json")],
    "cite": lambda: [("note", a_note().identifier), ("event", event().identifier)],
    "cite_version": lambda: [("note", a_note().identifier, 1)],
    "cite_file": lambda: [("note", a_note().identifier, "latest", "ris")],
    "cite_linkset": lambda: [("event", event().identifier)],
    "my_thread_file": lambda: [("thread.csv",)],
}
