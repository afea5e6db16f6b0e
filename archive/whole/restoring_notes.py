"""Boards, notes and their readings, from the tables of a package."""

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from archive.whole.known import Known, Row, kept, number, put, truth, when
from archive.whole.package import Package
from people.consent import wording_of
from people.models import Consent
from responses.models import Board, Note, Origin, Pairing, Reading, Ruling, Station, TextState

# Words that the package did not bring: that the note has some stays known.
KEPT_BACK = "[removed: kept with its board]"
WITH_WORDS = (TextState.READ, TextState.PARTLY, TextState.DRAWING)


def restore_boards(package: Package, known: Known) -> None:
    def a_board(row: Row) -> Board:
        marks = {name: truth(row[name]) for name in ("may_include_under_18s", "is_invented")}
        words = kept(row, "identifier", "slug", "name", "question")
        # Nobody is in a room any more whose board came in a file.
        return Board(event_id=known.key("events", row["event"]), state=Board.State.CLOSED, **marks, **words)

    def a_station(row: Row) -> Station:
        of, place = known.key("boards", row["board"]), number(row["position"])
        counts = {"stated_count": number(row["stated_count"]), "is_missing": truth(row["is_missing"])}
        return Station(board_id=of, position=place, **counts, **kept(row, "identifier", "code", "heading"))

    known.add_all("boards", package, a_board)
    known.add_all("stations", package, a_station)
    put(Pairing, (_pairing(row, known) for row in package.rows("pairings")))


def _pairing(row: Row, known: Known) -> Pairing:
    names = {"station": "stations", "principle": "principles", "wording": "wordings"}
    return Pairing(**{f"{name}_id": known.key(table, row[name]) for name, table in names.items()})


def restore_notes(package: Package, known: Known) -> None:
    boards = dict(Station.objects.values_list("pk", "board"))
    consents: dict[tuple[str, ...], Consent] = {}

    def a_note(row: Row) -> Note:
        station, place = known.key("stations", row["station"]), int(row["label"].rpartition("-")[2])
        facts = kept(row, "mark", "text_state", "origin") | {"text": _text(row), "number": place}
        facts |= {"key": uuid5(NAMESPACE_URL, row["permalink"]), "identifier": row["note"]}
        times = {"added_at": when(row["added_at"]), "consented_at": when(row["added_at"])}
        consent = _consent(row, consents)
        return Note(board_id=boards[station], station_id=station, consent=consent, **facts, **times)

    known.add_all("notes", package, a_note, "note")
    answered = Note.wordings.through
    put(answered, (answered(**one) for one in _answered(package, known)))
    put(Reading, _readings(package, known))
    _accept(package, known)
    _number_stations()


def _text(row: Row) -> str:
    if row["markup"] or not row["words_withheld"]:
        return row["markup"]
    return KEPT_BACK if row["text_state"] in WITH_WORDS else "[illegible]"


def _consent(row: Row, consents: dict[tuple[str, ...], Consent]) -> Consent:
    names = ("consent_public", "consent_research", "consent_wording", "consent_basis")
    answer = tuple(row[name] for name in names)
    if answer not in consents:
        wording = wording_of(int(row["consent_wording"])) if row["consent_wording"] else None
        given = {"public": truth(answer[0]), "research": truth(answer[1]), "basis": answer[3]}
        consents[answer], _ = Consent.objects.get_or_create(wording=wording, **given)
    return consents[answer]


def _answered(package: Package, known: Known) -> Iterator[dict[str, int | None]]:
    for row in package.rows("notes"):
        for wording in row["wordings"].split():
            of = known.key("notes", row["note"])
            yield {"note_id": of, "wording_id": known.key("wordings", wording)}


def _readings(package: Package, known: Known) -> Iterator[Reading]:
    """Those the package brings, and of each other note the one that its words are from."""
    brought = set()
    for row in package.rows("readings"):
        brought.add((row["note"], row["number"]))
        names = ("witness", "text_state", "mark", "verbatim", "confidence")
        facts = kept(row, *names) | {"number": number(row["number"]), "text": row["markup"]}
        yield Reading(note_id=known.key("notes", row["note"]), at=when(row["at"]), **facts)
    for row in package.rows("notes"):
        if row["reading"] and (row["note"], row["reading"]) not in brought:
            yield _only_reading(row, known)


def _only_reading(row: Row, known: Known) -> Reading:
    by_hand = row["origin"] == Origin.PAPER
    witness = Reading.Witness.IMPORTED_RECORD if by_hand else Reading.Witness.AUTHOR
    facts: dict = kept(row, "text_state", "mark", "verbatim") | {"number": number(row["reading"])}
    # A note that nobody could read yet has readings that wait, and those came with no file.
    facts |= {"text": _text(row), "at": when(row["added_at"]), "is_held": row["text_state"] == "waiting"}
    return Reading(note_id=known.key("notes", row["note"]), witness=witness, **facts)


def _accept(package: Package, known: Known) -> None:
    """Each note stands on the reading that it stood on, by a ruling of the same time."""
    readings = {(note, place): pk for pk, note, place in Reading.objects.values_list("pk", "note", "number")}
    accepted = {}
    for row in package.rows("notes"):
        if row["accepted_at"]:
            note = known.key("notes", row["note"])
            accepted[note] = (readings[note, int(row["reading"])], when(row["accepted_at"]))
    put(
        Ruling,
        (
            Ruling(note_id=note, number=1, action=Ruling.Action.ACCEPT, reading_id=reading, at=at)
            for note, (reading, at) in accepted.items()
        ),
    )
    changed = [Note(pk=note, accepted_id=reading) for note, (reading, _) in accepted.items()]
    Note.objects.bulk_update(changed, ["accepted"], batch_size=1000)


def _number_stations() -> None:
    """The next note of a station goes on from its last."""
    for station in Station.objects.all():
        last = station.notes.order_by("-number").values_list("number", flat=True).first()
        Station.objects.filter(pk=station.pk).update(last_number=last or 0)
