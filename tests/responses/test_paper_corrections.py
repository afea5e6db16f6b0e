"""What whoever wrote a note on paper changes about it: words wait for a ruling, the rest holds at once."""

import pytest

from people.consent import consent_given, consent_on_basis
from people.guests import ANYBODY, Viewer
from people.models import Person
from responses.board import change_consent, correct_note, withdraw_note
from responses.models import Moderation, Note, Reading, Station
from responses.moderation import hide_note
from responses.readings.ruling import accept_reading
from responses.receipts import hash_of, receipt_for
from tests.paper import BASIS, paper_note, read_as


@pytest.fixture
def own(station: Station, ada: Viewer) -> tuple[Note, str]:
    """A note from paper that says something, and its receipt."""
    note = paper_note(station)
    accept_reading(read_as(note, "Say who decids."), by=ada)
    receipt = receipt_for(note.key)
    Note.objects.filter(pk=note.pk).update(receipt_hash=hash_of(receipt))
    return Note.objects.get(pk=note.pk), receipt


def test_a_correction_of_paper_waits_and_changes_nothing_yet(
    own: tuple[Note, str], ben: Viewer, ada: Viewer
) -> None:
    note, receipt = own
    correct_note(note, "Say who decides.", by=ben, receipt=receipt)
    note.refresh_from_db()
    assert note.text == "Say who decids."
    offered = note.readings.get(number=2)
    assert (offered.witness, offered.is_held, offered.reader, offered.text) == (
        "author", True, None, "Say who decides.",
    )  # fmt: skip
    accept_reading(offered, by=ada)
    note.refresh_from_db()
    assert note.text == "Say who decides."


def test_the_same_correction_twice_is_one(own: tuple[Note, str], ben: Viewer) -> None:
    note, receipt = own
    for _ in range(2):
        correct_note(note, "Say who decides.", by=ben, receipt=receipt)
    correct_note(note, "Say who decids.", by=ben, receipt=receipt)
    assert note.readings.count() == 2


def test_the_writer_of_a_hidden_note_has_it_looked_at_again(
    own: tuple[Note, str], ben: Viewer, ada: Viewer
) -> None:
    note, receipt = own
    hide_note(note, "It hurts somebody.", by=ada)
    correct_note(note, "Mild words.", by=ben, receipt=receipt)
    note.refresh_from_db()
    assert note.moderation == Moderation.WAITING
    assert note not in Note.objects.visible_to(ANYBODY)
    accept_reading(note.readings.get(number=2), by=ada)
    note.refresh_from_db()
    assert (note.moderation, note.text) == (Moderation.SHOWN, "Mild words.")
    assert list(Reading.objects.visible_to(ANYBODY).values_list("text", flat=True)) == ["Mild words."]


def test_consent_and_withdrawal_of_paper_take_effect_at_once(own: tuple[Note, str], ben: Viewer) -> None:
    note, receipt = own
    change_consent(note, consent_given(public=False, research=False), by=ben, receipt=receipt)
    assert note not in Note.objects.visible_to(ANYBODY)
    withdraw_note(note, by=ben, receipt=receipt)
    note.refresh_from_db()
    assert (note.text, bool(note.withdrawn_at)) == ("", True)
    assert consent_on_basis(BASIS).notes.count() == 0
    assert Person.objects.count() == 1, "nobody but Ada is on record for any of it"
