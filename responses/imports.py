"""Acts that put a transcript of paper notes on record, whole and as often as it comes.

The parser says what a file holds; this module says what an event makes of it. A note is
known again by its station, its words and how often they came before, so that a second
import of a file changes nothing and a longer file adds only what is new.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from events.models import Event
from events.record import log_change
from people.consent import consent_on_basis, consent_unasked
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change, locked, next_number, pin_wordings
from responses.forgetting import REMOVED
from responses.import_plan import Draft, Plan, plan_import
from responses.models import (
    Board,
    Change,
    Mark,
    Moderation,
    Note,
    Origin,
    Reading,
    Ruling,
    Station,
    TextState,
)
from responses.models import Transcript as KeptTranscript
from responses.transcription import Line, Transcript, TranscriptNote, render

SLUG = "transcript"
NAME = "The wall, from the transcript"
BASIS = "Published in the event’s record before it was imported here."
AS_PUBLISHED = "As published in the event’s record."


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many notes it added to `board`, and how many were there before."""

    board: Board
    added: int
    already_there: int
    transcript: Transcript


@transaction.atomic
def import_transcript(
    event: Event,
    text: str,
    *,
    by: Viewer | None,
    board: Board | None = None,
    basis: str = BASIS,
    placed: Mapping[int, int] | None = None,
) -> Imported:
    """Put the stations and notes of the transcript `text` on the event's board for transcripts.

    `placed` gives loose lines a station: line number to the station's place in the file,
    from 0. Refuses whoever does not run the event, and a text that holds no transcript.
    """
    if by is not None and not event.is_run_by(by):
        raise Refused(_("Only those who run this event can import its transcript."))
    data = text.encode(errors="surrogatepass")
    plan = plan_import(event, data, placed)
    with locked(board or _transcript_board(event)) as board:
        known = _known_notes(board)
        if known and plan.transcript.unplaced:
            # What was placed once stays placed: as the note it is, or as one withdrawn for good.
            settled = plan_import(event, data).settled_on(board, known)
            plan = plan_import(event, data, settled | dict(placed or {}))
        drafts = plan.drafts_for(board)
        new = [draft for draft in drafts if draft.key not in known]
        kept = board.transcripts.filter(digest=digest_of(text)).first()
        if new or kept is None:
            stations = _stations(board, plan, by=by)
            _add_notes(board, new, stations, basis=basis, by=by)
            _keep_transcript(board, plan, text, _gone_lines(plan, drafts, known), len(new), by=by)
            _tell(board, len(new), by=by)
    return Imported(board, len(new), len(drafts) - len(new), plan.transcript)


def transcript_board(event: Event) -> Board | None:
    """The board that an event's transcripts go to, if any was imported."""
    return Board.objects.filter(event=event, slug=SLUG).first()


