"""Transcripts of paper notes: the markup of one note, and the file that holds a whole board.

Pure: text in, values out; no database and no request.
"""

from .document import (
    Line,
    LooseLine,
    Transcript,
    TranscriptNote,
    TranscriptStation,
    parse,
    render,
    summary,
)
from .files import MAX_BYTES, TranscriptError, read_file, read_transcript
from .headings import heading_key, heading_names, similar_heading
from .lines import BULLET, MAX_NOTES, MAX_REPEAT, MAX_STATIONS, bullet_body, says_nothing
from .markup import read_markup
from .pieces import (
    Gap,
    Guess,
    Illegible,
    Inserted,
    LineBreak,
    NoText,
    Piece,
    Remark,
    Removed,
    Sign,
    Stressed,
    Struck,
    Words,
    to_markup,
)
from .rendering import TEXT_STATES, gap_in_words, text_state_of, to_html, to_plain

__all__ = [
    "BULLET",
    "MAX_BYTES",
    "MAX_NOTES",
    "MAX_REPEAT",
    "MAX_STATIONS",
    "TEXT_STATES",
    "Gap",
    "Guess",
    "Illegible",
    "Inserted",
    "Line",
    "LineBreak",
    "LooseLine",
    "NoText",
    "Piece",
    "Remark",
    "Removed",
    "Sign",
    "Stressed",
    "Struck",
    "Transcript",
    "TranscriptError",
    "TranscriptNote",
    "TranscriptStation",
    "Words",
    "bullet_body",
    "gap_in_words",
    "heading_key",
    "heading_names",
    "parse",
    "read_file",
    "read_markup",
    "read_transcript",
    "render",
    "says_nothing",
    "similar_heading",
    "summary",
    "text_state_of",
    "to_html",
    "to_markup",
    "to_plain",
]
