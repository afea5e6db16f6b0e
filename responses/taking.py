"""What a board takes now, and the sentences for what it does not."""

from django.utils.translation import gettext as _

from people.refusals import Refused
from responses.models import Board, Station


def must_take(board: Board, station: Station, *, words: str, signed: str = "", in_time: bool = False) -> None:
    """Refuse what a locked board does not take now: closed, being talked about, marks alone, no names.

    What was written `in_time` is taken on an open board whenever it arrives: a phone may have
    been without a signal when the room went on.
    """
    if not board.is_open:
        raise Refused(_("This board is closed, so the note was not added."))
    if signed and board.may_include_under_18s:
        raise Refused(_("Under-18s may take part here, so no names are shown. Send the note without one."))
    if not in_time:
        _must_take_now(board, station, words)


def _must_take_now(board: Board, station: Station, words: str) -> None:
    if board.phase == Board.Phase.REVEAL:
        raise Refused(
            _("The room is reading and talking now, so nothing new goes up. Keep it for the next step.")
        )
    if board.phase == Board.Phase.MARK and words:
        raise Refused(_("The board takes marks alone now. Send your mark without the words."))
    if board.stations.filter(pk=station.pk, is_locked=True).exists():
        raise Refused(
            _("“%(heading)s” takes no more answers for now. Choose another heading.")
            % {"heading": station.heading}
        )