def digest_of(text: str) -> str:
    """SHA-256 of `text` with plain line ends, since a form sends others than a file holds."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()


def _transcript_board(event: Event) -> Board:
    board, _ = Board.objects.get_or_create(
        event=event, slug=SLUG, defaults={"name": NAME, "position": event.activities.count() + 1}
    )
    return board


def _known_notes(board: Board) -> dict[UUID, bool]:
    """The key of every note of the board, and whether that note still stands."""
    notes = Note.objects.filter(board=board).values_list("key", "withdrawn_at")
    return {key: withdrawn_at is None for key, withdrawn_at in notes}


def _stations(board: Board, plan: Plan, *, by: Viewer | None) -> dict[str, Station]:
    """The stations of the plan by their keys: those of the board, and new ones after them."""
    there = plan.stations_on(board)
    for planned in plan.stations:
        if planned.key in there:
            _compare_stated(there[planned.key], planned.stated, by=by)
        else:
            there[planned.key] = board.stations.create(
                heading=planned.heading,
                code=planned.code_beside({station.code for station in there.values()}),
                position=max((station.position for station in there.values()), default=0) + 1,
                stated_count=planned.stated,
                is_missing=planned.is_missing,
                captions=planned.captions,
            )
            for principle in planned.principles:
                there[planned.key].pairings.create(principle=principle)
    return there


def _compare_stated(station: Station, stated: int | None, *, by: Viewer | None) -> None:
    """Keep the first number ever stated; the change log tells of a later, different one."""
    if stated is None or stated == station.stated_count:
        return
    if station.stated_count is None:
        station.stated_count = stated
        station.save(update_fields=["stated_count"])
        return
    what = f"A later transcript states {stated} at “{station.heading[:200]}”."
    log_change(station.board.event, f"{what} The first, {station.stated_count}, is kept.", by=by)


def _add_notes(
    board: Board, drafts: list[Draft], stations: dict[str, Station], *, basis: str, by: Viewer | None
) -> None:
    consent = consent_unasked() if board.may_include_under_18s else consent_on_basis(basis)
    for key, station in stations.items():
        here = [draft for draft in drafts if draft.station == key]
        if not here:
            continue
        first = next_number(station, len(here))
        notes = Note.objects.bulk_create(
            Note(
                board=board,
                station=station,
                number=number,
                key=draft.key,
                mark=Mark.NOT_RECORDED,
                text_state=draft.note.text_state,
                origin=Origin.PAPER,
                text=(words := "" if draft.note.text_state == TextState.NO_TEXT else draft.note.markup),
                consent=consent,
                moderation=Moderation.WAITING if words and board.moderates_words else Moderation.SHOWN,
            )
            for number, draft in enumerate(here, first)
        )
        pin_wordings(notes, station)
        _accept(_add_readings(notes, here, by=by), by=by)


def _add_readings(notes: list[Note], drafts: list[Draft], *, by: Viewer | None) -> list[Reading]:
    return Reading.objects.bulk_create(
        Reading(
            note=note,
            number=1,
            witness=Reading.Witness.IMPORTED_RECORD,
            reader=by.person if by else None,
            text=note.text,
            verbatim=draft.note.verbatim,
            text_state=note.text_state,
            mark=note.mark,
        )
        for note, draft in zip(notes, drafts, strict=True)
    )


def _accept(readings: list[Reading], *, by: Viewer | None) -> None:
    """Rule that each note says what was published; as many statements for a thousand as for one."""
    person = by.person if by else None
    Ruling.objects.bulk_create(
        Ruling(
            note=reading.note,
            number=1,
            action=Ruling.Action.ACCEPT,
            reading=reading,
            mark=reading.mark,
            why=AS_PUBLISHED,
            by=person,
        )
        for reading in readings
    )
    first = Reading.objects.filter(note=OuterRef("pk"), number=1).values("pk")
    notes = [reading.note_id for reading in readings]
    Note.objects.filter(pk__in=notes).update(accepted=Subquery(first))


def _keep_transcript(
    board: Board, plan: Plan, text: str, gone: set[int], added: int, *, by: Viewer | None
) -> None:
    """Keep the source whole; the same file again, with more of it placed, renews its row."""
    facts = {
        "text": _without(plan.transcript, gone) if gone else text,
        "preamble": _joined(plan.transcript.preamble),
        "closing": _joined(plan.transcript.closing),
        "captions": [line.text.strip() for line in plan.transcript.captions],
        "unplaced": [line.text.strip() for line in plan.unplaced],
    }
    kept, is_new = KeptTranscript.objects.get_or_create(
        board=board,
        digest=digest_of(text),
        defaults=facts | {"added": added, "by": by.person if by else None},
    )
    if not is_new:
        kept.unplaced, kept.added = facts["unplaced"], kept.added + added
        kept.save(update_fields=["unplaced", "added"])


def _tell(board: Board, added: int, *, by: Viewer | None) -> None:
    append_change(board, Change.Kind.IMPORTED, by=by)
    leave_trace("imported", board, by=by)
    if added:
        notes = "1 note" if added == 1 else f"{added} notes"
        log_change(board.event, f"{notes} imported from a transcript.", by=by)


def _gone_lines(plan: Plan, drafts: list[Draft], known: dict[UUID, bool]) -> set[int]:
    """The numbers of the lines that hold notes withdrawn since an earlier import."""
    lines = {line.number: line.text for line in plan.transcript.lines}
    gone = (draft.note for draft in drafts if draft.note.parts == 1 and not known.get(draft.key, True))
    return {number for note in gone for number in _lines_of(note, lines)}


def _lines_of(note: TranscriptNote, lines: dict[int, str]) -> Iterator[int]:
    """Which lines a note's verbatim text was taken from; blank lines may stand between them."""
    after = note.number - 1
    for text in note.verbatim.split("\n"):
        after = next((at for at in lines if at > after and lines[at] == text), after)
        yield after


def _without(transcript: Transcript, gone: set[int]) -> str:
    """The source with the lines of withdrawn notes left out: withdrawn once, withdrawn for good."""
    kept = (replace(line, text=REMOVED) if line.number in gone else line for line in transcript.lines)
    return render(replace(transcript, lines=tuple(kept)))


def _joined(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.text for line in lines)
