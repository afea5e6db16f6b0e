"""What PostgreSQL itself refuses, whoever writes to it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from people.models import Consent
from principles.models import PrincipleSet
from responses.models import Board, Note, Station, Transcript

Post = Callable[..., Note]
WITHDRAWN = {"withdrawn_at": timezone.now(), "ending": "withdrawn", "text": ""}


def insert_copy(row: models.Model, **changed: object) -> None:
    """Insert a copy of `row` by plain SQL, with some columns changed."""
    # What is generated or has a default of the database's own is the database's to fill in.
    ours = [
        field for field in row._meta.concrete_fields if not field.generated and not field.has_db_default()
    ]
    fields = [field for field in ours if not field.primary_key]
    values = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
    }
    values |= changed
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({places})", list(values.values())
        )


def fresh(**changed: object) -> dict[str, object]:
    """What a copy of a note needs in order to be another note."""
    return {"identifier": uuid4().hex[:10], "key": str(uuid4()), "receipt_hash": None, "number": 99} | changed


def refused(row: models.Model, constraint: str, **changed: object) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        insert_copy(row, **changed)


def test_a_copy_that_breaks_no_rule_is_taken(station: Station, post_note: Post) -> None:
    insert_copy(post_note(station), **fresh())
    assert station.notes.count() == 2


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [
        ("mark_is_known", {"mark": "star"}),
        ("text_state_is_known", WITHDRAWN | {"text_state": "lost", "origin": "paper"}),
        ("origin_is_known", {"origin": "fax"}),
        ("only_paper_can_be_hard_to_read", {"text_state": "partly"}),
        ("only_paper_can_be_hard_to_read", {"text_state": "illegible", "text": ""}),
        (
            "only_paper_can_be_hard_to_read",
            {"text_state": "waiting", "text": "", "origin": "counted_in_room"},
        ),
        ("text_agrees_with_its_state", {"text": ""}),
        ("text_agrees_with_its_state", {"text_state": "no_text"}),
        ("text_agrees_with_its_state", {"text_state": "waiting", "origin": "paper"}),
        ("text_agrees_with_its_state", {"withdrawn_at": timezone.now(), "ending": "withdrawn"}),
        ("an_ending_has_a_time", {"ending": "withdrawn"}),
        ("an_ending_has_a_time", {"withdrawn_at": timezone.now(), "text": ""}),
    ],
)
def test_facts_that_cannot_be_are_refused(
    station: Station, post_note: Post, constraint: str, changed: dict[str, object]
) -> None:
    refused(post_note(station), constraint, **fresh(**changed))


def test_one_key_one_number_one_identifier_one_receipt(station: Station, post_note: Post) -> None:
    note = post_note(station)
    refused(note, "one_note_per_key", **fresh(key=str(note.key)))
    refused(note, "one_note_per_number", **fresh(number=note.number))
    refused(note, "identifier", **fresh(identifier=note.identifier))
    refused(note, "receipt_hash", **fresh(receipt_hash=note.receipt_hash))


def test_the_same_key_may_stand_on_two_boards(
    station: Station, post_note: Post, make_board: Callable[..., Board]
) -> None:
    note = post_note(station)
    other = make_board(slug="other", event=station.board.event)
    insert_copy(note, **fresh(key=str(note.key), board_id=other.pk, station_id=other.stations.get().pk))


def test_one_wordless_mark_of_a_kind_stands_for_each_participant(station: Station, post_note: Post) -> None:
    note = post_note(station, "")
    refused(note, "one_wordless_mark_of_a_kind", **fresh())
    insert_copy(note, **fresh(mark="square"))
    insert_copy(note, **fresh(number=98, withdrawn_at=timezone.now(), ending="taken_back"))
    insert_copy(note, **fresh(number=97, participant_id=None))
    insert_copy(note, **fresh(number=96, participant_id=None))


def test_what_belongs_to_a_board_is_numbered_and_named_once(
    station: Station, post_note: Post, make_set: Callable[..., PrincipleSet]
) -> None:
    note = post_note(station)
    pairing = station.pairings.create(principle=make_set().principles.first())
    identifier = {"identifier": uuid4().hex[:10]}
    transcript = Transcript.objects.create(board=station.board, digest="d", text="t", added=0)
    refused(station.board, "one_activity_per_slug", **identifier | {"code": None})
    refused(station, "one_station_per_code", **identifier | {"position": 9})
    refused(station, "one_station_per_position", **identifier | {"code": "NEW"})
    refused(pairing, "one_pairing_of_a_kind")
    refused(note.participant, "one_participant_per_token")
    refused(note.readings.get(), "one_reading_per_number")
    refused(station.board.changes.get(), "one_change_per_number")
    refused(transcript, "one_import_of_a_file")


def test_consent_is_one_row_of_each_shape_and_stands_on_something(station: Station, post_note: Post) -> None:
    consent: Consent = post_note(station).consent
    refused(consent, "one_consent_of_each_shape")
    refused(consent, "consent_has_a_wording_or_a_basis", wording_id=None)
    insert_copy(consent, wording_id=None, basis="Published in 2019.")
