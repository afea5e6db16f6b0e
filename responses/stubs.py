"""Numbered note sheets: printing them, giving each its note, and what their holders decide before.

Whoever holds a stub may decide at any time, also before the note is on record; what they
decided holds from the moment it is.
"""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.reach import must_facilitate, must_transcribe
from people.consent import consent_given, consent_on_paper, consent_unasked, latest_version
from people.guests import ANYBODY, Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import change_consent, end_note, withdraw_note
from responses.changes import append_change, locked
from responses.models import Board, Change, Note, Origin, Station, Stub
from responses.receipts import hash_of, receipt_for

MOST_AT_ONCE = 60  # sheets of a station in one pack
MOST_OF_A_PACK = 600  # sheets: more would keep a browser waiting
MOST = 999  # sheets of a station: three figures stand large on a sheet
UNDER_18 = gettext_lazy("Under-18s may take part here, so every note stays with those who were there.")


def print_stubs(board: Board, *, by: Viewer | None, each: int) -> list[Stub]:
    """Make a pack of note sheets, `each` for every station; numbering goes on from the last pack.

    For those who facilitate the event, at any time: a closed board may still be answered on paper.
    Refuses fewer than one or more than 60 for a station, more than 600 in all, and a station
    with more than 999 sheets altogether.
    """
    if not 1 <= each <= MOST_AT_ONCE:
        raise Refused(
            _("Type how many sheets each heading needs, from 1 to %(most_at_once)s.")
            % {"most_at_once": MOST_AT_ONCE}
        )
    with locked(board) as board:
        must_facilitate(board.event, by)
        stations = _stations_with_room(board, each)
        pack = Stub.objects.filter(station__board=board).aggregate(last=Max("pack", default=0))["last"] + 1
        stubs = [_sheet(one, one.printed + at, pack) for one in stations for at in range(1, each + 1)]
        leave_trace("sheets_printed", board, by=by)
        return Stub.objects.bulk_create(stubs)


def _stations_with_room(board: Board, each: int) -> list[Station]:
    """The stations, each with the number of its last sheet as `printed`; refuses where it is too much."""
    counted = board.stations.annotate(printed=Max("stubs__number", default=0))
    stations = list(counted.order_by("position"))  # a query that groups has no order of its own
    if not stations:
        raise Refused(_("This board has no headings yet, so there is nothing to print sheets for."))
    if len(stations) * each > MOST_OF_A_PACK:
        fit = MOST_OF_A_PACK // len(stations)
        raise Refused(
            _("A pack holds %(most_of_a_pack)s sheets, so %(fit)s for each heading. Print a second one.")
            % {"most_of_a_pack": MOST_OF_A_PACK, "fit": fit}
        )
    if full := next((one for one in stations if one.printed + each > MOST), None):
        raise Refused(
            _("“%(heading)s” would have more than %(most)s sheets. Print fewer.")
            % {"heading": full.heading, "most": MOST}
        )
    return stations


def _sheet(station: Station, number: int, pack: int) -> Stub:
    stub = Stub(station=station, number=number, pack=pack, asked=latest_version())
    stub.receipt_hash = hash_of(receipt_for(stub.key))
    return stub


def tie_stub(note: Note, number: int, *, by: Viewer | None, ticked: Consent | None = None) -> Stub:
    """Give a note from paper the receipt of the sheet it was written on: `number` of its station.

    `ticked` is the answer that stands on the sheet; without it nothing is ticked. What the holder
    of the stub decided before goes before it, and a stub that was taken back ends the note at
    once. Refuses a number that was not printed, and a sheet or a note that is taken.
    """
    with locked(note.board) as board:
        must_transcribe(board.event, by)
        note.refresh_from_db()
        stub = _free_sheet(note, number)
        stub.note, note.receipt_hash = note, stub.receipt_hash
        stub.save(update_fields=["note"])
        note.save(update_fields=["receipt_hash"])
        leave_trace("sheet_tied", note, by=by)
        _let_hold(board, stub, ticked)
        note.refresh_from_db()
    return stub


def _free_sheet(note: Note, number: int) -> Stub:
    """The sheet with this number at the note's station, if both are free for each other."""
    stub = Stub.objects.filter(station=note.station_id, number=number).select_related("note__station").first()
    if stub is None:
        raise Refused(
            _("No sheet %(code)s %(number)s was printed. Look at the number once more.")
            % {"code": note.station.code, "number": number}
        )
    if stub.note:
        raise Refused(
            _("Sheet %(stub)s is note %(label)s already. Look at the number once more.")
            % {"stub": stub, "label": stub.note.label}
        )
    if note.withdrawn_at:
        raise Refused(_("This note was withdrawn before. Nothing of it is left to give a receipt to."))
    if note.origin != Origin.PAPER or note.receipt_hash:
        raise Refused(
            _("%(label)s has a receipt of its own, so it was not written on sheet %(stub)s.")
            % {"label": note.label, "stub": stub}
        )
    return stub


