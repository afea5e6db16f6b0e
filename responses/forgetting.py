"""Taking a withdrawn note's words out of texts that are kept whole."""

import re
from collections import Counter

from responses.models import Board
from responses.transcription import BULLET, bullet_body

REMOVED = "[removed: a withdrawn note]"
PARTS = ("text", "preamble", "closing")  # of a transcript
# Where a line of a transcript ends, whatever program wrote the file.
ENDS = r"[\r\n\v\f\x85\u2028\u2029]"


def without_note(text: str, verbatim: str) -> str:
    """`text` with the source lines of one note replaced by a remark that something stood there.

    Whole lines only, so that a short note takes nothing from a longer one; and once, so
    that another note in the same words keeps its own. The bullet may be another one.
    """
    written = [line.strip() for line in verbatim.splitlines() if line.strip()]
    if not written:
        return text
    body = bullet_body(written[0])
    start = re.escape(written[0]) if body is None else rf"{BULLET}{re.escape(body)}"
    lines = r"\s+".join([start, *map(re.escape, written[1:])])
    blanks = rf"(?:(?!{ENDS})\s)*"
    whole = re.compile(rf"(?:\A|(?<={ENDS})){blanks}{lines}{blanks}(?={ENDS}|\Z)")
    return whole.sub(lambda _: REMOVED, text, count=1)


def without_loose(unplaced: list[str], verbatim: str) -> list[str]:
    """The unplaced lines of a transcript without those that became this note."""
    kept = list(unplaced)
    for line in verbatim.splitlines():
        said = line.strip()
        for loose in {said, bullet_body(said) or said} & set(kept):
            kept.remove(loose)
    return kept


def forget_line(board: Board, verbatim: str) -> None:
    """Take a withdrawn note's words out of whatever is kept of the transcripts it came in.

    One file may hold it as a note, an earlier one as a line that nobody had placed yet.
    """
    for transcript in board.transcripts.all():
        for part in PARTS:
            setattr(transcript, part, without_note(getattr(transcript, part), verbatim))
        loose = Counter(transcript.unplaced)
        transcript.unplaced = without_loose(transcript.unplaced, verbatim)
        for line in loose - Counter(transcript.unplaced):
            transcript.text = without_note(transcript.text, line)
        transcript.save(update_fields=[*PARTS, "unplaced"])
