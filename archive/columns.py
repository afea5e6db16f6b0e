"""The columns of an export: what each is called, and what its values mean.

Files, the guide on the archive page and the tests read this one list. A name that somebody showed
with a note in the room is in no file: whoever let a note go was promised that.
"""

from dataclasses import dataclass

from responses.models import Mark, Origin, TextState


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `values` are all it can hold, where that is a closed list."""

    name: str
    meaning: str
    values: tuple[tuple[str, str], ...] = ()


COLUMNS = (
    Column("note", "The permanent id of the note. Its last character checks the others."),
    Column("label", "What the note is called on its board: the station’s code and a number."),
    Column("permalink", "Its permanent address. A withdrawn note answers there that it was withdrawn."),
    Column("event", "The event, as in its address."),
    Column("board", "The board, as in its address."),
    Column("station_heading", "The heading it stands under, as written."),
    Column("station", "The permanent id of that station."),
    Column("principles", "The ids of the principles the station asks about; none, one or several."),
    Column("wordings", "The ids of the wordings it answered, as they read when it was written."),
    Column("wording_versions", "The version numbers of those wordings, in the same order."),
    Column("mark", "What the response does to the principle.", tuple(Mark.choices)),
    Column("text_state", "What is known of its words.", tuple(TextState.choices)),
    Column("origin", "Where it came from.", tuple(Origin.choices)),
    Column("verbatim", "The source line it was read from, exactly; empty for notes from a device."),
    Column("plain", "Its words, with gaps, best guesses and remarks said in square brackets."),
    Column("markup", "Its words as kept: typed words as typed, paper notes in the transcript markup."),
    Column("consent_public", "Whether it may be shown in the public record.", (("true", ""), ("false", ""))),
    Column("consent_research", "Whether researchers may use it.", (("true", ""), ("false", ""))),
    Column("consent_wording", "The version of the two sentences that were asked; empty if imported."),
    Column("consent_basis", "For an imported note, the basis on which it was published."),
    Column(
        "words_withheld",
        "Why verbatim, plain and markup are empty although the note has words.",
        (
            ("not_for_research", "Researchers were not given it."),
            ("not_public", "It is kept to those who were there."),
        ),
    ),
    Column("added_at", "When it was added to its board, in UTC."),
    Column("reading", "The number of the reading its words are from: the accepted one, or else the newest."),
    Column("readings", "How many readings of it there are, with those that wait or were rejected."),
    Column("accepted_at", "When that reading was accepted, in UTC; empty where nobody had to read the note."),
    Column("licence", "The address of the terms under which this row may be used."),
    Column("rights", "What whoever wrote it lets others do with it, in a sentence."),
)
NAMES = tuple(column.name for column in COLUMNS)
