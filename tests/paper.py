"""Notes from paper and readings of them, as the desk leaves them."""

from uuid import uuid4

from people.consent import consent_on_basis
from people.guests import Viewer
from responses.changes import next_number
from responses.models import Mark, Moderation, Note, Origin, Reading, Station, TextState
from responses.transcription import read_markup, text_state_of, to_markup

BASIS = "Invented for a test."


def paper_note(station: Station, *, public: bool = True, moderation: str = Moderation.SHOWN) -> Note:
    """A note from paper that nobody has read."""
    consent = consent_on_basis(BASIS)
    if not public:
        consent = type(consent).objects.create(public=False, research=False, basis=BASIS)
    return Note.objects.create(
        board=station.board, station=station, number=next_number(station), key=uuid4(),
        mark=Mark.NOT_RECORDED, text_state=TextState.WAITING, origin=Origin.PAPER,
        consent=consent, moderation=moderation,
    )  # fmt: skip


def read_as(
    note: Note,
    markup: str,
    *,
    by: Viewer | None = None,
    mark: str = Mark.NOT_RECORDED,
    state: str = "",
    witness: str = Reading.Witness.PHOTO,
) -> Reading:
    """One more reading of `note`, held until a ruling; its state is what the markup says."""
    pieces = read_markup(markup, imported=False)
    state = state or text_state_of(pieces)
    return Reading.objects.create(
        note=note, number=note.readings.count() + 1, witness=witness, mark=mark, text_state=state,
        text="" if state == TextState.NO_TEXT else to_markup(pieces), is_held=True,
        reader=by.person if by else None, token=note.board.token_of(by) if by else "",
    )  # fmt: skip