def _let_hold(board: Board, stub: Stub, ticked: Consent | None) -> None:
    """Let what was decided on the sheet or by its holder hold for the note that it got."""
    chosen = stub.consent or _on_sheet(stub, ticked)
    consent = consent_unasked() if board.may_include_under_18s else chosen
    _give_consent(board, stub.note, consent, by=ANYBODY)
    if stub.withdrawn_at:
        end_note(board, stub.note, Note.Ending.WITHDRAWN, by=ANYBODY)


def _on_sheet(stub: Stub, ticked: Consent | None) -> Consent:
    """What is ticked, as an answer to the sentences that stand on the sheet; None is nothing."""
    public, research = (ticked.public, ticked.research) if ticked else (False, False)
    return consent_given(public=public, research=research, version=stub.asked)


def _give_consent(board: Board, note: Note, consent: Consent, *, by: Viewer | None) -> None:
    if note.consent_id == consent.pk:
        return
    note.consent, note.consented_at = consent, timezone.now()
    note.save(update_fields=["consent", "consented_at"])
    append_change(board, Change.Kind.CONSENT_CHANGED, by=by, note=note)
    leave_trace(Change.Kind.CONSENT_CHANGED, note, by=by)


def untie_stub(stub: Stub, *, by: Viewer | None) -> None:
    """Take a sheet from a note that was not written on it: nobody holds that note's receipt any more.

    The note stays with those who were there until its own sheet is found; what the holder
    decided stays with the sheet. Refuses where the note is withdrawn: nothing is left to give back.
    """
    with locked(stub.station.board) as board:
        must_transcribe(board.event, by)
        stub.refresh_from_db()
        note = stub.note
        if note is None:
            raise Refused(_("Sheet %(stub)s has no note.") % {"stub": stub})
        if note.withdrawn_at:
            raise Refused(
                _("%(label)s was withdrawn with this sheet. Nothing of it is left.") % {"label": note.label}
            )
        stub.note = note.receipt_hash = None
        stub.save(update_fields=["note"])
        note.save(update_fields=["receipt_hash"])
        kept = consent_unasked() if board.may_include_under_18s else consent_on_paper()
        _give_consent(board, note, kept, by=by)
        leave_trace("sheet_untied", note, by=by)


def keep_ticks(stub: Stub, ticked: Consent, *, by: Viewer | None) -> None:
    """Enter what is ticked on the sheet of a note on record; its holder's own choice goes before it."""
    with locked(stub.station.board) as board:
        must_transcribe(board.event, by)
        stub.refresh_from_db()
        if board.may_include_under_18s:
            raise Refused(UNDER_18)
        if stub.note is None or stub.note.withdrawn_at:
            raise Refused(_("No note of sheet %(stub)s is on record.") % {"stub": stub})
        if stub.consent:
            raise Refused(
                _("Whoever holds the stub of %(stub)s chose for themselves, and that goes first.")
                % {"stub": stub}
            )
        _give_consent(board, stub.note, _on_sheet(stub, ticked), by=by)


def change_stub_consent(stub: Stub, consent: Consent, *, by: Viewer, receipt: str) -> None:
    """Choose with the stub where one's note may go, from the moment it is on record."""
    with locked(stub.station.board) as board:
        stub = _own_stub(stub, receipt)
        if stub.note:
            change_consent(stub.note, consent, by=by, receipt=receipt)
        elif board.may_include_under_18s:
            raise Refused(UNDER_18)
        else:
            stub.consent = consent
            stub.save(update_fields=["consent"])
            leave_trace("sheet_consent_changed", stub, by=by.as_participant)


def withdraw_stub(stub: Stub, *, by: Viewer, receipt: str) -> None:
    """Take one's note back before it is on record: should it ever get there, it ends at once."""
    with locked(stub.station.board):
        stub = _own_stub(stub, receipt)
        if stub.note:
            withdraw_note(stub.note, by=by, receipt=receipt)
        else:
            stub.withdrawn_at = timezone.now()
            stub.save(update_fields=["withdrawn_at"])
            leave_trace("sheet_taken_back", stub, by=by.as_participant)


def _own_stub(stub: Stub, receipt: str) -> Stub:
    """One's own stub as it stands now; refuses anybody else's, and what was taken back before."""
    stub = Stub.objects.select_related("note__board__event", "station").get(pk=stub.pk)
    if hash_of(receipt) != stub.receipt_hash:
        raise Refused(_("Only whoever holds the stub can change this. Use the receipt on it."))
    if stub.withdrawn_at:
        raise Refused(_("This note was taken back before. It stays taken back."))
    return stub
