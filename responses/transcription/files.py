"""Taking in a transcript as bytes, with one sentence for everything that cannot be taken."""

import re
from collections.abc import Collection

from coproduce.marking import gettext_noop

from .document import Transcript, parse
from .lines import MAX_NOTES, MAX_REPEAT, MAX_STATIONS

MAX_BYTES = 2 * 1024 * 1024

_OTHER_FORMATS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class TranscriptError(ValueError):
    """A file that cannot be imported: `sentence` says what to do, with places for `values` in it.

    It is English; whoever shows it translates `sentence` before the values go in.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values)
        self.sentence, self.values = sentence, values


def read_file(data: bytes) -> str:
    """The text of a UTF-8 file of at most `MAX_BYTES`; raises `TranscriptError`."""
    if len(data) > MAX_BYTES:
        raise TranscriptError(
            gettext_noop(
                "This file is %(number)s MB and a transcript may have %(max_bytes)s MB: split it into "
                "several files."
            ),
            number=format(len(data) / 1_048_576, ".1f"),
            max_bytes=MAX_BYTES // 1_048_576,
        )
    if not data:
        raise TranscriptError(gettext_noop("This file is empty: choose the file that holds the transcript."))
    _refuse_other_formats(data)
    text = _decoded(data).removeprefix("\ufeff")
    if not text.strip():
        raise TranscriptError(
            gettext_noop(
                "This file holds nothing but white space: choose the file that holds the transcript."
            )
        )
    _refuse_control_characters(text)
    return text


def read_transcript(data: bytes, *, known_headings: Collection[str] = ()) -> Transcript:
    """A transcript that can be imported: read, with at least one note; raises `TranscriptError`."""
    transcript = parse(read_file(data), known_headings=known_headings)
    if not transcript.stations:
        raise TranscriptError(
            gettext_noop(
                "No heading was found: write each heading on its own line with its count, such as "
                "“Make time (7)”, and each note under it on a line that starts with “- ”."
            )
        )
    if not transcript.counted:
        raise TranscriptError(
            gettext_noop("No note was found under any heading: start each note's line with “- ”.")
        )
    _refuse_too_many(transcript)
    return transcript


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TranscriptError(
            gettext_noop("This file is saved as UTF-16: save it again as plain text in UTF-8.")
        )
    if data.startswith(_OTHER_FORMATS) or b"\x00" in data:
        raise TranscriptError(
            gettext_noop("This file is not plain text: save the transcript as plain text (.txt) in UTF-8.")
        )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TranscriptError(
            gettext_noop(
                "Line %(line)s of this file is not UTF-8 (byte %(start)s of the file): save it again as "
                "plain text in UTF-8."
            ),
            line=line,
            start=error.start + 1,
        ) from error


def _refuse_control_characters(text: str) -> None:
    """A stray one is let through; a file with more than one in a hundred was never text."""
    if len(_CONTROLS.findall(text)) > max(1, len(text) // 100):
        raise TranscriptError(
            gettext_noop("This file is not plain text: save the transcript as plain text (.txt) in UTF-8.")
        )


def _refuse_too_many(transcript: Transcript) -> None:
    if len(transcript.stations) > MAX_STATIONS:
        raise TranscriptError(
            gettext_noop(
                "This file holds %(number)s headings and may hold %(max_stations)s: split it into "
                "several files."
            ),
            number=len(transcript.stations),
            max_stations=MAX_STATIONS,
        )
    if transcript.unexpanded:
        line = transcript.unexpanded[0]
        raise TranscriptError(
            gettext_noop(
                "Line %(number)s stands for too many notes: one line may stand for %(max_repeat)s and "
                "one file may hold %(max_notes)s."
            ),
            number=line.number,
            max_repeat=MAX_REPEAT,
            max_notes=MAX_NOTES,
        )
    if transcript.counted > MAX_NOTES:
        raise TranscriptError(
            gettext_noop(
                "This file holds %(counted)s notes and may hold %(max_notes)s: split it into several files."
            ),
            counted=transcript.counted,
            max_notes=MAX_NOTES,
        )
