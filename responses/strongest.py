"""Which notes speak for a mark. Nobody scores notes: the strongest is the one that says most.

A note that is wholly read goes before one partly read, words go before none, then the
longest text, then the earliest note.
"""

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from responses.models import Mark, Note, TextState

# How much a note says, most first: all of its words, some of them, none that can be read, none.
SAYS_MOST = Case(
    When(text_state=TextState.READ, then=Value(0)),
    When(text_state=TextState.PARTLY, then=Value(1)),
    When(text_state=TextState.NO_TEXT, then=Value(3)),
    default=Value(2),
    output_field=IntegerField(),
)
ORDER = (SAYS_MOST, Length("text").desc(), "added_at", "pk")


def strongest_by_mark(notes: QuerySet[Note]) -> dict[str, Note]:
    """For each mark the note that says most, in one query."""
    return {note.mark: note for note in notes.order_by("mark", *ORDER).distinct("mark")}


def strongest_challenges(notes: QuerySet[Note]) -> dict[int, Note]:
    """For each station, by its primary key, the challenge that says most, in one query."""
    challenges = notes.filter(mark=Mark.SQUARE).order_by("station_id", *ORDER).distinct("station_id")
    return {note.station_id: note for note in challenges}
