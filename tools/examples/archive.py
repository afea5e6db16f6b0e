"""Examples of what is taken away, and of the threads through it."""

from collections.abc import Callable

from responses.receipts import receipt_for
from tools.examples.boards import receipts
from tools.examples.demo import EVENT, Examples, a_note

ARCHIVE_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "import_transcript": lambda: [(EVENT,)],
    "notes_csv": lambda: [(EVENT,)],
    "notes_excel": lambda: [(EVENT,)],
    "notes_jsonl": lambda: [(EVENT,)],
    "event_tei": lambda: [(EVENT,)],
    "receipt_thread": receipts,
    "receipt_thread_file": lambda: [(receipt_for(a_note().key), "thread.json")],
    "my_thread_file": lambda: [("thread.csv",)],
}
