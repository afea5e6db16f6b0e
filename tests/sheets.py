"""Makers for numbered sheets: a sheet with its stub, and a note as it was photographed from one."""

from uuid import uuid4

from people.consent import consent_on_paper
from people.guests import Viewer
from people.models import Consent
from responses.changes import next_number
from responses.models import Mark, Note, Origin, Station, Stub, TextState
from responses.receipts import receipt_for
from responses.stubs import print_stubs


def on_paper(station: Station, words: str = "", *, consent: Consent | None = None) -> Note:
    """A note from paper that waits to be read; with `words`, one that was read."""
    return Note.objects.create(
        board=station.board, station=station, number=next_number(station), key=uuid4(), text=words,
        mark=Mark.NOT_RECORDED, text_state=TextState.READ if words else TextState.WAITING,
        origin=Origin.PAPER, consent=consent or consent_on_paper(),
    )  # fmt: skip


def a_stub(station: Station, by: Viewer) -> Stub:
    """The newest sheet of a station, of a pack printed for it."""
    print_stubs(station.board, by=by, each=1)
    return station.stubs.latest("number")


def code_on(stub: Stub) -> str:
    """The receipt as it stands on the stub."""
    return receipt_for(stub.key)
